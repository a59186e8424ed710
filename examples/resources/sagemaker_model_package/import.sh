terraform import sagemaker_model_package.churn arn:aws:sagemaker:us-east-1:123456789012:model-package/churn-classifier/1
