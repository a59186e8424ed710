terraform import sagemaker_hub_content.churn models/Model/churn/1.0.0
