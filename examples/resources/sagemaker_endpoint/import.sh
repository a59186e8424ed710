terraform import sagemaker_endpoint.churn churn
