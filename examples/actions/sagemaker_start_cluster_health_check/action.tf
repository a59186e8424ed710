action "sagemaker_start_cluster_health_check" "workers" {
  config {
    cluster_name = "research"

    deep_health_check_configurations {
      instance_group_name = "workers"
      deep_health_checks  = ["InstanceStress", "InstanceConnectivity"]
    }
  }
}
