terraform import sagemaker_space.shared d-abcdefghijkl/shared
