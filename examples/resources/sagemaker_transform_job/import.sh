terraform import sagemaker_transform_job.churn churn-2026-11
