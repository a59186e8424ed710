output "feature_group_names" {
  description = "Names of the feature groups."
  value       = { for name, group in sagemaker_feature_group.this : name => group.feature_group_name }
}

output "feature_group_arns" {
  description = "ARNs of the feature groups, for policies that allow to read and write records."
  value       = { for name, group in sagemaker_feature_group.this : name => group.arn }
}

output "creation_times" {
  description = "Times when the feature groups were created. They stay the same as long as the groups are updated in place."
  value       = { for name, group in sagemaker_feature_group.this : name => group.creation_time }
}

output "offline_store_s3_uris" {
  description = "S3 URIs where the records of the offline stores are written, by group with such a store."
  value = {
    for name, group in sagemaker_feature_group.this : name => group.offline_store_config[0].s3_storage_config[0].resolved_output_s3_uri
    if length(group.offline_store_config) > 0
  }
}

output "glue_tables" {
  description = "Glue tables of the offline stores, for queries: { catalog, database, table_name } by group with such a table."
  value = {
    for name, group in sagemaker_feature_group.this : name => group.offline_store_config[0].data_catalog_config[0]
    if try(length(group.offline_store_config[0].data_catalog_config) > 0, false)
  }
}
