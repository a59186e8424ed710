# As a candidate of an AutoML job has them.
locals {
  containers = [
    {
      image          = "683313688378.dkr.ecr.us-east-1.amazonaws.com/sagemaker-sklearn-automl:2.5-1-cpu-py3"
      model_data_url = "s3://example-models/churn/features.tar.gz"
      environment    = {}
    },
    {
      image          = "683313688378.dkr.ecr.us-east-1.amazonaws.com/sagemaker-xgboost:1.3-1-cpu-py3"
      model_data_url = "s3://example-models/churn/model.tar.gz"
      environment    = { SAGEMAKER_INFERENCE_SUPPORTED = "predicted_label,probability,probabilities" }
    },
    {
      image          = "683313688378.dkr.ecr.us-east-1.amazonaws.com/sagemaker-sklearn-automl:2.5-1-cpu-py3"
      model_data_url = "s3://example-models/churn/labels.tar.gz"
      environment    = { SAGEMAKER_INFERENCE_SUPPORTED = "predicted_label,probability,labels" }
    },
  ]
}

output "environments" {
  value = [
    for container in provider::sagemaker::inference_response_keys(
      local.containers, ["predicted_label", "labels"]
    ) : container.environment
  ]
  # => [
  #   {},
  #   {
  #     SAGEMAKER_INFERENCE_SUPPORTED = "predicted_label,probability,probabilities"
  #     SAGEMAKER_INFERENCE_OUTPUT    = "predicted_label"
  #   },
  #   {
  #     SAGEMAKER_INFERENCE_SUPPORTED = "predicted_label,probability,labels"
  #     SAGEMAKER_INFERENCE_INPUT     = "predicted_label"
  #     SAGEMAKER_INFERENCE_OUTPUT    = "predicted_label,labels"
  #   },
  # ]
}
