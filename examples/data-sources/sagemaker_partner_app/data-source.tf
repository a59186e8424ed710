# An app has an ARN that the service makes up, so it is found in the list of all.
data "sagemaker_partner_apps" "all" {}

data "sagemaker_partner_app" "comet" {
  arn = one([
    for app in data.sagemaker_partner_apps.all.summaries : app.arn
    if app.name == "comet"
  ])
}

output "url" {
  value = data.sagemaker_partner_app.comet.base_url
}
