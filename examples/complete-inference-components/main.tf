# Several models on shared GPUs that cost nothing at night: instances and copies are scaled to zero, and a token stays out of the state.

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
}

variable "name" {
  description = "Name of the endpoint."
  type        = string
  default     = "language"
}

variable "chat_model" {
  description = "Model that the chat component loads."
  type        = string
  default     = "meta-llama/Llama-3.1-8B-Instruct"
}

variable "embedding_copies" {
  description = "Number of copies of the embeddings."
  type        = number
  default     = 2
}

variable "chat_autoscaled" {
  description = "Whether automatic scaling sets the number of copies of the chat. Set it to true once the first apply has created it."
  type        = bool
  default     = false
}

variable "hugging_face_token" {
  description = "Token with which the chat component downloads its model. An ephemeral resource of your secret store can provide it, too."
  type        = string
  default     = "example"
  ephemeral   = true
  sensitive   = true
}

variable "adapters" {
  description = "S3 URIs of adapters of the chat model, by name."
  type        = map(string)
  default     = { legal = "s3://language-models/legal/1/adapter.tar.gz" }
}

module "language" {
  source = "../modules/inference-components"

  name               = var.name
  execution_role_arn = "arn:aws:iam::123456789012:role/language"
  instance_type      = "ml.g5.12xlarge"
  max_instance_count = 4

  components = {
    chat = {
      image            = "763104351884.dkr.ecr.us-east-1.amazonaws.com/djl-inference:0.33.0-lmi15.0.0-cu128"
      environment      = { HF_MODEL_ID = var.chat_model, OPTION_ENABLE_LORA = "true" }
      copies           = var.chat_autoscaled ? null : 1
      accelerators     = 2
      min_memory_in_mb = 32768
      rollback_alarms  = ["language-chat-errors"]
    }
    embeddings = {
      image            = "123456789012.dkr.ecr.us-east-1.amazonaws.com/embeddings:1.2.0"
      model_data_url   = "s3://language-models/embeddings/1.2.0/model.tar.gz"
      copies           = var.embedding_copies
      accelerators     = 1
      min_memory_in_mb = 8192
    }
  }

  adapters = { for name, uri in var.adapters : name => { component = "chat", artifact_url = uri } }

  secret_environments         = { chat = { HF_TOKEN = var.hugging_face_token } }
  secret_environment_versions = { chat = 1 }

  vpc = {
    security_group_ids = ["sg-0123456789abcdef0"]
    subnets            = ["subnet-0123456789abcdef0", "subnet-0fedcba9876543210"]
  }

  tags = { team = "language" }
}

output "endpoint_name" {
  value = module.language.endpoint_name
}

output "component_names" {
  value = module.language.component_names
}

output "autoscaling" {
  value = module.language.autoscaling
}

output "no_capacity_metrics" {
  value = module.language.no_capacity_metrics
}
