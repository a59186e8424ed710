terraform import sagemaker_project.churn churn
