# A private workforce of a Cognito user pool with two teams: a labeling job for one, and reviews of uncertain predictions for the other.

terraform {
  required_version = ">= 1.11"

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
  description = "Name of the workforce, and prefix of its teams."
  type        = string
  default     = "crowd"
}

variable "user_pool" {
  description = "Cognito user pool of the workers, and its client. Null: the workforce exists already."
  type = object({
    user_pool_id = string
    client_id    = string
  })
  default = {
    user_pool_id = "us-east-1_abcdefghi"
    client_id    = "1h57kf5cpq17m0eml12EXAMPLE"
  }
}

variable "month" {
  description = "The month whose texts are labeled."
  type        = string
  default     = "2026-11"
}

variable "workers_per_text" {
  description = "Number of workers who label each text."
  type        = number
  default     = 3
}

locals {
  bucket = "s3://example-texts"
}

module "labeling" {
  source = "../modules/labeling"

  workforce = {
    name         = var.name
    cognito      = var.user_pool
    source_cidrs = ["192.0.2.0/24"]
  }

  teams = {
    "${var.name}-labelers"  = { description = "Labels texts.", groups = ["labelers"], restrict_to_source_ip = true }
    "${var.name}-reviewers" = { description = "Reviews what the model is not sure of.", groups = ["reviewers", "experts"], notifications = { topic_arn = "arn:aws:sns:us-east-1:123456789012:reviews" } }
  }

  human_task_uis = { sentiment-review = file("${path.module}/page.html") }

  labeling_jobs = {
    sentiment = {
      team                                = "${var.name}-labelers"
      role_arn                            = "arn:aws:iam::123456789012:role/labeling"
      label_category_config_s3_uri        = "${local.bucket}/labels.json"
      pre_human_task_lambda_arn           = "arn:aws:lambda:us-east-1:123456789012:function:prepare-texts"
      annotation_consolidation_lambda_arn = "arn:aws:lambda:us-east-1:123456789012:function:consolidate-texts"
      input                               = { manifest_s3_uri = "${local.bucket}/${var.month}.manifest" }
      output                              = { s3_uri = "${local.bucket}/labeled", kms_key_id = "arn:aws:kms:us-east-1:123456789012:key/11111111-2222-3333-4444-555555555555" }
      ui                                  = { template_s3_uri = "${local.bucket}/page.liquid" }
      stopping_conditions                 = { max_human_labeled_object_count = 5000 }

      task = {
        title                 = "Sentiment of ${var.month}"
        description           = "Choose what the writer of a text feels."
        keywords              = ["texts", "sentiment"]
        time_limit_in_seconds = 600
        workers_per_object    = var.workers_per_text
      }
    }
  }

  tags = { team = "language" }
}

resource "sagemaker_flow_definition" "review" {
  flow_definition_name = "${var.name}-sentiment-review"
  role_arn             = "arn:aws:iam::123456789012:role/reviews"

  human_loop_config {
    human_task_ui_arn = module.labeling.human_task_ui_arns["sentiment-review"]
    workteam_arn      = module.labeling.team_arns["${var.name}-reviewers"]
    task_title        = "Review of a sentiment"
    task_description  = "Choose what the writer of the text feels."
    task_count        = 1
  }

  output_config {
    s3_output_path = "${local.bucket}/reviewed"
  }
}

output "portal_url" {
  value = module.labeling.portal_url
}

output "labeling_job_names" {
  value = module.labeling.labeling_job_names
}

output "output_manifest_s3_uris" {
  value = module.labeling.output_manifest_s3_uris
}

output "flow_definition_arn" {
  value = sagemaker_flow_definition.review.arn
}
