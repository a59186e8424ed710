resource "sagemaker_algorithm" "test" {
  algorithm_name = var.name

  training_specification {
    training_image                    = "123456789012.dkr.ecr.us-east-1.amazonaws.com/train:1"
    supported_training_instance_types = ["ml.m5.large", "ml.c5.xlarge"]

    training_channels {
      name                    = "train"
      supported_content_types = ["text/csv"]
      supported_input_modes   = ["File"]
    }
  }
}
