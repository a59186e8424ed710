resource "sagemaker_inference_experiment" "next" {
  name          = "churn-next"
  type          = "ShadowMode"
  role_arn      = "arn:aws:iam::123456789012:role/experiment"
  endpoint_name = "churn"

  model_variants {
    model_name   = "churn"
    variant_name = "main"

    infrastructure_config {
      infrastructure_type = "RealTimeInference"

      real_time_inference_config {
        instance_type  = "ml.m5.xlarge"
        instance_count = 2
      }
    }
  }

  model_variants {
    model_name   = "churn-next"
    variant_name = "next"

    infrastructure_config {
      infrastructure_type = "RealTimeInference"

      real_time_inference_config {
        instance_type  = "ml.m5.xlarge"
        instance_count = 1
      }
    }
  }

  shadow_mode_config {
    source_model_variant_name = "main"

    shadow_model_variants {
      shadow_model_variant_name = "next"
      sampling_percentage       = 20
    }
  }

  data_storage_config {
    destination = "s3://example-captured/churn-next/"
  }
}
