data "sagemaker_training_session" "style" {
  training_session_name = "style"
}

output "status" {
  value = data.sagemaker_training_session.style.training_session_status
}
