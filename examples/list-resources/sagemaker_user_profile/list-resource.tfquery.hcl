list "sagemaker_user_profile" "all" {
  provider = sagemaker
  limit    = 1000
}

list "sagemaker_user_profile" "some" {
  provider = sagemaker

  config {
    user_profile_name_contains = "ann"
  }
}
