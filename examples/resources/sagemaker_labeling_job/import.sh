terraform import sagemaker_labeling_job.sentiment sentiment-2026-11
