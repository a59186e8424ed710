# Each invocation buys an extension, so this action is invoked by hand:
# terraform apply -invoke=action.sagemaker_extend_training_plan.spring
variable "offering_id" {
  type        = string
  description = "ID of an offering that `aws sagemaker search-training-plan-offerings` lists."
}

action "sagemaker_extend_training_plan" "spring" {
  config {
    training_plan_extension_offering_id = var.offering_id
  }
}
