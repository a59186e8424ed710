output "merge_pipeline_parameters" {
  value = provider::sagemaker::merge_pipeline_parameters(
    { epochs = "10", rate = "0.1" },
    { epochs = "20" },
  )
}
