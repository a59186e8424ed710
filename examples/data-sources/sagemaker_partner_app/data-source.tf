# The service generates the ARN of an app, so the app is looked up by name.
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
