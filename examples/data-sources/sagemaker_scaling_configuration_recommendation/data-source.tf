data "sagemaker_scaling_configuration_recommendation" "churn" {
  inference_recommendations_job_name = "churn-2026-11"
  endpoint_name                      = "churn"
  target_cpu_utilization_per_core    = 60

  scaling_policy_objective {
    min_invocations_per_minute = 100
    max_invocations_per_minute = 2000
  }
}

output "capacity" {
  value = {
    min = data.sagemaker_scaling_configuration_recommendation.churn.dynamic_scaling_configuration[0].min_capacity
    max = data.sagemaker_scaling_configuration_recommendation.churn.dynamic_scaling_configuration[0].max_capacity
  }
}
