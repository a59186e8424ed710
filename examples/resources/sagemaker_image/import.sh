terraform import sagemaker_image.tools tools
