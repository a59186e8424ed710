data "sagemaker_subscribed_workteams" "all" {}

output "sellers" {
  value = {
    for team in data.sagemaker_subscribed_workteams.all.subscribed_workteams :
    team.workteam_arn => team.seller_name
  }
}
