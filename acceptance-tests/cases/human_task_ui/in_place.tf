resource "sagemaker_human_task_ui" "test" {
  human_task_ui_name = var.name

  ui_template {
    content = "<crowd-form><p>{{ task.input.text }}</p></crowd-form>"
  }

  tags = { step = "second" }
}
