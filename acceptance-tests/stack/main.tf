# What the examples of resources take for granted, and what they take from each other. All other examples stand beside
# these as modules without arguments.

resource "sagemaker_model" "churn" {
  name               = "churn"
  execution_role_arn = "arn:aws:iam::123456789012:role/models"

  primary_container {
    image = "123456789012.dkr.ecr.us-east-1.amazonaws.com/churn:1"
  }

  tags = { team = "growth" }
}

resource "sagemaker_model" "others" {
  for_each           = toset(["churn-next", "summaries"])
  name               = each.key
  execution_role_arn = "arn:aws:iam::123456789012:role/models"

  primary_container {
    image = "123456789012.dkr.ecr.us-east-1.amazonaws.com/${each.key}:1"
  }
}

# Models come to its endpoint one by one, as inference components.
resource "sagemaker_endpoint_configuration" "language" {
  name               = "language"
  execution_role_arn = "arn:aws:iam::123456789012:role/models"

  production_variants {
    variant_name           = "main"
    instance_type          = "ml.g5.12xlarge"
    initial_instance_count = 1
  }
}

resource "sagemaker_endpoint" "language" {
  name                 = "language"
  endpoint_config_name = sagemaker_endpoint_configuration.language.name
}

module "sagemaker_endpoint" {
  source     = "./examples/resources/sagemaker_endpoint"
  depends_on = [sagemaker_model.churn]
}

module "sagemaker_endpoint_configuration" {
  source     = "./examples/resources/sagemaker_endpoint_configuration"
  depends_on = [sagemaker_model.churn]
}

module "sagemaker_endpoint_policy" {
  source     = "./examples/resources/sagemaker_endpoint_policy"
  depends_on = [module.sagemaker_endpoint]
}

module "sagemaker_inference_component" {
  source     = "./examples/resources/sagemaker_inference_component"
  depends_on = [sagemaker_endpoint.language, sagemaker_model.others]
}

module "sagemaker_inference_experiment" {
  source     = "./examples/resources/sagemaker_inference_experiment"
  depends_on = [module.sagemaker_endpoint, sagemaker_model.others]
}

module "sagemaker_workforce" {
  source        = "./examples/resources/sagemaker_workforce"
  client_secret = "not-a-real-secret"
}

module "sagemaker_workteam" {
  source     = "./examples/resources/sagemaker_workteam"
  depends_on = [module.sagemaker_workforce]
}

data "sagemaker_domains" "all" {
  depends_on = [module.sagemaker_domain]
}

module "sagemaker_user_profile" {
  source    = "./examples/resources/sagemaker_user_profile"
  domain_id = one(data.sagemaker_domains.all.domains).domain_id
}

module "sagemaker_space" {
  source     = "./examples/resources/sagemaker_space"
  domain_id  = one(data.sagemaker_domains.all.domains).domain_id
  depends_on = [module.sagemaker_user_profile]
}

module "sagemaker_app" {
  source     = "./examples/resources/sagemaker_app"
  domain_id  = one(data.sagemaker_domains.all.domains).domain_id
  depends_on = [module.sagemaker_space]
}

resource "sagemaker_device" "south" {
  device_fleet_name = "faces-2026-11"
  depends_on        = [module.sagemaker_edge_deployment_plan]

  device {
    device_name = "south"
  }
}

module "sagemaker_edge_deployment_plan" {
  source = "./examples/resources/sagemaker_edge_deployment_plan"
}

module "sagemaker_labeling_job" {
  source     = "./examples/resources/sagemaker_labeling_job"
  depends_on = [module.sagemaker_workteam]
}

data "sagemaker_cluster" "research" {
  cluster_name = "research"
  depends_on   = [module.sagemaker_cluster]
}

module "sagemaker_cluster" {
  source = "./examples/resources/sagemaker_cluster"
}

module "sagemaker_cluster_extension" {
  source      = "./examples/resources/sagemaker_cluster_extension"
  cluster_arn = data.sagemaker_cluster.research.arn
}

module "sagemaker_cluster_scheduler_config" {
  source      = "./examples/resources/sagemaker_cluster_scheduler_config"
  cluster_arn = data.sagemaker_cluster.research.arn
}

module "sagemaker_compute_quota" {
  source      = "./examples/resources/sagemaker_compute_quota"
  cluster_arn = data.sagemaker_cluster.research.arn
}

module "sagemaker_feature_metadata" {
  source     = "./examples/resources/sagemaker_feature_metadata"
  depends_on = [module.sagemaker_feature_group]
}

module "sagemaker_feature_group" {
  source = "./examples/resources/sagemaker_feature_group"
}

module "sagemaker_hub" {
  source = "./examples/resources/sagemaker_hub"
}

module "sagemaker_hub_content" {
  source     = "./examples/resources/sagemaker_hub_content"
  depends_on = [module.sagemaker_hub]
}

module "sagemaker_hub_content_reference" {
  source     = "./examples/resources/sagemaker_hub_content_reference"
  depends_on = [module.sagemaker_hub]
}

module "sagemaker_monitoring_alert" {
  source     = "./examples/resources/sagemaker_monitoring_alert"
  depends_on = [module.sagemaker_monitoring_schedule]
}

module "sagemaker_monitoring_schedule" {
  source = "./examples/resources/sagemaker_monitoring_schedule"
}

# Somebody else's, as the domain of the example.
variable "foreign_arn" {
  type = string
}

module "sagemaker_tag" {
  source     = "./examples/resources/sagemaker_tag"
  domain_arn = var.foreign_arn
}

module "sagemaker_domain" {
  source = "./examples/resources/sagemaker_domain"
}

module "sagemaker_endpoint_weights_and_capacities" {
  source     = "./examples/resources/sagemaker_endpoint_weights_and_capacities"
  depends_on = [module.sagemaker_endpoint]
}

module "sagemaker_image_version" {
  source     = "./examples/resources/sagemaker_image_version"
  depends_on = [module.sagemaker_image]
}

module "sagemaker_image" {
  source = "./examples/resources/sagemaker_image"
}

# Between its groups, nodes move.
resource "sagemaker_cluster" "serving" {
  cluster_name           = "serving"
  node_provisioning_mode = "Continuous"

  dynamic "instance_groups" {
    for_each = ["training", "inference"]

    content {
      instance_group_name = instance_groups.value
      instance_type       = "ml.g5.8xlarge"
      instance_count      = 2
      execution_role      = "arn:aws:iam::123456789012:role/cluster"
    }
  }

  orchestrator {
    eks {
      cluster_arn = "arn:aws:eks:us-east-1:123456789012:cluster/serving"
    }
  }

  vpc_config {
    security_group_ids = ["sg-0123456789abcdef0"]
    subnets            = ["subnet-0123456789abcdef0"]
  }
}
