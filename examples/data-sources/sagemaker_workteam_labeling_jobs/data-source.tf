data "sagemaker_workteam" "reviewers" {
  workteam_name = "reviewers"
}

data "sagemaker_workteam_labeling_jobs" "reviewers" {
  workteam_arn = data.sagemaker_workteam.reviewers.arn
}

output "open" {
  value = {
    for job in data.sagemaker_workteam_labeling_jobs.reviewers.labeling_job_summary_list :
    job.job_reference_code => job.label_counters[0].pending_human
  }
}
