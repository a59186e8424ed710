output "arn_parse" {
  value = provider::sagemaker::arn_parse("arn:aws:sagemaker:eu-west-1:123456789012:space/d-1/notes").names.domain_id
}
