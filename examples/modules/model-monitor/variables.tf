variable "name" {
  description = "Prefix of the names of the schedules, such as the name of the endpoint. At most 42 characters."
  type        = string

  validation {
    condition     = length(var.name) <= 42 && can(regex("^[a-zA-Z0-9](-*[a-zA-Z0-9])*$", var.name))
    error_message = "At most 42 letters, digits and hyphens, with a letter or a digit at both ends: the name of a schedule adds the type of monitoring, and has at most 63 characters."
  }
}

variable "role_arn" {
  description = "ARN of the IAM role that the jobs assume."
  type        = string
}

variable "input" {
  description = "Captured data to analyze: that of an endpoint with data capture, or that of batch transform jobs in the format csv, json or parquet."
  type = object({
    endpoint_name = optional(string)
    batch_transform = optional(object({
      data_captured_destination_s3_uri = string
      format                           = optional(string, "csv")
      header                           = optional(bool)
      line                             = optional(bool)
    }))
  })

  validation {
    condition     = (var.input.endpoint_name == null) != (var.input.batch_transform == null)
    error_message = "Give either endpoint_name or batch_transform."
  }

  validation {
    condition     = var.input.batch_transform == null || contains(["csv", "json", "parquet"], try(var.input.batch_transform.format, ""))
    error_message = "The format is csv, json or parquet."
  }
}

variable "output_s3_uri" {
  description = "S3 URI under which the reports are stored, in a folder for each type of monitoring."
  type        = string

  validation {
    condition     = startswith(var.output_s3_uri, "s3://")
    error_message = "An S3 URI, such as s3://reports.example.com/churn."
  }
}

variable "data_quality" {
  description = "Monitoring of the data that the model receives, against statistics and constraints of a baseline. Null: off."
  type = object({
    environment                         = optional(map(string))
    record_preprocessor_source_uri      = optional(string)
    post_analytics_processor_source_uri = optional(string)
    exclude_features_attribute          = optional(string)
    baseline = optional(object({
      job_name           = optional(string)
      constraints_s3_uri = optional(string)
      statistics_s3_uri  = optional(string)
    }))
    schedule_expression    = optional(string, "cron(0 * ? * * *)")
    max_runtime_in_seconds = optional(number, 3600)
    alert = optional(object({
      datapoints_to_alert = optional(number, 1)
      evaluation_period   = optional(number, 1)
    }), {})
  })
  default = null

  validation {
    condition     = var.data_quality == null || can(regex("^cron\\(0 (\\*|[0-9]{1,2}|[0-9]{1,2}/[0-9]{1,2}) \\? \\* \\* \\*\\)$", var.data_quality.schedule_expression))
    error_message = "The service accepts hourly schedules, cron(0 * ? * * *), and those that start at an hour of the day, such as cron(0 6 ? * * *) for 06:00 UTC or cron(0 0/12 ? * * *) for every 12 hours."
  }

  validation {
    condition     = try(var.data_quality.schedule_expression, "") != "cron(0 * ? * * *)" || try(var.data_quality.max_runtime_in_seconds <= 3600, false)
    error_message = "On an hourly schedule, max_runtime_in_seconds is at most 3600."
  }

  validation {
    condition     = var.data_quality == null || try(var.data_quality.alert.datapoints_to_alert >= 1 && var.data_quality.alert.datapoints_to_alert <= var.data_quality.alert.evaluation_period && var.data_quality.alert.evaluation_period <= 100, false)
    error_message = "evaluation_period is at most 100 executions, and datapoints_to_alert is between 1 and evaluation_period."
  }
}

variable "model_quality" {
  description = "Monitoring of the predictions, against ground truth labels that are uploaded under ground_truth_s3_uri. Null: off."
  type = object({
    problem_type                        = string
    ground_truth_s3_uri                 = string
    environment                         = optional(map(string))
    record_preprocessor_source_uri      = optional(string)
    post_analytics_processor_source_uri = optional(string)
    inference_attribute                 = optional(string)
    probability_attribute               = optional(string)
    probability_threshold_attribute     = optional(number)
    start_time_offset                   = optional(string)
    end_time_offset                     = optional(string)
    baseline = optional(object({
      job_name           = optional(string)
      constraints_s3_uri = optional(string)
    }))
    schedule_expression    = optional(string, "cron(0 * ? * * *)")
    max_runtime_in_seconds = optional(number, 1800)
    alert = optional(object({
      datapoints_to_alert = optional(number, 1)
      evaluation_period   = optional(number, 1)
    }), {})
  })
  default = null

  validation {
    condition     = var.model_quality == null || can(regex("^cron\\(0 (\\*|[0-9]{1,2}|[0-9]{1,2}/[0-9]{1,2}) \\? \\* \\* \\*\\)$", var.model_quality.schedule_expression))
    error_message = "The service accepts hourly schedules, cron(0 * ? * * *), and those that start at an hour of the day, such as cron(0 6 ? * * *) for 06:00 UTC or cron(0 0/12 ? * * *) for every 12 hours."
  }

  validation {
    condition     = try(var.model_quality.schedule_expression, "") != "cron(0 * ? * * *)" || try(var.model_quality.max_runtime_in_seconds <= 1800, false)
    error_message = "On an hourly schedule, max_runtime_in_seconds is at most 1800."
  }

  validation {
    condition     = var.model_quality == null || try(var.model_quality.alert.datapoints_to_alert >= 1 && var.model_quality.alert.datapoints_to_alert <= var.model_quality.alert.evaluation_period && var.model_quality.alert.evaluation_period <= 100, false)
    error_message = "evaluation_period is at most 100 executions, and datapoints_to_alert is between 1 and evaluation_period."
  }

  validation {
    condition     = var.model_quality == null || contains(["BinaryClassification", "MulticlassClassification", "Regression"], try(var.model_quality.problem_type, ""))
    error_message = "problem_type is BinaryClassification, MulticlassClassification or Regression."
  }
}

