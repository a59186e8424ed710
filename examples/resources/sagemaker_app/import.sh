terraform import sagemaker_app.lab arn:aws:sagemaker:us-east-1:123456789012:app/d-abcdefghijkl/shared/jupyterlab/default
