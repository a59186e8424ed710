terraform import sagemaker_association.this arn:aws:sagemaker:eu-central-1:123456789012:artifact/0123456789abcdef0123456789abcdef,arn:aws:sagemaker:eu-central-1:123456789012:action/churn-deployment
