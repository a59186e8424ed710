terraform {
  required_providers {
    sagemaker = {
      source = "sagemaker-rs/sagemaker"
    }
  }
}

variable "name" {
  type = string
}

variable "kms_key_id" {
  type = string
}

resource "terraform_data" "role" {}

resource "sagemaker_notebook_instance" "this" {
  name          = var.name
  instance_type = "ml.t3.medium"
  role_arn      = terraform_data.role.id
  kms_key_id    = var.kms_key_id
}

resource "sagemaker_notebook_instance" "of_another_role" {
  name          = "${var.name}-2"
  instance_type = "ml.t3.medium"
  role_arn      = "arn:aws:iam::123456789012:role/elsewhere"
}
