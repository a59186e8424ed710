terraform import sagemaker_training_job.churn churn-2026-11
