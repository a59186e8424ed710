list "sagemaker_job" "all" {
  provider = sagemaker
  limit    = 1000

  config {
    job_category = "DataTransformation"
  }
}
