data "sagemaker_subscribed_workteams" "vendor" {
  name_contains = "images"
}

data "sagemaker_subscribed_workteam" "vendor" {
  workteam_arn = one(
    data.sagemaker_subscribed_workteams.vendor.subscribed_workteams
  ).workteam_arn
}

output "seller" {
  value = data.sagemaker_subscribed_workteam.vendor.subscribed_workteam[0].seller_name
}
