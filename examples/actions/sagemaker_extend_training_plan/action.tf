# An extension is bought each time, so that this is invoked by hand: terraform apply -invoke=action.sagemaker_extend_training_plan.spring
variable "offering_id" {
  type        = string
  description = "ID of an extension that `aws sagemaker search-training-plan-offerings --training-plan-arn` offers."
}

action "sagemaker_extend_training_plan" "spring" {
  config {
    training_plan_extension_offering_id = var.offering_id
  }
}
