output "accelerated" {
  value = provider::sagemaker::instance_type("ml.inf2.xlarge")
  # => {
  #   family      = "inf2"
  #   generation  = 2
  #   size        = "xlarge"
  #   accelerator = "inferentia"
  #   uses        = ["notebook_instance", "optimization_job_deployment", "production_variant", "transform"]
  # }
}

# As the condition of a variable's validation.
output "trains" {
  value = contains(provider::sagemaker::instance_type("ml.g5.xlarge").uses, "training")
  # => true
}
