resource "sagemaker_image" "test" {
  image_name = var.name
  role_arn   = "arn:aws:iam::123456789012:role/images"
}

resource "sagemaker_image_version" "test" {
  image_name = sagemaker_image.test.image_name
  base_image = "123456789012.dkr.ecr.us-east-1.amazonaws.com/tools:1"
  aliases    = ["latest", "next"]
  processor  = "CPU"
}
