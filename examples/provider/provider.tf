terraform {
  required_providers {
    sagemaker = {
      source = "sagemaker-rs/sagemaker"
    }
  }
}

# Credentials are looked up as in the AWS SDKs: environment, profile, container or instance.
provider "sagemaker" {
  region = "eu-central-1"

  default_tags {
    tags = {
      team = "recommendations"
    }
  }
}