variable "model_bias" {
  description = "Monitoring of the bias of the predictions, as the analysis configuration at config_uri defines it, with ground truth labels. Null: off."
  type = object({
    config_uri                      = string
    ground_truth_s3_uri             = string
    environment                     = optional(map(string))
    features_attribute              = optional(string)
    inference_attribute             = optional(string)
    probability_attribute           = optional(string)
    probability_threshold_attribute = optional(number)
    start_time_offset               = optional(string)
    end_time_offset                 = optional(string)
    baseline = optional(object({
      job_name           = optional(string)
      constraints_s3_uri = optional(string)
    }))
    schedule_expression    = optional(string, "cron(0 * ? * * *)")
    max_runtime_in_seconds = optional(number, 1800)
    alert = optional(object({
      datapoints_to_alert = optional(number, 1)
      evaluation_period   = optional(number, 1)
    }), {})
  })
  default = null

  validation {
    condition     = var.model_bias == null || can(regex("^cron\\(0 (\\*|[0-9]{1,2}|[0-9]{1,2}/[0-9]{1,2}) \\? \\* \\* \\*\\)$", var.model_bias.schedule_expression))
    error_message = "The service accepts hourly schedules, cron(0 * ? * * *), and those that start at an hour of the day, such as cron(0 6 ? * * *) for 06:00 UTC or cron(0 0/12 ? * * *) for every 12 hours."
  }

  validation {
    condition     = try(var.model_bias.schedule_expression, "") != "cron(0 * ? * * *)" || try(var.model_bias.max_runtime_in_seconds <= 1800, false)
    error_message = "On an hourly schedule, max_runtime_in_seconds is at most 1800."
  }

  validation {
    condition     = var.model_bias == null || try(var.model_bias.alert.datapoints_to_alert >= 1 && var.model_bias.alert.datapoints_to_alert <= var.model_bias.alert.evaluation_period && var.model_bias.alert.evaluation_period <= 100, false)
    error_message = "evaluation_period is at most 100 executions, and datapoints_to_alert is between 1 and evaluation_period."
  }
}

variable "model_explainability" {
  description = "Monitoring of what the predictions are attributed to, as the analysis configuration at config_uri defines it. Null: off."
  type = object({
    config_uri            = string
    environment           = optional(map(string))
    features_attribute    = optional(string)
    inference_attribute   = optional(string)
    probability_attribute = optional(string)
    baseline = optional(object({
      job_name           = optional(string)
      constraints_s3_uri = optional(string)
    }))
    schedule_expression    = optional(string, "cron(0 * ? * * *)")
    max_runtime_in_seconds = optional(number, 3600)
    alert = optional(object({
      datapoints_to_alert = optional(number, 1)
      evaluation_period   = optional(number, 1)
    }), {})
  })
  default = null

  validation {
    condition     = var.model_explainability == null || can(regex("^cron\\(0 (\\*|[0-9]{1,2}|[0-9]{1,2}/[0-9]{1,2}) \\? \\* \\* \\*\\)$", var.model_explainability.schedule_expression))
    error_message = "The service accepts hourly schedules, cron(0 * ? * * *), and those that start at an hour of the day, such as cron(0 6 ? * * *) for 06:00 UTC or cron(0 0/12 ? * * *) for every 12 hours."
  }

  validation {
    condition     = try(var.model_explainability.schedule_expression, "") != "cron(0 * ? * * *)" || try(var.model_explainability.max_runtime_in_seconds <= 3600, false)
    error_message = "On an hourly schedule, max_runtime_in_seconds is at most 3600."
  }

  validation {
    condition     = var.model_explainability == null || try(var.model_explainability.alert.datapoints_to_alert >= 1 && var.model_explainability.alert.datapoints_to_alert <= var.model_explainability.alert.evaluation_period && var.model_explainability.alert.evaluation_period <= 100, false)
    error_message = "evaluation_period is at most 100 executions, and datapoints_to_alert is between 1 and evaluation_period."
  }
}

variable "images" {
  description = "Images of the jobs, by type of monitoring. The others run the images that AWS prebuilds for the region."
  type        = map(string)
  default     = {}

  validation {
    condition     = length(setsubtract(keys(var.images), ["data-quality", "model-quality", "model-bias", "model-explainability"])) == 0
    error_message = "The types of monitoring are data-quality, model-quality, model-bias and model-explainability."
  }
}

variable "job_resources" {
  description = "Instances of each job, and the KMS key of their volumes."
  type = object({
    instance_type     = optional(string, "ml.m5.xlarge")
    instance_count    = optional(number, 1)
    volume_size_in_gb = optional(number, 20)
    volume_kms_key_id = optional(string)
  })
  default = {}

  validation {
    condition     = var.job_resources.instance_count >= 1 && var.job_resources.instance_count <= 100
    error_message = "1 to 100 instances."
  }
}

variable "output_kms_key_id" {
  description = "KMS key that encrypts the reports. Null: the key of the bucket."
  type        = string
  default     = null
}

variable "vpc" {
  description = "Subnets and security groups of the jobs. Null: the network of the service."
  type = object({
    security_group_ids = set(string)
    subnets            = set(string)
  })
  default = null
}

variable "network_isolation" {
  description = "Whether the containers of the jobs are isolated from all networks."
  type        = bool
  default     = false
}

variable "encrypt_inter_container_traffic" {
  description = "Whether the traffic between the instances of a job is encrypted."
  type        = bool
  default     = false
}

variable "tags" {
  description = "Tags of job definitions and schedules."
  type        = map(string)
  default     = {}
}
