data "sagemaker_training_plan_offerings" "day" {
  instance_type    = "ml.p5.48xlarge"
  instance_count   = 1
  duration_hours   = 24
  target_resources = ["training-job"]
}

output "fees" {
  value = {
    for offering in data.sagemaker_training_plan_offerings.day.training_plan_offerings :
    offering.training_plan_offering_id => "${offering.upfront_fee} ${offering.currency_code}"
  }
}
