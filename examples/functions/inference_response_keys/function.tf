output "inference_response_keys" {
  value = provider::sagemaker::inference_response_keys([
    { SAGEMAKER_INFERENCE_SUPPORTED = "predicted_label,probability" },
  ], ["predicted_label", "probability"])
}
