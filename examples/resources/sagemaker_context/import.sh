terraform import sagemaker_context.churn churn
