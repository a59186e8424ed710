terraform import sagemaker_job.clean DataTransformation/clean-2026-11
