terraform {
  required_providers {
    sagemaker = {
      source = "sagemaker-rs/sagemaker"
    }
  }
}

# Credentials come from where the AWS SDKs look for them: environment, profile, container or instance.
provider "sagemaker" {
  region = "eu-central-1"

  default_tags {
    tags = {
      team = "recommendations"
    }
  }
}
