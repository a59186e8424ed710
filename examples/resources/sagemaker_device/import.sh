terraform import sagemaker_device.north gates/north
