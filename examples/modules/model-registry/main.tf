resource "sagemaker_model_package_group" "candidates" {
  model_package_group_name        = var.name
  model_package_group_description = var.description
  tags                            = var.tags
}

resource "sagemaker_model_package" "candidate" {
  for_each = var.versions

  model_package_group_name     = sagemaker_model_package_group.candidates.model_package_group_name
  model_package_description    = each.value.description
  model_approval_status        = each.value.approval_status
  approval_description         = each.value.approval_description
  customer_metadata_properties = merge(each.value.metadata, { version = each.key })

  inference_specification {
    supported_content_types                     = var.content_types
    supported_response_mime_types               = var.response_types
    supported_realtime_inference_instance_types = var.instance_types

    containers {
      image          = each.value.image
      model_data_url = each.value.model_data_url
    }
  }
}

resource "sagemaker_model_package_group" "production" {
  provider = sagemaker.production

  model_package_group_name        = "${var.name}-production"
  model_package_group_description = var.description
  tags                            = var.tags
}

# A promoted version is registered a second time, where production deploys from: an approval that is withdrawn, or a
# candidate that is deleted, does not take away what runs.
resource "sagemaker_model_package" "promoted" {
  for_each = var.promoted
  provider = sagemaker.production

  model_package_group_name  = sagemaker_model_package_group.production.model_package_group_name
  model_package_description = var.versions[each.key].description
  model_approval_status     = "Approved"
  customer_metadata_properties = {
    candidate = sagemaker_model_package.candidate[each.key].arn
    version   = each.key
  }

  inference_specification {
    supported_content_types                     = var.content_types
    supported_response_mime_types               = var.response_types
    supported_realtime_inference_instance_types = var.instance_types

    containers {
      image          = var.versions[each.key].image
      model_data_url = var.versions[each.key].model_data_url
    }
  }

  lifecycle {
    precondition {
      condition     = var.versions[each.key].approval_status == "Approved"
      error_message = "Version ${each.key} is not approved, so it cannot be promoted."
    }
  }
}
