list "sagemaker_space" "all" {
  provider = sagemaker
  limit    = 1000
}

list "sagemaker_space" "some" {
  provider = sagemaker

  config {
    space_name_contains = "team"
  }
}
