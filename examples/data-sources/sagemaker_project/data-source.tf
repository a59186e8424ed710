data "sagemaker_project" "churn" {
  project_name = "churn"
}

output "project_id" {
  value = data.sagemaker_project.churn.project_id
}
