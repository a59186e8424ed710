terraform import sagemaker_monitoring_alert.churn churn-quality/churn-quality
