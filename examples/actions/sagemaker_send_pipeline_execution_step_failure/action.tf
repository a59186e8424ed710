# The token is in the message that the step has sent to its queue.
variable "callback_token" {
  type = string
}

action "sagemaker_send_pipeline_execution_step_failure" "rejected" {
  config {
    callback_token = var.callback_token
    failure_reason = "The model is not better than the one in production."
  }
}
