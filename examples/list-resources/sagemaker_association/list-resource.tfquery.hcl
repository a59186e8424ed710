list "sagemaker_association" "all" {
  provider = sagemaker
  limit    = 1000
}
