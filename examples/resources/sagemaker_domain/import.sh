terraform import sagemaker_domain.team d-abcdefghijkl
