data "sagemaker_inference_routers" "all" {}

output "routers" {
  value = data.sagemaker_inference_routers.all.inference_routers[*].inference_router_name
}
