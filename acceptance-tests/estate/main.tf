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

module "sagemaker_endpoint" {
  source     = "./examples/resources/sagemaker_endpoint"
  depends_on = [sagemaker_model.churn]
}

module "sagemaker_endpoint_configuration" {
  source     = "./examples/resources/sagemaker_endpoint_configuration"
  depends_on = [sagemaker_model.churn]
}

module "sagemaker_workforce" {
  source        = "./examples/resources/sagemaker_workforce"
  client_secret = "made-up"
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
