terraform import sagemaker_trial.trees churn-trees
