resource "sagemaker_servicecatalog_portfolio_status" "test" {
  status = "Disabled"
}
