data "sagemaker_partner_apps" "all" {}

ephemeral "sagemaker_partner_app_presigned_url" "comet" {
  arn = one([
    for app in data.sagemaker_partner_apps.all.summaries : app.arn
    if app.name == "comet"
  ])
}
