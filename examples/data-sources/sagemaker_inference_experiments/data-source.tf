data "sagemaker_inference_experiments" "all" {
  name_contains = "churn"
  type          = "ShadowMode"
}

output "states" {
  value = {
    for experiment in data.sagemaker_inference_experiments.all.inference_experiments :
    experiment.name => experiment.status
  }
}
