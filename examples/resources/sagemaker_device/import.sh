terraform import sagemaker_device.north cameras/north
