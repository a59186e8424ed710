data "sagemaker_cluster" "research" {
  cluster_name = "research"
}

data "sagemaker_cluster_extensions" "research" {
  cluster_arn = data.sagemaker_cluster.research.arn
}

output "versions" {
  value = {
    for extension in data.sagemaker_cluster_extensions.research.extensions :
    extension.extension_name => extension.extension_version
  }
}
