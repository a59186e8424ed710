resource "sagemaker_global_inference_gateway" "test" {
  name               = var.name
  execution_role_arn = "arn:aws:iam::123456789012:role/gateway"

  gateways {
    cluster_arn = "arn:aws:sagemaker:us-east-1:123456789012:cluster/abcdef123456"
    namespace   = "models"
    name        = "${var.name}-a"
  }

  gateways {
    cluster_arn = "arn:aws:sagemaker:us-east-1:123456789012:cluster/abcdef123456"
    namespace   = "models"
    name        = "${var.name}-b"
  }

  routing = [{
    weights = [{
      kv_headroom      = 0.4
      queue_depth      = 0.3
      region_proximity = 0.2
      error_rate       = 0.1
    }]
  }]

  tags = { step = "first" }
}
