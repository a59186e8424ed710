data "sagemaker_partner_apps" "all" {}

output "arns" {
  value = { for app in data.sagemaker_partner_apps.all.summaries : app.name => app.arn }
}
