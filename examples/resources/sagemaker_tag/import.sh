terraform import sagemaker_tag.owner arn:aws:sagemaker:eu-central-1:123456789012:domain/d-0123456789ab,owner
