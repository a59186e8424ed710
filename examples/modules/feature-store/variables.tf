variable "feature_groups" {
  description = "Feature groups, by name: the features with their types (Integral, Fractional or String), which of them identifies a record and which is the event time, and the stores. Leave out a store by setting it to null."
  type = map(object({
    description       = optional(string)
    record_identifier = string
    event_time        = string
    features          = map(string)

    collections = optional(map(object({
      type            = string
      collection_type = string
      dimension       = optional(number)
    })), {})

    feature_descriptions = optional(map(string), {})

    online_store = optional(object({
      storage_type = optional(string)
      ttl = optional(object({
        unit  = string
        value = number
      }))
    }))

    offline_store = optional(object({
      s3_uri            = optional(string)
      table_format      = optional(string, "Glue")
      create_glue_table = optional(bool, true)
      data_catalog = optional(object({
        catalog    = optional(string, "AwsDataCatalog")
        database   = string
        table_name = string
      }))
    }))

    throughput = optional(object({
      mode                 = optional(string, "Provisioned")
      read_capacity_units  = optional(number)
      write_capacity_units = optional(number)
    }))

    allow_feature_data_loss = optional(bool, false)
    deletion_protection     = optional(bool)
    tags                    = optional(map(string), {})
  }))

  validation {
    condition     = alltrue([for name in keys(var.feature_groups) : can(regex("^[a-zA-Z0-9]([_-]*[a-zA-Z0-9])*$", name)) && length(name) <= 64])
    error_message = "The name of a feature group has up to 64 letters, digits, hyphens and underscores, with a letter or a digit at both ends."
  }

  validation {
    condition = alltrue(flatten([for group in var.feature_groups : [
      for name in concat(keys(group.features), keys(group.collections)) :
      can(regex("^[a-zA-Z0-9]([-_]*[a-zA-Z0-9])*$", name)) && length(name) <= 64 && !contains(["is_deleted", "write_time", "api_invocation_time"], name)
    ]]))
    error_message = "The name of a feature has up to 64 letters, digits, hyphens and underscores, with a letter or a digit at both ends. is_deleted, write_time and api_invocation_time are reserved."
  }

  validation {
    condition = alltrue(flatten([for group in var.feature_groups : [
      for type in values(group.features) : contains(["Integral", "Fractional", "String", "int", "int64", "float", "float64", "string"], type)
    ]]))
    error_message = "The type of a feature is Integral, Fractional or String; int, int64, float, float64 and string are accepted, too."
  }

  validation {
    condition = alltrue(flatten([for group in var.feature_groups : [
      for collection in group.collections :
      contains(["Integral", "Fractional", "String"], collection.type) && contains(["List", "Set", "Vector"], collection.collection_type) &&
      (collection.collection_type == "Vector" ? collection.type == "Fractional" && collection.dimension != null : collection.dimension == null)
    ]]))
    error_message = "A collection is a List or a Set of Integral, Fractional or String, or a Vector of Fractional with a dimension."
  }

  validation {
    condition     = alltrue([for group in var.feature_groups : group.online_store != null || group.offline_store != null])
    error_message = "A feature group has an online_store, an offline_store or both. An empty object, {}, takes the defaults."
  }

  validation {
    condition     = alltrue([for group in var.feature_groups : try(contains(["Standard", "Standard_V2", "InMemory"], group.online_store.storage_type), true)])
    error_message = "The storage_type of an online store is Standard, Standard_V2 or InMemory."
  }

  validation {
    condition     = alltrue([for group in var.feature_groups : try(contains(["Seconds", "Minutes", "Hours", "Days", "Weeks"], group.online_store.ttl.unit) && group.online_store.ttl.value >= 1, true)])
    error_message = "The ttl of an online store is at least 1, in Seconds, Minutes, Hours, Days or Weeks."
  }

  validation {
    condition     = alltrue([for group in var.feature_groups : try(contains(["Glue", "Iceberg", "Default"], group.offline_store.table_format), true)])
    error_message = "The table_format of an offline store is Glue, Iceberg or Default."
  }

  validation {
    condition     = alltrue([for group in var.feature_groups : try(group.offline_store.create_glue_table || group.offline_store.table_format != "Iceberg", true)])
    error_message = "An offline store in the table_format Iceberg needs its Glue table."
  }

  validation {
    condition     = alltrue([for group in var.feature_groups : try(contains(["OnDemand", "Provisioned"], group.throughput.mode), true)])
    error_message = "The mode of a throughput is OnDemand or Provisioned."
  }
}

variable "role_arn" {
  description = "ARN of the IAM role that writes to the offline stores. Null if there are none."
  type        = string
  default     = null

  validation {
    condition     = var.role_arn == null ? true : can(regex("^arn:[^:]+:iam::[0-9]{12}:role/.+$", var.role_arn))
    error_message = "The ARN of an IAM role, such as arn:aws:iam::123456789012:role/feature-store."
  }
}

variable "offline_store_s3_uri" {
  description = "S3 URI under which the offline stores are kept, each below its own prefix. It cannot be changed later without other feature groups."
  type        = string
  default     = null

  validation {
    condition     = var.offline_store_s3_uri == null ? true : can(regex("^s3://[^/]+", var.offline_store_s3_uri))
    error_message = "An S3 URI, such as s3://features."
  }
}

variable "online_store_kms_key_arn" {
  description = "ARN of the KMS key that encrypts the online stores. Null: the key of the service. It cannot be changed later without other feature groups."
  type        = string
  default     = null
}

variable "offline_store_kms_key_arn" {
  description = "ARN of the KMS key that encrypts the offline stores. Null: the key of the bucket. It cannot be changed later without other feature groups."
  type        = string
  default     = null
}

variable "deletion_protection" {
  description = "Whether plans that would delete or replace a feature group are refused."
  type        = bool
  default     = true
}

variable "tags" {
  description = "Tags of the feature groups."
  type        = map(string)
  default     = {}
}
