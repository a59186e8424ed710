terraform import sagemaker_ai_benchmark_job.chat chat-2026-11
