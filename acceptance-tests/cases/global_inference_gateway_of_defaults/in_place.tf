resource "sagemaker_global_inference_gateway" "test" {
  name               = var.name
  execution_role_arn = "arn:aws:iam::123456789012:role/gateway"

  gateways {
    cluster_arn = "arn:aws:sagemaker:us-east-1:123456789012:cluster/abcdef123456"
    namespace   = "models"
    name        = "${var.name}-e"
  }
}
