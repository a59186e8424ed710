output "pipeline_name" {
  description = "Name of the pipeline."
  value       = sagemaker_pipeline.this.pipeline_name
}

output "pipeline_arn" {
  description = "ARN of the pipeline: the target of an EventBridge rule or schedule."
  value       = sagemaker_pipeline.this.arn
}

output "version_id" {
  description = "Number of the latest version. Each update of the pipeline, other than of its tags, is another version."
  value       = one(data.sagemaker_pipeline_versions.latest.pipeline_version_summaries[*].pipeline_version_id)
}

output "creation_time" {
  description = "Time when the pipeline was created (RFC 3339). It stays the same as long as the pipeline is updated in place."
  value       = sagemaker_pipeline.this.creation_time
}

output "parameter_list" {
  description = "The parameters as names and values, for the pipeline parameters of an EventBridge target."
  value       = local.parameters
}

output "start_policy_json" {
  description = "IAM policy that allows to start the pipeline, for the role of an EventBridge rule or schedule."
  value = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect   = "Allow"
      Action   = "sagemaker:StartPipelineExecution"
      Resource = sagemaker_pipeline.this.arn
    }]
  })
}

output "failure_event_pattern" {
  description = "Event pattern of executions that failed or were stopped, for an EventBridge rule that notifies the team."
  value = jsonencode({
    source      = ["aws.sagemaker"]
    detail-type = ["SageMaker Model Building Pipeline Execution Status Change"]
    detail = {
      pipelineArn                    = [sagemaker_pipeline.this.arn]
      currentPipelineExecutionStatus = ["Failed", "Stopped"]
    }
  })
}
