resource "sagemaker_domain" "test" {
  domain_name = var.name
  auth_mode   = "IAM"
  vpc_id      = "vpc-1"
  subnet_ids  = ["subnet-1"]

  default_user_settings {
    execution_role = "arn:aws:iam::123456789012:role/studio"
  }
}

resource "sagemaker_user_profile" "owner" {
  domain_id         = sagemaker_domain.test.id
  user_profile_name = "owner"
}

resource "sagemaker_space" "test" {
  domain_id          = sagemaker_domain.test.id
  space_name         = var.name
  space_display_name = "Large room"
  tags               = { team = "growth" }

  ownership_settings {
    owner_user_profile_name = sagemaker_user_profile.owner.user_profile_name
  }

  space_sharing_settings {
    sharing_type = "Private"
  }

  space_settings {
    app_type = "JupyterLab"

    jupyter_lab_app_settings {
      code_repository {
        repository_url = "https://git.example.com/one.git"
      }

      code_repository {
        repository_url = "https://git.example.com/two.git"
      }

      default_resource_spec {
        instance_type = "ml.t3.medium"
      }
    }

    space_storage_settings {
      ebs_storage_settings {
        ebs_volume_size_in_gb = 20
      }
    }
  }
}
