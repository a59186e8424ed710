terraform import sagemaker_app_image_config.lab lab-with-own-tools
