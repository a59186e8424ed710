# The four monitors of an endpoint: the data that it receives hourly, its predictions, their bias and their explanations daily.

terraform {
  required_version = ">= 1.3"

  required_providers {
    sagemaker = {
      source  = "sagemaker-rs/sagemaker"
      version = ">= 0.1"
    }
  }
}

provider "sagemaker" {
  region = "us-east-1"

  default_tags {
    tags = {
      environment = "production"
      managed-by  = "terraform"
    }
  }
}

variable "name" {
  description = "Name of the endpoint."
  type        = string
  default     = "churn"
}

variable "baseline" {
  description = "Version of the baseline that the monitors compare with."
  type        = string
  default     = "2026-11"
}

variable "ground_truth" {
  description = "Whether ground truth labels are uploaded. Without them, model quality and bias cannot be monitored."
  type        = bool
  default     = true
}

variable "executions_to_alert" {
  description = "Number of violations within the last seven executions that raises an alert."
  type        = number
  default     = 2
}

locals {
  baseline_s3_uri     = "s3://churn-baseline/${var.baseline}"
  ground_truth_s3_uri = "s3://churn-truth/labels"
  daily               = "cron(0 6 ? * * *)"
  alert               = { datapoints_to_alert = var.executions_to_alert, evaluation_period = 7 }
}

module "endpoint" {
  source = "../modules/realtime-endpoint"

  name               = var.name
  execution_role_arn = "arn:aws:iam::123456789012:role/churn-model"
  image              = "123456789012.dkr.ecr.us-east-1.amazonaws.com/churn:1.4.0"
  model_data_url     = "s3://churn-models/1.4.0/model.tar.gz"
  instance_type      = "ml.m5.large"
  data_capture       = { destination_s3_uri = "s3://churn-capture/requests", csv_content_types = ["text/csv"] }
  tags               = { team = "growth" }
}

module "monitor" {
  source = "../modules/model-monitor"

  name              = module.endpoint.endpoint_name
  role_arn          = "arn:aws:iam::123456789012:role/monitoring"
  input             = { endpoint_name = module.endpoint.endpoint_name }
  output_s3_uri     = "s3://churn-reports/monitoring"
  output_kms_key_id = "arn:aws:kms:us-east-1:123456789012:key/11111111-2222-3333-4444-555555555555"

  data_quality = {
    alert = local.alert
    baseline = {
      constraints_s3_uri = "${local.baseline_s3_uri}/data/constraints.json"
      statistics_s3_uri  = "${local.baseline_s3_uri}/data/statistics.json"
    }
  }

  model_quality = var.ground_truth ? {
    problem_type                    = "BinaryClassification"
    ground_truth_s3_uri             = local.ground_truth_s3_uri
    probability_attribute           = "0"
    probability_threshold_attribute = 0.5
    schedule_expression             = local.daily
    start_time_offset               = "-P1D"
    end_time_offset                 = "-PT1H"
    alert                           = local.alert
    baseline                        = { constraints_s3_uri = "${local.baseline_s3_uri}/quality/constraints.json" }
  } : null

  model_bias = var.ground_truth ? {
    config_uri                      = "${local.baseline_s3_uri}/bias/analysis_config.json"
    ground_truth_s3_uri             = local.ground_truth_s3_uri
    probability_attribute           = "0"
    probability_threshold_attribute = 0.5
    schedule_expression             = local.daily
    start_time_offset               = "-P1D"
    end_time_offset                 = "-PT1H"
    alert                           = local.alert
    baseline                        = { constraints_s3_uri = "${local.baseline_s3_uri}/bias/analysis.json" }
  } : null

  model_explainability = {
    config_uri          = "${local.baseline_s3_uri}/shap/analysis_config.json"
    schedule_expression = local.daily
    alert               = local.alert
    baseline            = { constraints_s3_uri = "${local.baseline_s3_uri}/shap/analysis.json" }
  }

  tags = { team = "growth" }
}

output "schedule_names" {
  value = module.monitor.schedule_names
}

output "job_definition_names" {
  value = module.monitor.job_definition_names
}

output "report_s3_uris" {
  value = module.monitor.report_s3_uris
}
