terraform import sagemaker_model_card_export_job.churn arn:aws:sagemaker:eu-central-1:123456789012:model-card/churn-published/export-job/churn
