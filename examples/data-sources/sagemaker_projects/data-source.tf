data "sagemaker_projects" "all" {
  sort_by    = "Name"
  sort_order = "Ascending"
}

output "ids" {
  value = {
    for project in data.sagemaker_projects.all.project_summary_list :
    project.project_name => project.project_id
  }
}
