resource "sagemaker_model_package_group" "churn" {
  model_package_group_name = "churn-for-production"
}

resource "sagemaker_model_package_group_policy" "churn" {
  model_package_group_name = sagemaker_model_package_group.churn.model_package_group_name

  resource_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Sid       = "ProductionReads"
      Effect    = "Allow"
      Principal = { AWS = "arn:aws:iam::210987654321:root" }
      Action    = ["sagemaker:DescribeModelPackageGroup", "sagemaker:ListModelPackages"]
      Resource  = sagemaker_model_package_group.churn.arn
    }]
  })
}
