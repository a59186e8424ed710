terraform import sagemaker_image_version.tools tools,1
