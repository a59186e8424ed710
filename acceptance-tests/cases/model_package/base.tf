resource "sagemaker_model_package_group" "test" {
  model_package_group_name = var.name
}

resource "sagemaker_model_package" "test" {
  model_package_group_name  = sagemaker_model_package_group.test.model_package_group_name
  model_package_description = "First"
  model_approval_status     = "PendingManualApproval"

  inference_specification {
    supported_content_types                     = ["text/csv", "application/json"]
    supported_response_mime_types               = ["text/csv"]
    supported_realtime_inference_instance_types = ["ml.m5.large", "ml.m5.xlarge"]
    supported_transform_instance_types          = ["ml.m5.large"]

    containers {
      image          = "123456789012.dkr.ecr.us-east-1.amazonaws.com/test:1"
      model_data_url = "s3://models-of-tests/1/model.tar.gz"
      framework      = "XGBOOST"
    }
  }
}
