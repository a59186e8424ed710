terraform import sagemaker_action.churn churn
