output "best_candidate" {
  value = provider::sagemaker::best_candidate([
    { name = "trial-1", value = 0.81 },
    { name = "trial-2", value = 0.93 },
  ], "F1").name
}
