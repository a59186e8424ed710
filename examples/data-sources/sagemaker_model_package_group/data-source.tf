data "sagemaker_model_package_group" "churn" {
  model_package_group_name = "churn-classifier"
}

resource "sagemaker_model_package_group_policy" "churn" {
  model_package_group_name = data.sagemaker_model_package_group.churn.model_package_group_name

  resource_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Sid       = "ProductionReads"
      Effect    = "Allow"
      Principal = { AWS = "arn:aws:iam::210987654321:root" }
      Action    = ["sagemaker:ListModelPackages"]
      Resource  = data.sagemaker_model_package_group.churn.arn
    }]
  })
}
