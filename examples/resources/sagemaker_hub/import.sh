terraform import sagemaker_hub.models models
