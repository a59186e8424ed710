terraform import sagemaker_compilation_job.faces faces-2026-11
