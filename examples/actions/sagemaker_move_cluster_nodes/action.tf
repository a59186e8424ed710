data "sagemaker_cluster" "serving" {
  cluster_name = "serving"
}

action "sagemaker_move_cluster_nodes" "to_inference" {
  config {
    source_cluster_arn         = data.sagemaker_cluster.serving.arn
    source_instance_group_name = "training"
    target_cluster_arn         = data.sagemaker_cluster.serving.arn
    target_instance_group_name = "inference"
    instance_count             = 1
  }
}
