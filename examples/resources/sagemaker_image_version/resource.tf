resource "sagemaker_image_version" "tools" {
  image_name       = "tools"
  base_image       = "123456789012.dkr.ecr.us-east-1.amazonaws.com/tools:2026-11"
  aliases          = ["latest", "stable"]
  ml_framework     = "PyTorch 2.8"
  programming_lang = "Python 3.12"
  processor        = "GPU"
}
