# Whatever Checkov has checks for, once as they want it and once not. Read by policies.py, which puts resources of
# hashicorp/aws in the place of terraform_data.

terraform {
  required_providers {
    sagemaker = {
      source = "sagemaker-rs/sagemaker"
    }
  }
}

provider "sagemaker" {
  region = "eu-central-1"
}

# The example keys of AWS's documentation.
provider "sagemaker" {
  alias      = "hard_coded"
  region     = "eu-central-1"
  access_key = "AKIAIOSFODNN7EXAMPLE"
  secret_key = "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY"
}

locals {
  image = "123456789012.dkr.ecr.eu-central-1.amazonaws.com/test:1"
  role  = "arn:aws:iam::123456789012:role/elsewhere"
}

resource "terraform_data" "role" {}

resource "terraform_data" "key" {}

resource "terraform_data" "group_of_notebook" {}

resource "terraform_data" "group_of_nothing" {}

resource "sagemaker_notebook_instance" "good" {
  name                   = "good"
  instance_type          = "ml.t3.medium"
  role_arn               = terraform_data.role.id
  subnet_id              = "subnet-1"
  security_groups        = [terraform_data.group_of_notebook.id]
  kms_key_id             = "alias/notebooks"
  direct_internet_access = "Disabled"
  root_access            = "Disabled"

  instance_metadata_service_configuration {
    minimum_instance_metadata_service_version = "2"
  }

  tags = { team = "growth" }
}

resource "sagemaker_notebook_instance" "bad" {
  name                   = "bad"
  instance_type          = "ml.t3.medium"
  role_arn               = local.role
  direct_internet_access = "Enabled"
  root_access            = "Enabled"

  instance_metadata_service_configuration {
    minimum_instance_metadata_service_version = "1"
  }
}

resource "sagemaker_notebook_instance" "unset" {
  name          = "unset"
  instance_type = "ml.t3.medium"
  role_arn      = local.role
  kms_key_id    = ""
}

resource "sagemaker_notebook_instance" "unknown" {
  name                   = "unknown"
  instance_type          = "ml.t3.medium"
  role_arn               = terraform_data.role.id
  subnet_id              = terraform_data.key.id
  kms_key_id             = terraform_data.key.id
  direct_internet_access = "Disabled"
  root_access            = terraform_data.key.id
}

resource "sagemaker_notebook_instance" "skipped" {
  #checkov:skip=CKV_AWS_22:Nothing is stored on it.
  #checkov:skip=CKV2_AWS_68:The role is that of the landing zone.
  name          = "skipped"
  instance_type = "ml.t3.medium"
  role_arn      = local.role
}

module "team" {
  source   = "./team"
  for_each = toset(["a.b", "c"])

  name       = each.key == "c" ? "c" : "a-b"
  kms_key_id = each.key == "c" ? "alias/notebooks" : null
}

resource "sagemaker_domain" "good" {
  domain_name = "good"
  auth_mode   = "IAM"
  vpc_id      = "vpc-1"
  subnet_ids  = ["subnet-1"]
  kms_key_id  = terraform_data.key.id

  default_user_settings {
    execution_role = local.role
  }

  tags = { team = "growth" }
}

resource "sagemaker_domain" "bad" {
  domain_name = "bad"
  auth_mode   = "IAM"
  vpc_id      = "vpc-1"
  subnet_ids  = ["subnet-1"]

  default_user_settings {
    execution_role = local.role
  }
}

resource "sagemaker_model" "good" {
  name                     = "good"
  execution_role_arn       = local.role
  enable_network_isolation = true

  primary_container {
    image = local.image
  }
}

resource "sagemaker_model" "bad" {
  name               = "bad"
  execution_role_arn = local.role

  primary_container {
    image = local.image
  }
}

resource "sagemaker_endpoint_configuration" "good" {
  name        = "good"
  kms_key_arn = terraform_data.key.id

  production_variants {
    model_name             = sagemaker_model.good.name
    instance_type          = "ml.m5.large"
    initial_instance_count = 1
  }
}

resource "sagemaker_endpoint_configuration" "bad" {
  name = "bad"

  production_variants {
    model_name             = sagemaker_model.bad.name
    instance_type          = "ml.m5.large"
    initial_instance_count = 1
  }
}

resource "sagemaker_data_quality_job_definition" "good" {
  name     = "good"
  role_arn = local.role

  data_quality_app_specification {
    image_uri = local.image
  }

  data_quality_job_input {
    endpoint_input {
      endpoint_name = "main"
    }
  }

  data_quality_job_output_config {
    kms_key_id = terraform_data.key.id

    monitoring_outputs {
      s3_output {
        s3_uri = "s3://example-reports/quality/"
      }
    }
  }

  job_resources {
    cluster_config {
      instance_count    = 1
      instance_type     = "ml.m5.xlarge"
      volume_size_in_gb = 20
      volume_kms_key_id = "alias/monitoring"
    }
  }

  network_config {
    enable_inter_container_traffic_encryption = true
  }
}

resource "sagemaker_data_quality_job_definition" "bad" {
  name     = "bad"
  role_arn = local.role

  data_quality_app_specification {
    image_uri = local.image
  }

  data_quality_job_input {
    endpoint_input {
      endpoint_name = "main"
    }
  }

  data_quality_job_output_config {
    monitoring_outputs {
      s3_output {
        s3_uri = "s3://example-reports/quality/"
      }
    }
  }

  job_resources {
    cluster_config {
      instance_count    = 1
      instance_type     = "ml.m5.xlarge"
      volume_size_in_gb = 20
    }
  }

  network_config {
    enable_inter_container_traffic_encryption = false
  }
}

resource "sagemaker_flow_definition" "good" {
  flow_definition_name = "good"
  role_arn             = local.role

  output_config {
    s3_output_path = "s3://example-answers/"
    kms_key_id     = "alias/reviews"
  }
}

resource "sagemaker_flow_definition" "bad" {
  flow_definition_name = "bad"
  role_arn             = local.role

  output_config {
    s3_output_path = "s3://example-answers/"
  }
}
