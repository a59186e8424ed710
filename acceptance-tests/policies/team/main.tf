variable "kms_key_id" {
  type = string
}

variable "name" {
  type = string
}

module "notebook" {
  source = "../notebook"

  name       = var.name
  kms_key_id = var.kms_key_id
}
