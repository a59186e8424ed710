data "sagemaker_artifacts" "data_sets" {
  artifact_type = "DataSet"
}

output "sources" {
  value = data.sagemaker_artifacts.data_sets.artifact_summaries[*].source[0].source_uri
}
