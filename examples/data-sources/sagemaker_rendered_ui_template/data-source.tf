# A template with an error in it fails the plan, not the first worker.
data "sagemaker_rendered_ui_template" "review" {
  role_arn = "arn:aws:iam::123456789012:role/review"

  ui_template {
    content = "<crowd-form><p>{{ task.input.text }}</p></crowd-form>"
  }

  task {
    input = jsonencode({ text = "Where is my parcel?" })
  }

  lifecycle {
    postcondition {
      condition     = length(self.errors) == 0
      error_message = "The template cannot be filled in."
    }
  }
}
