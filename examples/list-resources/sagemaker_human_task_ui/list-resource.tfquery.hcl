list "sagemaker_human_task_ui" "all" {
  provider = sagemaker
  limit    = 1000
}

list "sagemaker_human_task_ui" "some" {
  provider = sagemaker

  config {
    tags = {
      team = "ml"
    }
  }
}
