# The token is in the message that the step has sent to its queue.
variable "callback_token" {
  type = string
}

action "sagemaker_send_pipeline_execution_step_success" "approved" {
  config {
    callback_token = var.callback_token

    output_parameters {
      name  = "approved_by"
      value = "ann"
    }
  }
}
