# Checks of SageMaker resources in a plan, as JSON of `terraform show -json`. Ids are those of the Checkov checks with
# the same verdicts. `conftest` and `opa` read the rule `deny`.
package main

import rego.v1

# One row for each argument that must be set. Without `accepted`, any value will do.
checks := [
	{
		"id": "CKV_AWS_22",
		"types": ["sagemaker_notebook_instance"],
		"path": ["kms_key_id"],
		"fault": "the volume is not encrypted with a KMS key of yours",
	},
	{
		"id": "CKV_AWS_98",
		"types": ["sagemaker_endpoint_configuration"],
		"path": ["kms_key_arn"],
		"fault": "the volumes of the instances are not encrypted with a KMS key of yours",
	},
	{
		"id": "CKV_AWS_122",
		"types": ["sagemaker_notebook_instance"],
		"path": ["direct_internet_access"],
		"accepted": ["Disabled"],
		"fault": "the notebook instance reaches the internet without your VPC",
	},
	{
		"id": "CKV_AWS_187",
		"types": ["sagemaker_domain", "sagemaker_notebook_instance"],
		"path": ["kms_key_id"],
		"fault": "the storage is not encrypted with a KMS key of yours",
	},
	{
		"id": "CKV_AWS_306",
		"types": ["sagemaker_notebook_instance"],
		"path": ["subnet_id"],
		"fault": "the notebook instance is in no VPC of yours",
	},
	{
		"id": "CKV_AWS_307",
		"types": ["sagemaker_notebook_instance"],
		"path": ["root_access"],
		"accepted": ["Disabled"],
		"fault": "users have root access",
	},
	{
		"id": "CKV_AWS_367",
		"types": ["sagemaker_data_quality_job_definition"],
		"path": ["data_quality_job_output_config", 0, "kms_key_id"],
		"fault": "the reports are not encrypted with a KMS key of yours",
	},
	{
		"id": "CKV_AWS_368",
		"types": ["sagemaker_data_quality_job_definition"],
		"path": ["job_resources", 0, "cluster_config", 0, "volume_kms_key_id"],
		"fault": "the volumes of the instances are not encrypted with a KMS key of yours",
	},
	{
		"id": "CKV_AWS_369",
		"types": ["sagemaker_data_quality_job_definition"],
		"path": ["network_config", 0, "enable_inter_container_traffic_encryption"],
		"accepted": [true],
		"fault": "traffic between the instances is not encrypted",
	},
	{
		"id": "CKV_AWS_370",
		"types": ["sagemaker_model"],
		"path": ["enable_network_isolation"],
		"accepted": [true],
		"fault": "the containers can reach the network",
	},
	{
		"id": "CKV_AWS_371",
		"types": ["sagemaker_notebook_instance"],
		"path": ["instance_metadata_service_configuration", 0, "minimum_instance_metadata_service_version"],
		"accepted": ["2"],
		"fault": "the instance metadata service answers requests without a session token",
	},
	{
		"id": "CKV_AWS_372",
		"types": ["sagemaker_flow_definition"],
		"path": ["output_config", 0, "kms_key_id"],
		"fault": "the review results are not encrypted with a KMS key of yours",
	},
]

deny contains finding(check.id, resource.address, fault) if {
	some resource in resources
	some check in checks
	resource.type in check.types
	not is_unknown(resource, check.path)
	not is_accepted(check, value_at(resource.change.after, check.path))
	fault := concat("", [check.fault, " (", dotted(check.path), ")"])
}

deny contains finding("CKV2_AWS_68", resource.address, fault) if {
	some resource in resources
	resource.type == "sagemaker_notebook_instance"
	not has_role(resource)
	fault := "the role is no aws_iam_role of the same module, whose policy could be checked (role_arn)"
}

deny contains finding("CKV_AWS_41", address, "credentials are written in the provider block") if {
	some provider in input.configuration.provider_config
	provider.name == "sagemaker"
	has_credentials(provider.expressions)
	address := concat(".", [provider.name, object.get(provider, "alias", "default")])
}

finding(id, address, fault) := {
	"id": id,
	"resource": address,
	"msg": concat(": ", [id, address, fault]),
}

# What exists after the apply.
resources contains resource if {
	some resource in input.resource_changes
	resource.mode == "managed"
	is_object(resource.change.after)
}

value_at(document, path) := value if {
	walk(document, [path, value])
} else := null

# An argument that is set to something that only the apply can know.
is_unknown(resource, path) if walk(resource.change.after_unknown, [path, true])

is_accepted(check, value) if value in check.accepted

is_accepted(check, value) if {
	not check.accepted
	not value in [null, ""]
}

has_role(resource) if {
	some block in module_of(resource).resources
	block.type == resource.type
	block.name == resource.name
	some reference in block.expressions.role_arn.references
	startswith(reference, "aws_iam_role.")
}

# The configuration of a module by its address, `module.a["key"].module.b`.
module_of(resource) := module if {
	address := regex.replace(object.get(resource, "module_address", ""), `\[[^\]]*\]`, "")
	parts := split(address, ".")
	path := [step | some i; name := parts[i]; i % 2 == 1; some step in ["module_calls", name, "module"]]
	module := value_at(input.configuration.root_module, path)
}

has_credentials(expressions) if regex.match(`^[A-Z0-9]{20}$`, expressions.access_key.constant_value)

has_credentials(expressions) if regex.match(`^[A-Za-z0-9/+=]{40}$`, expressions.secret_key.constant_value)

dotted(path) := concat(".", [step | some step in path; is_string(step)])
