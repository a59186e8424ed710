action "sagemaker_stop_training_session" "style" {
  config {
    training_session_name = "style"
  }
}
