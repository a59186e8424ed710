terraform import sagemaker_processing_job.clean clean-2026-11
