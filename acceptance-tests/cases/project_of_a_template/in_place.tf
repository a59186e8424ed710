resource "sagemaker_project" "test" {
  project_name = var.name

  template_providers {
    cfn_template_provider {
      template_name = "network"
      template_url  = "https://templates-of-tests.s3.eu-central-1.amazonaws.com/network.yaml"
      role_arn      = "arn:aws:iam::123456789012:role/tests"

      parameter {
        key   = "Size"
        value = "large"
      }
    }
  }
}
