variable "domain_id" {
  description = "ID of the domain."
  type        = string
}

resource "sagemaker_user_profile" "ann" {
  domain_id         = var.domain_id
  user_profile_name = "ann"

  user_settings {
    execution_role = "arn:aws:iam::123456789012:role/studio-ann"

    space_storage_settings {
      default_ebs_storage_settings {
        default_ebs_volume_size_in_gb = 20
        maximum_ebs_volume_size_in_gb = 100
      }
    }
  }
}
