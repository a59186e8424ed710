data "sagemaker_job_schema_version" "latest" {
  job_category = "DataTransformation"
}

output "schema" {
  value = jsondecode(data.sagemaker_job_schema_version.latest.job_config_schema)
}
