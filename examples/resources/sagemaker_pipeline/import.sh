terraform import sagemaker_pipeline.churn churn
