terraform import sagemaker_partner_app.comet arn:aws:sagemaker:eu-central-1:123456789012:partner-app/app-0123456789AB
