resource "sagemaker_global_inference_gateway" "chat" {
  name               = "chat"
  execution_role_arn = "arn:aws:iam::123456789012:role/gateway"

  gateways {
    cluster_arn = "arn:aws:sagemaker:us-east-1:123456789012:cluster/abcdef123456"
    namespace   = "models"
    name        = "chat"
  }

  gateways {
    cluster_arn = "arn:aws:sagemaker:eu-central-1:123456789012:cluster/ghijkl789012"
    namespace   = "models"
    name        = "chat"
  }

  routing = [{
    weights = [{
      kv_headroom      = 0.3
      queue_depth      = 0.3
      region_proximity = 0.3
      error_rate       = 0.1
    }]
  }]
}
