locals {
  created   = var.workforce.cognito != null || var.workforce.oidc != null
  workforce = one(concat(sagemaker_workforce.this[*].workforce_name, data.sagemaker_workforce.existing[*].workforce_name))

  # The groups of a team are those of the identity provider of its workforce.
  cognito = local.created ? var.workforce.cognito : one([
    for config in data.sagemaker_workforce.existing[0].cognito_config : { user_pool_id = config.user_pool, client_id = config.client_id }
  ])
}

resource "sagemaker_workforce" "this" {
  count = local.created ? 1 : 0

  workforce_name      = var.workforce.name
  ip_address_type     = var.workforce.ip_address_type
  deletion_protection = var.deletion_protection
  tags                = var.tags

  dynamic "cognito_config" {
    for_each = var.workforce.cognito[*]

    content {
      user_pool = cognito_config.value.user_pool_id
      client_id = cognito_config.value.client_id
    }
  }

  dynamic "oidc_config" {
    for_each = var.workforce.oidc[*]

    content {
      client_id                           = oidc_config.value.client_id
      client_secret_wo                    = var.oidc_client_secret
      client_secret_wo_version            = var.oidc_client_secret_version
      issuer                              = oidc_config.value.issuer
      authorization_endpoint              = oidc_config.value.authorization_endpoint
      token_endpoint                      = oidc_config.value.token_endpoint
      user_info_endpoint                  = oidc_config.value.user_info_endpoint
      logout_endpoint                     = oidc_config.value.logout_endpoint
      jwks_uri                            = oidc_config.value.jwks_uri
      scope                               = oidc_config.value.scope
      authentication_request_extra_params = oidc_config.value.authentication_request_extra_params
    }
  }

  dynamic "source_ip_config" {
    for_each = var.workforce.source_cidrs == null ? [] : [var.workforce.source_cidrs]

    content {
      cidrs = source_ip_config.value
    }
  }

  dynamic "workforce_vpc_config" {
    for_each = var.workforce.vpc[*]

    content {
      vpc_id             = workforce_vpc_config.value.vpc_id
      security_group_ids = workforce_vpc_config.value.security_group_ids
      subnets            = workforce_vpc_config.value.subnets
    }
  }
}

data "sagemaker_workforce" "existing" {
  count = local.created ? 0 : 1

  workforce_name = var.workforce.name
}

resource "sagemaker_workteam" "this" {
  for_each = var.teams

  workteam_name  = each.key
  workforce_name = local.workforce
  description    = each.value.description
  tags           = var.tags

  # Cognito has one definition for each group, an identity provider of your own one for all groups.
  dynamic "member_definition" {
    for_each = local.cognito == null ? [] : sort(each.value.groups)

    content {
      cognito_member_definition {
        user_pool  = local.cognito.user_pool_id
        client_id  = local.cognito.client_id
        user_group = member_definition.value
      }
    }
  }

  dynamic "member_definition" {
    for_each = local.cognito == null ? [each.value.groups] : []

    content {
      oidc_member_definition {
        groups = member_definition.value
      }
    }
  }

  dynamic "notification_configuration" {
    for_each = each.value.notifications[*]

    content {
      notification_topic_arn = notification_configuration.value.topic_arn
    }
  }

  dynamic "worker_access_configuration" {
    for_each = each.value.restrict_to_source_ip ? [true] : []

    content {
      s3_presign {
        iam_policy_constraints {
          source_ip = "Enabled"
        }
      }
    }
  }
}

# A page cannot be changed, so another template is another page, to which review workflows move before the old one is deleted. Its name is
# unique even if an earlier template returns.
resource "terraform_data" "page" {
  for_each = var.human_task_uis

  triggers_replace = sha256(each.value)
}

resource "sagemaker_human_task_ui" "this" {
  for_each = var.human_task_uis

  human_task_ui_name = "${each.key}-${substr(terraform_data.page[each.key].id, 0, 8)}"
  tags               = var.tags

  ui_template {
    content = each.value
  }

  lifecycle {
    create_before_destroy = true
  }
}
