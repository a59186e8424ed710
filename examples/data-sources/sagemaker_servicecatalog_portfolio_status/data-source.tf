data "sagemaker_servicecatalog_portfolio_status" "this" {}

output "projects_can_be_made" {
  value = data.sagemaker_servicecatalog_portfolio_status.this.status == "Enabled"
}
