resource "sagemaker_endpoint_policy" "churn" {
  endpoint_name = "churn"

  resource_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Sid       = "RouterOfAnotherAccount"
      Effect    = "Allow"
      Principal = { AWS = "arn:aws:iam::210987654321:root" }
      Action    = ["sagemaker:InvokeEndpoint", "sagemaker:DescribeEndpoint"]
      Resource  = "arn:aws:sagemaker:eu-central-1:123456789012:endpoint/churn"
    }]
  })
}
