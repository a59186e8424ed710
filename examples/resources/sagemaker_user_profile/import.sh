terraform import sagemaker_user_profile.ann d-abcdefghijkl/ann
