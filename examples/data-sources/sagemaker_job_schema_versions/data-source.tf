data "sagemaker_job_schema_versions" "all" {
  job_category = "DataTransformation"
}

output "versions" {
  value = data.sagemaker_job_schema_versions.all.job_config_schemas[*].job_config_schema_version
}
