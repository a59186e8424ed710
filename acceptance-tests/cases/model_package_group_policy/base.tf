resource "sagemaker_model_package_group" "test" {
  model_package_group_name = var.name
}

resource "sagemaker_model_package_group_policy" "test" {
  model_package_group_name = sagemaker_model_package_group.test.model_package_group_name

  resource_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Sid       = "Read"
      Effect    = "Allow"
      Principal = { AWS = "arn:aws:iam::210987654321:root" }
      Action    = ["sagemaker:DescribeModelPackageGroup"]
      Resource  = sagemaker_model_package_group.test.arn
    }]
  })
}
