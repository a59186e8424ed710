terraform import sagemaker_mlflow_app.experiments arn:aws:sagemaker:us-east-1:123456789012:mlflow-app/app-ABCDEFGHIJKL
