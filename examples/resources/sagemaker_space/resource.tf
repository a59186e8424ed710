variable "domain_id" {
  description = "ID of the domain."
  type        = string
}

resource "sagemaker_space" "shared" {
  domain_id  = var.domain_id
  space_name = "shared"

  ownership_settings {
    owner_user_profile_name = "ann"
  }

  space_sharing_settings {
    sharing_type = "Shared"
  }

  space_settings {
    app_type = "JupyterLab"

    space_storage_settings {
      ebs_storage_settings {
        ebs_volume_size_in_gb = 50
      }
    }
  }
}
