resource "sagemaker_model_package_group" "churn" {
  model_package_group_name = "churn-classifier"
}

resource "sagemaker_model_package" "churn" {
  model_package_group_name  = sagemaker_model_package_group.churn.model_package_group_name
  model_package_description = "Trained in November."
  model_approval_status     = "Approved"
  approval_description      = "Better than the last one in every segment."

  inference_specification {
    supported_content_types                     = ["text/csv"]
    supported_response_mime_types               = ["text/csv"]
    supported_realtime_inference_instance_types = ["ml.m5.large", "ml.m5.xlarge"]

    containers {
      image          = "683313688378.dkr.ecr.us-east-1.amazonaws.com/sagemaker-xgboost:1.7-1"
      model_data_url = "s3://example-models/churn/model.tar.gz"
    }
  }

  customer_metadata_properties = {
    data_set = "2026-11"
  }
}
