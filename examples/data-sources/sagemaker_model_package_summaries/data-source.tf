data "sagemaker_model_packages" "churn" {
  model_package_group_name = "churn-classifier"
}

data "sagemaker_model_package_summaries" "churn" {
  model_package_arn_list = data.sagemaker_model_packages.churn.model_package_summary_list[*].model_package_arn
}

output "images" {
  value = {
    for package in data.sagemaker_model_package_summaries.churn.model_package_summaries :
    package.key => package.inference_specification[0].containers[0].image
  }
}
