data "sagemaker_cluster" "research" {
  cluster_name = "research"
}

# The service generates the ARN of an extension, so the extension is looked up by name.
data "sagemaker_cluster_extensions" "research" {
  cluster_arn = data.sagemaker_cluster.research.arn
}

data "sagemaker_cluster_extension" "observability" {
  arn = one([
    for extension in data.sagemaker_cluster_extensions.research.extensions :
    extension.extension_arn
    if extension.extension_name == "sagemaker-observability"
  ])
}

output "version" {
  value = data.sagemaker_cluster_extension.observability.extension_version
}
