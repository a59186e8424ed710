terraform import sagemaker_ai_recommendation_job.chat chat-2026-11
