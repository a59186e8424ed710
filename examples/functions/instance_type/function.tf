output "instance_type" {
  value = contains(provider::sagemaker::instance_type("ml.g5.xlarge").uses, "training")
}
