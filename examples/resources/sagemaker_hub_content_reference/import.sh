terraform import sagemaker_hub_content_reference.llama models,llama-3-1-8b
