data "sagemaker_training_plan" "spring" {
  training_plan_name = "spring"
}

output "free_instances" {
  value = data.sagemaker_training_plan.spring.available_instance_count
}
