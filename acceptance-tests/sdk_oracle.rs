//! The service model against the AWS SDK: every operation that both know has the same members with the same types.
//!
//! The SDK keeps no table of its shapes, but its types read themselves from anything that answers their questions. So
//! each input and output is read from a [`Walker`] that stands on the same place of the service model, and notes where
//! what is requested is not what the model says.

use std::collections::BTreeSet;

use aws_smithy_schema::{
    Schema,
    serde::{SerdeError, ShapeDeserializer},
};
use aws_smithy_types::{BigDecimal, BigInteger, Blob, DateTime, Document};
use expect_test::expect;
use sagemaker_provider::definition::service::{self, Member, OPERATIONS, Shape, ShapeKind};

/// Structures of the model that are unions in the SDK: the two are cut from different descriptions of the service.
const UNIONS_IN_THE_SDK_ONLY: &[&str] = &["TrialComponentParameterValue"];

#[test]
fn members_and_types_are_those_of_the_sdk() {
    let mut notes = Notes::default();
    for (operation, read_input, read_output) in SDK {
        match service::operation(operation) {
            None => notes.fault(format!("{operation} is an operation of the SDK only")),
            Some(ours) => {
                notes.compare(ours.input, *read_input);
                notes.compare(ours.output, *read_output);
            }
        }
    }
    assert_eq!(notes.faults, BTreeSet::new());
    let newer: Vec<&str> = notes.newer.iter().map(String::as_str).collect();
    // Members that the SDK does not have yet.
    expect![[r#"
        [
            "ClusterAutoPatchConfig.DrainPolicy",
            "ClusterAutoPatchConfig.IdleWaitWindowInSeconds",
            "ClusterAutoPatchConfigDetails.DrainPolicy",
            "ClusterAutoPatchConfigDetails.IdleWaitWindowInSeconds",
            "ClusterEventDetail.OperationId",
            "ClusterEventSummary.OperationId",
            "CreateEndpointConfigInput.CrossRegionTrafficConfig",
            "CreatePipelineRequest.PipelineVersionAliases",
            "DescribeEndpointConfigOutput.CrossRegionTrafficConfig",
            "DescribeEndpointOutput.CrossRegionTrafficConfig",
            "DescribeHubContentResponse.CreatedBy",
            "DescribeHubContentResponse.LastModifiedBy",
            "DescribeHubResponse.CreatedBy",
            "DescribeHubResponse.LastModifiedBy",
            "DescribePipelineExecutionResponse.PipelineVersionAliases",
            "DescribePipelineExecutionResponse.RoleArn",
            "DescribePipelineRequest.PipelineVersionAlias",
            "DescribePipelineResponse.PipelineVersionAliases",
            "HubContent.CreatedBy",
            "HubContent.LastModifiedBy",
            "ListClusterEventsRequest.OperationId",
            "ListPipelineExecutionsRequest.PipelineVersionAlias",
            "ListPipelinesRequest.ManagedBy",
            "PipelineExecutionStepMetadata.HubContent",
            "PipelineExecutionSummary.PipelineVersionAliases",
            "PipelineVersion.PipelineVersionAliases",
            "PipelineVersionSummary.PipelineVersionAliases",
            "StartPipelineExecutionRequest.PipelineVersionAlias",
            "StartPipelineExecutionRequest.RoleArn",
            "UpdatePipelineRequest.PipelineVersionAliases",
            "UpdatePipelineVersionRequest.PipelineVersionAliasOperations",
        ]
    "#]]
    .assert_debug_eq(&newer);
    // Guards the comparison itself: it reached what it should.
    assert!(notes.compared.len() > 6_000, "{} members were compared", notes.compared.len());
}

#[test]
fn operations_are_those_of_the_sdk_and_the_newer_ones() {
    let known: BTreeSet<&str> = SDK.iter().map(|(operation, ..)| *operation).collect();
    let newer: Vec<&str> =
        OPERATIONS.iter().map(|operation| operation.name).filter(|name| !known.contains(name)).collect();
    // Operations that the SDK does not have yet.
    expect![[r#"
        [
            "AddInferenceGateway",
            "CreateClusterExtension",
            "CreateGlobalInferenceGateway",
            "CreateInferenceRouter",
            "DeleteClusterExtension",
            "DeleteEndpointPolicy",
            "DeleteGlobalInferenceGateway",
            "DeleteInferenceRouter",
            "DescribeClusterExtension",
            "DescribeClusterOperation",
            "DescribeGlobalInferenceGateway",
            "DescribeInferenceRouter",
            "GetEndpointPolicy",
            "ListClusterExtensionVersions",
            "ListClusterExtensions",
            "ListClusterOperations",
            "ListGlobalInferenceGateways",
            "ListInferenceGateways",
            "ListInferenceRouters",
            "MoveClusterNodes",
            "PutEndpointPolicy",
            "RemoveInferenceGateway",
            "UpdateClusterExtension",
            "UpdateGlobalInferenceGateway",
            "UpdateInferenceRouter",
        ]
    "#]]
    .assert_debug_eq(&newer);
}

#[test]
fn a_wrong_model_would_be_noticed() {
    static BOOLEAN: Shape = Shape { name: "Switch", kind: ShapeKind::Boolean, sensitive: false };
    static WRONG: Shape = Shape {
        name: "Wrong",
        kind: ShapeKind::Structure {
            members: &[
                Member { name: "ModelName", shape: &BOOLEAN, required: true, idempotency_token: false },
                Member { name: "Extra", shape: &BOOLEAN, required: false, idempotency_token: false },
            ],
            union: false,
        },
        sensitive: false,
    };
    let reads = |name: &str| SDK.iter().find(|(operation, ..)| *operation == name).expect("an operation of the SDK");
    let mut notes = Notes::default();
    notes.compare(&WRONG, reads("DescribeModel").1);
    assert_eq!(notes.faults, ["the SDK reads Switch as a string".to_owned()].into());
    assert_eq!(notes.newer, ["Wrong.Extra".to_owned()].into());

    let mut notes = Notes::default();
    notes.compare(&WRONG, reads("ListTags").1);
    assert!(notes.faults.contains("Wrong.ResourceArn is a member in the SDK only"), "{:?}", notes.faults);
}

/// Reads a value of one of the SDK's types and drops it.
type Read = fn(&mut dyn ShapeDeserializer) -> Result<(), SerdeError>;

#[derive(Default)]
struct Notes {
    faults: BTreeSet<String>,
    /// Members that only the model has.
    newer: BTreeSet<String>,
    /// Shape and member.
    compared: BTreeSet<(&'static str, &'static str)>,
    /// The structures around the current place; without it, a structure that holds itself would have no end.
    around: Vec<&'static str>,
}

impl Notes {
    fn fault(&mut self, fault: String) {
        self.faults.insert(fault);
    }

    /// Reads again and again until a reading meets nothing new: a value of a union holds one member only, so unions
    /// take as many readings as they have members.
    fn compare(&mut self, shape: &'static Shape, read: Read) {
        loop {
            let before = self.compared.len();
            if let Err(error) = read(&mut Walker { notes: self, shape }) {
                return self.fault(format!("{}: {error}", shape.name));
            }
            if self.compared.len() == before {
                return;
            }
        }
    }
}

/// Answers the questions of the SDK's types from one place of the service model.
struct Walker<'a> {
    notes: &'a mut Notes,
    shape: &'static Shape,
}

impl Walker<'_> {
    fn expect(&mut self, fits: bool, form: &str) {
        if !fits {
            self.notes.fault(format!("the SDK reads {} as {form}", self.shape.name));
        }
    }

    fn at(&mut self, shape: &'static Shape) -> Walker<'_> {
        Walker { notes: self.notes, shape }
    }

    /// The members to read: all of a structure; of a union the first that no reading has met yet.
    fn turn<'s>(&self, schema: &'s Schema<'s>) -> &'s [&'s Schema<'s>] {
        let members = schema.members();
        if !schema.is_union() {
            return members;
        }
        let met = |member: &Schema<'_>| {
            let name = member.member_name().unwrap_or_default();
            self.notes.compared.iter().any(|compared| *compared == (self.shape.name, name))
        };
        let next = members.iter().position(|member| !met(member)).unwrap_or(0);
        &members[next..=next]
    }
}

impl ShapeDeserializer for Walker<'_> {
    fn read_struct(
        &mut self,
        schema: &Schema<'_>,
        consume: &mut dyn FnMut(&Schema<'_>, &mut dyn ShapeDeserializer) -> Result<(), SerdeError>,
    ) -> Result<(), SerdeError> {
        let ShapeKind::Structure { members, union } = &self.shape.kind else {
            self.expect(false, "a structure");
            return Ok(());
        };
        let name = self.shape.name;
        if schema.is_union() != (*union || UNIONS_IN_THE_SDK_ONLY.contains(&name)) {
            self.expect(false, if *union { "a structure" } else { "a union" });
        }
        let known: BTreeSet<&str> = schema.members().iter().filter_map(|member| member.member_name()).collect();
        for member in members.iter().filter(|member| !known.contains(member.name)) {
            self.notes.newer.insert(format!("{name}.{}", member.name));
        }
        if self.notes.around.contains(&name) {
            return Ok(());
        }
        self.notes.around.push(name);
        for member in self.turn(schema) {
            let read = member.member_name().unwrap_or_default();
            match self.shape.member(read) {
                None => self.notes.fault(format!("{name}.{read} is a member in the SDK only")),
                Some(ours) => {
                    self.notes.compared.insert((name, ours.name));
                    consume(member, &mut self.at(ours.shape))?;
                }
            }
        }
        self.notes.around.pop();
        Ok(())
    }

    fn read_list(
        &mut self,
        _: &Schema<'_>,
        consume: &mut dyn FnMut(&mut dyn ShapeDeserializer) -> Result<(), SerdeError>,
    ) -> Result<(), SerdeError> {
        match &self.shape.kind {
            ShapeKind::List { element, .. } => consume(&mut self.at(element)),
            _ => {
                self.expect(false, "a list");
                Ok(())
            }
        }
    }

    fn read_map(
        &mut self,
        _: &Schema<'_>,
        consume: &mut dyn FnMut(String, &mut dyn ShapeDeserializer) -> Result<(), SerdeError>,
    ) -> Result<(), SerdeError> {
        match &self.shape.kind {
            ShapeKind::Map { value, .. } => consume("key".to_owned(), &mut self.at(value)),
            _ => {
                self.expect(false, "a map");
                Ok(())
            }
        }
    }

    fn read_string(&mut self, _: &Schema<'_>) -> Result<String, SerdeError> {
        self.expect(matches!(self.shape.kind, ShapeKind::String { .. }), "a string");
        Ok(String::new())
    }

    fn read_boolean(&mut self, _: &Schema<'_>) -> Result<bool, SerdeError> {
        self.expect(matches!(self.shape.kind, ShapeKind::Boolean), "a boolean");
        Ok(false)
    }

    fn read_integer(&mut self, _: &Schema<'_>) -> Result<i32, SerdeError> {
        self.expect(matches!(self.shape.kind, ShapeKind::Integer { .. }), "an integer");
        Ok(0)
    }

    fn read_long(&mut self, _: &Schema<'_>) -> Result<i64, SerdeError> {
        self.expect(matches!(self.shape.kind, ShapeKind::Integer { .. }), "a long integer");
        Ok(0)
    }

    fn read_float(&mut self, _: &Schema<'_>) -> Result<f32, SerdeError> {
        self.expect(matches!(self.shape.kind, ShapeKind::Float { .. }), "a float");
        Ok(0.0)
    }

    fn read_double(&mut self, _: &Schema<'_>) -> Result<f64, SerdeError> {
        self.expect(matches!(self.shape.kind, ShapeKind::Float { .. }), "a double");
        Ok(0.0)
    }

    fn read_timestamp(&mut self, _: &Schema<'_>) -> Result<DateTime, SerdeError> {
        self.expect(matches!(self.shape.kind, ShapeKind::Timestamp), "a timestamp");
        Ok(DateTime::from_secs(0))
    }

    // The service has no values of the following types.

    fn read_byte(&mut self, _: &Schema<'_>) -> Result<i8, SerdeError> {
        Err(SerdeError::unsupported("byte"))
    }

    fn read_short(&mut self, _: &Schema<'_>) -> Result<i16, SerdeError> {
        Err(SerdeError::unsupported("short integer"))
    }

    fn read_big_integer(&mut self, _: &Schema<'_>) -> Result<BigInteger, SerdeError> {
        Err(SerdeError::unsupported("big integer"))
    }

    fn read_big_decimal(&mut self, _: &Schema<'_>) -> Result<BigDecimal, SerdeError> {
        Err(SerdeError::unsupported("big decimal"))
    }

    fn read_blob(&mut self, _: &Schema<'_>) -> Result<Blob, SerdeError> {
        Err(SerdeError::unsupported("blob"))
    }

    fn read_document(&mut self, _: &Schema<'_>) -> Result<Document, SerdeError> {
        Err(SerdeError::unsupported("document"))
    }

    fn is_null(&self) -> bool {
        false
    }

    fn container_size(&self) -> Option<usize> {
        None
    }
}

/// Names the operations of the SDK: module, operation, input, output. The first differs in the case of abbreviations.
macro_rules! sdk {
    ($($module:ident $operation:ident $input:ident $output:ident;)*) => {
        const SDK: &[(&str, Read, Read)] = &[$((
            stringify!($operation),
            |walker| aws_sdk_sagemaker::operation::$module::$input::deserialize(walker).map(drop),
            |walker| aws_sdk_sagemaker::operation::$module::$output::deserialize(walker).map(drop),
        )),*];
    };
}

// One line for each module of `aws_sdk_sagemaker::operation` (1.248.0).
sdk! {
    add_association AddAssociation AddAssociationInput AddAssociationOutput;
    add_tags AddTags AddTagsInput AddTagsOutput;
    associate_trial_component AssociateTrialComponent AssociateTrialComponentInput AssociateTrialComponentOutput;
    attach_cluster_node_network_interface AttachClusterNodeNetworkInterface AttachClusterNodeNetworkInterfaceInput AttachClusterNodeNetworkInterfaceOutput;
    attach_cluster_node_volume AttachClusterNodeVolume AttachClusterNodeVolumeInput AttachClusterNodeVolumeOutput;
    batch_add_cluster_nodes BatchAddClusterNodes BatchAddClusterNodesInput BatchAddClusterNodesOutput;
    batch_delete_cluster_nodes BatchDeleteClusterNodes BatchDeleteClusterNodesInput BatchDeleteClusterNodesOutput;
    batch_describe_model_package BatchDescribeModelPackage BatchDescribeModelPackageInput BatchDescribeModelPackageOutput;
    batch_reboot_cluster_nodes BatchRebootClusterNodes BatchRebootClusterNodesInput BatchRebootClusterNodesOutput;
    batch_replace_cluster_nodes BatchReplaceClusterNodes BatchReplaceClusterNodesInput BatchReplaceClusterNodesOutput;
    create_action CreateAction CreateActionInput CreateActionOutput;
    create_ai_benchmark_job CreateAIBenchmarkJob CreateAiBenchmarkJobInput CreateAiBenchmarkJobOutput;
    create_ai_recommendation_job CreateAIRecommendationJob CreateAiRecommendationJobInput CreateAiRecommendationJobOutput;
    create_ai_workload_config CreateAIWorkloadConfig CreateAiWorkloadConfigInput CreateAiWorkloadConfigOutput;
    create_algorithm CreateAlgorithm CreateAlgorithmInput CreateAlgorithmOutput;
    create_app CreateApp CreateAppInput CreateAppOutput;
    create_app_image_config CreateAppImageConfig CreateAppImageConfigInput CreateAppImageConfigOutput;
    create_artifact CreateArtifact CreateArtifactInput CreateArtifactOutput;
    create_auto_ml_job CreateAutoMLJob CreateAutoMlJobInput CreateAutoMlJobOutput;
    create_auto_ml_job_v2 CreateAutoMLJobV2 CreateAutoMlJobV2Input CreateAutoMlJobV2Output;
    create_cluster CreateCluster CreateClusterInput CreateClusterOutput;
    create_cluster_scheduler_config CreateClusterSchedulerConfig CreateClusterSchedulerConfigInput CreateClusterSchedulerConfigOutput;
    create_code_repository CreateCodeRepository CreateCodeRepositoryInput CreateCodeRepositoryOutput;
    create_compilation_job CreateCompilationJob CreateCompilationJobInput CreateCompilationJobOutput;
    create_compute_quota CreateComputeQuota CreateComputeQuotaInput CreateComputeQuotaOutput;
    create_context CreateContext CreateContextInput CreateContextOutput;
    create_data_quality_job_definition CreateDataQualityJobDefinition CreateDataQualityJobDefinitionInput CreateDataQualityJobDefinitionOutput;
    create_device_fleet CreateDeviceFleet CreateDeviceFleetInput CreateDeviceFleetOutput;
    create_domain CreateDomain CreateDomainInput CreateDomainOutput;
    create_edge_deployment_plan CreateEdgeDeploymentPlan CreateEdgeDeploymentPlanInput CreateEdgeDeploymentPlanOutput;
    create_edge_deployment_stage CreateEdgeDeploymentStage CreateEdgeDeploymentStageInput CreateEdgeDeploymentStageOutput;
    create_edge_packaging_job CreateEdgePackagingJob CreateEdgePackagingJobInput CreateEdgePackagingJobOutput;
    create_endpoint CreateEndpoint CreateEndpointInput CreateEndpointOutput;
    create_endpoint_config CreateEndpointConfig CreateEndpointConfigInput CreateEndpointConfigOutput;
    create_experiment CreateExperiment CreateExperimentInput CreateExperimentOutput;
    create_feature_group CreateFeatureGroup CreateFeatureGroupInput CreateFeatureGroupOutput;
    create_flow_definition CreateFlowDefinition CreateFlowDefinitionInput CreateFlowDefinitionOutput;
    create_hub CreateHub CreateHubInput CreateHubOutput;
    create_hub_content_presigned_urls CreateHubContentPresignedUrls CreateHubContentPresignedUrlsInput CreateHubContentPresignedUrlsOutput;
    create_hub_content_reference CreateHubContentReference CreateHubContentReferenceInput CreateHubContentReferenceOutput;
    create_human_task_ui CreateHumanTaskUi CreateHumanTaskUiInput CreateHumanTaskUiOutput;
    create_hyper_parameter_tuning_job CreateHyperParameterTuningJob CreateHyperParameterTuningJobInput CreateHyperParameterTuningJobOutput;
    create_image CreateImage CreateImageInput CreateImageOutput;
    create_image_version CreateImageVersion CreateImageVersionInput CreateImageVersionOutput;
    create_inference_component CreateInferenceComponent CreateInferenceComponentInput CreateInferenceComponentOutput;
    create_inference_experiment CreateInferenceExperiment CreateInferenceExperimentInput CreateInferenceExperimentOutput;
    create_inference_recommendations_job CreateInferenceRecommendationsJob CreateInferenceRecommendationsJobInput CreateInferenceRecommendationsJobOutput;
    create_job CreateJob CreateJobInput CreateJobOutput;
    create_labeling_job CreateLabelingJob CreateLabelingJobInput CreateLabelingJobOutput;
    create_mlflow_app CreateMlflowApp CreateMlflowAppInput CreateMlflowAppOutput;
    create_mlflow_tracking_server CreateMlflowTrackingServer CreateMlflowTrackingServerInput CreateMlflowTrackingServerOutput;
    create_model CreateModel CreateModelInput CreateModelOutput;
    create_model_bias_job_definition CreateModelBiasJobDefinition CreateModelBiasJobDefinitionInput CreateModelBiasJobDefinitionOutput;
    create_model_card CreateModelCard CreateModelCardInput CreateModelCardOutput;
    create_model_card_export_job CreateModelCardExportJob CreateModelCardExportJobInput CreateModelCardExportJobOutput;
    create_model_explainability_job_definition CreateModelExplainabilityJobDefinition CreateModelExplainabilityJobDefinitionInput CreateModelExplainabilityJobDefinitionOutput;
    create_model_package CreateModelPackage CreateModelPackageInput CreateModelPackageOutput;
    create_model_package_group CreateModelPackageGroup CreateModelPackageGroupInput CreateModelPackageGroupOutput;
    create_model_quality_job_definition CreateModelQualityJobDefinition CreateModelQualityJobDefinitionInput CreateModelQualityJobDefinitionOutput;
    create_monitoring_schedule CreateMonitoringSchedule CreateMonitoringScheduleInput CreateMonitoringScheduleOutput;
    create_notebook_instance CreateNotebookInstance CreateNotebookInstanceInput CreateNotebookInstanceOutput;
    create_notebook_instance_lifecycle_config CreateNotebookInstanceLifecycleConfig CreateNotebookInstanceLifecycleConfigInput CreateNotebookInstanceLifecycleConfigOutput;
    create_optimization_job CreateOptimizationJob CreateOptimizationJobInput CreateOptimizationJobOutput;
    create_partner_app CreatePartnerApp CreatePartnerAppInput CreatePartnerAppOutput;
    create_partner_app_presigned_url CreatePartnerAppPresignedUrl CreatePartnerAppPresignedUrlInput CreatePartnerAppPresignedUrlOutput;
    create_pipeline CreatePipeline CreatePipelineInput CreatePipelineOutput;
    create_presigned_domain_url CreatePresignedDomainUrl CreatePresignedDomainUrlInput CreatePresignedDomainUrlOutput;
    create_presigned_mlflow_app_url CreatePresignedMlflowAppUrl CreatePresignedMlflowAppUrlInput CreatePresignedMlflowAppUrlOutput;
    create_presigned_mlflow_tracking_server_url CreatePresignedMlflowTrackingServerUrl CreatePresignedMlflowTrackingServerUrlInput CreatePresignedMlflowTrackingServerUrlOutput;
    create_presigned_notebook_instance_url CreatePresignedNotebookInstanceUrl CreatePresignedNotebookInstanceUrlInput CreatePresignedNotebookInstanceUrlOutput;
    create_processing_job CreateProcessingJob CreateProcessingJobInput CreateProcessingJobOutput;
    create_project CreateProject CreateProjectInput CreateProjectOutput;
    create_space CreateSpace CreateSpaceInput CreateSpaceOutput;
    create_studio_lifecycle_config CreateStudioLifecycleConfig CreateStudioLifecycleConfigInput CreateStudioLifecycleConfigOutput;
    create_training_job CreateTrainingJob CreateTrainingJobInput CreateTrainingJobOutput;
    create_training_plan CreateTrainingPlan CreateTrainingPlanInput CreateTrainingPlanOutput;
    create_training_session CreateTrainingSession CreateTrainingSessionInput CreateTrainingSessionOutput;
    create_transform_job CreateTransformJob CreateTransformJobInput CreateTransformJobOutput;
    create_trial CreateTrial CreateTrialInput CreateTrialOutput;
    create_trial_component CreateTrialComponent CreateTrialComponentInput CreateTrialComponentOutput;
    create_user_profile CreateUserProfile CreateUserProfileInput CreateUserProfileOutput;
    create_workforce CreateWorkforce CreateWorkforceInput CreateWorkforceOutput;
    create_workteam CreateWorkteam CreateWorkteamInput CreateWorkteamOutput;
    delete_action DeleteAction DeleteActionInput DeleteActionOutput;
    delete_ai_benchmark_job DeleteAIBenchmarkJob DeleteAiBenchmarkJobInput DeleteAiBenchmarkJobOutput;
    delete_ai_recommendation_job DeleteAIRecommendationJob DeleteAiRecommendationJobInput DeleteAiRecommendationJobOutput;
    delete_ai_workload_config DeleteAIWorkloadConfig DeleteAiWorkloadConfigInput DeleteAiWorkloadConfigOutput;
    delete_algorithm DeleteAlgorithm DeleteAlgorithmInput DeleteAlgorithmOutput;
    delete_app DeleteApp DeleteAppInput DeleteAppOutput;
    delete_app_image_config DeleteAppImageConfig DeleteAppImageConfigInput DeleteAppImageConfigOutput;
    delete_artifact DeleteArtifact DeleteArtifactInput DeleteArtifactOutput;
    delete_association DeleteAssociation DeleteAssociationInput DeleteAssociationOutput;
    delete_cluster DeleteCluster DeleteClusterInput DeleteClusterOutput;
    delete_cluster_scheduler_config DeleteClusterSchedulerConfig DeleteClusterSchedulerConfigInput DeleteClusterSchedulerConfigOutput;
    delete_code_repository DeleteCodeRepository DeleteCodeRepositoryInput DeleteCodeRepositoryOutput;
    delete_compilation_job DeleteCompilationJob DeleteCompilationJobInput DeleteCompilationJobOutput;
    delete_compute_quota DeleteComputeQuota DeleteComputeQuotaInput DeleteComputeQuotaOutput;
    delete_context DeleteContext DeleteContextInput DeleteContextOutput;
    delete_data_quality_job_definition DeleteDataQualityJobDefinition DeleteDataQualityJobDefinitionInput DeleteDataQualityJobDefinitionOutput;
    delete_device_fleet DeleteDeviceFleet DeleteDeviceFleetInput DeleteDeviceFleetOutput;
    delete_domain DeleteDomain DeleteDomainInput DeleteDomainOutput;
    delete_edge_deployment_plan DeleteEdgeDeploymentPlan DeleteEdgeDeploymentPlanInput DeleteEdgeDeploymentPlanOutput;
    delete_edge_deployment_stage DeleteEdgeDeploymentStage DeleteEdgeDeploymentStageInput DeleteEdgeDeploymentStageOutput;
    delete_endpoint DeleteEndpoint DeleteEndpointInput DeleteEndpointOutput;
    delete_endpoint_config DeleteEndpointConfig DeleteEndpointConfigInput DeleteEndpointConfigOutput;
    delete_experiment DeleteExperiment DeleteExperimentInput DeleteExperimentOutput;
    delete_feature_group DeleteFeatureGroup DeleteFeatureGroupInput DeleteFeatureGroupOutput;
    delete_flow_definition DeleteFlowDefinition DeleteFlowDefinitionInput DeleteFlowDefinitionOutput;
    delete_hub DeleteHub DeleteHubInput DeleteHubOutput;
    delete_hub_content DeleteHubContent DeleteHubContentInput DeleteHubContentOutput;
    delete_hub_content_reference DeleteHubContentReference DeleteHubContentReferenceInput DeleteHubContentReferenceOutput;
    delete_human_task_ui DeleteHumanTaskUi DeleteHumanTaskUiInput DeleteHumanTaskUiOutput;
    delete_hyper_parameter_tuning_job DeleteHyperParameterTuningJob DeleteHyperParameterTuningJobInput DeleteHyperParameterTuningJobOutput;
    delete_image DeleteImage DeleteImageInput DeleteImageOutput;
    delete_image_version DeleteImageVersion DeleteImageVersionInput DeleteImageVersionOutput;
    delete_inference_component DeleteInferenceComponent DeleteInferenceComponentInput DeleteInferenceComponentOutput;
    delete_inference_experiment DeleteInferenceExperiment DeleteInferenceExperimentInput DeleteInferenceExperimentOutput;
    delete_job DeleteJob DeleteJobInput DeleteJobOutput;
    delete_mlflow_app DeleteMlflowApp DeleteMlflowAppInput DeleteMlflowAppOutput;
    delete_mlflow_tracking_server DeleteMlflowTrackingServer DeleteMlflowTrackingServerInput DeleteMlflowTrackingServerOutput;
    delete_model DeleteModel DeleteModelInput DeleteModelOutput;
    delete_model_bias_job_definition DeleteModelBiasJobDefinition DeleteModelBiasJobDefinitionInput DeleteModelBiasJobDefinitionOutput;
    delete_model_card DeleteModelCard DeleteModelCardInput DeleteModelCardOutput;
    delete_model_explainability_job_definition DeleteModelExplainabilityJobDefinition DeleteModelExplainabilityJobDefinitionInput DeleteModelExplainabilityJobDefinitionOutput;
    delete_model_package DeleteModelPackage DeleteModelPackageInput DeleteModelPackageOutput;
    delete_model_package_group DeleteModelPackageGroup DeleteModelPackageGroupInput DeleteModelPackageGroupOutput;
    delete_model_package_group_policy DeleteModelPackageGroupPolicy DeleteModelPackageGroupPolicyInput DeleteModelPackageGroupPolicyOutput;
    delete_model_quality_job_definition DeleteModelQualityJobDefinition DeleteModelQualityJobDefinitionInput DeleteModelQualityJobDefinitionOutput;
    delete_monitoring_schedule DeleteMonitoringSchedule DeleteMonitoringScheduleInput DeleteMonitoringScheduleOutput;
    delete_notebook_instance DeleteNotebookInstance DeleteNotebookInstanceInput DeleteNotebookInstanceOutput;
    delete_notebook_instance_lifecycle_config DeleteNotebookInstanceLifecycleConfig DeleteNotebookInstanceLifecycleConfigInput DeleteNotebookInstanceLifecycleConfigOutput;
    delete_optimization_job DeleteOptimizationJob DeleteOptimizationJobInput DeleteOptimizationJobOutput;
    delete_partner_app DeletePartnerApp DeletePartnerAppInput DeletePartnerAppOutput;
    delete_pipeline DeletePipeline DeletePipelineInput DeletePipelineOutput;
    delete_processing_job DeleteProcessingJob DeleteProcessingJobInput DeleteProcessingJobOutput;
    delete_project DeleteProject DeleteProjectInput DeleteProjectOutput;
    delete_space DeleteSpace DeleteSpaceInput DeleteSpaceOutput;
    delete_studio_lifecycle_config DeleteStudioLifecycleConfig DeleteStudioLifecycleConfigInput DeleteStudioLifecycleConfigOutput;
    delete_tags DeleteTags DeleteTagsInput DeleteTagsOutput;
    delete_training_job DeleteTrainingJob DeleteTrainingJobInput DeleteTrainingJobOutput;
    delete_training_session DeleteTrainingSession DeleteTrainingSessionInput DeleteTrainingSessionOutput;
    delete_trial DeleteTrial DeleteTrialInput DeleteTrialOutput;
    delete_trial_component DeleteTrialComponent DeleteTrialComponentInput DeleteTrialComponentOutput;
    delete_user_profile DeleteUserProfile DeleteUserProfileInput DeleteUserProfileOutput;
    delete_workforce DeleteWorkforce DeleteWorkforceInput DeleteWorkforceOutput;
    delete_workteam DeleteWorkteam DeleteWorkteamInput DeleteWorkteamOutput;
    deregister_devices DeregisterDevices DeregisterDevicesInput DeregisterDevicesOutput;
    describe_action DescribeAction DescribeActionInput DescribeActionOutput;
    describe_ai_benchmark_job DescribeAIBenchmarkJob DescribeAiBenchmarkJobInput DescribeAiBenchmarkJobOutput;
    describe_ai_recommendation_job DescribeAIRecommendationJob DescribeAiRecommendationJobInput DescribeAiRecommendationJobOutput;
    describe_ai_workload_config DescribeAIWorkloadConfig DescribeAiWorkloadConfigInput DescribeAiWorkloadConfigOutput;
    describe_algorithm DescribeAlgorithm DescribeAlgorithmInput DescribeAlgorithmOutput;
    describe_app DescribeApp DescribeAppInput DescribeAppOutput;
    describe_app_image_config DescribeAppImageConfig DescribeAppImageConfigInput DescribeAppImageConfigOutput;
    describe_artifact DescribeArtifact DescribeArtifactInput DescribeArtifactOutput;
    describe_auto_ml_job DescribeAutoMLJob DescribeAutoMlJobInput DescribeAutoMlJobOutput;
    describe_auto_ml_job_v2 DescribeAutoMLJobV2 DescribeAutoMlJobV2Input DescribeAutoMlJobV2Output;
    describe_cluster DescribeCluster DescribeClusterInput DescribeClusterOutput;
    describe_cluster_event DescribeClusterEvent DescribeClusterEventInput DescribeClusterEventOutput;
    describe_cluster_node DescribeClusterNode DescribeClusterNodeInput DescribeClusterNodeOutput;
    describe_cluster_scheduler_config DescribeClusterSchedulerConfig DescribeClusterSchedulerConfigInput DescribeClusterSchedulerConfigOutput;
    describe_code_repository DescribeCodeRepository DescribeCodeRepositoryInput DescribeCodeRepositoryOutput;
    describe_compilation_job DescribeCompilationJob DescribeCompilationJobInput DescribeCompilationJobOutput;
    describe_compute_quota DescribeComputeQuota DescribeComputeQuotaInput DescribeComputeQuotaOutput;
    describe_context DescribeContext DescribeContextInput DescribeContextOutput;
    describe_data_quality_job_definition DescribeDataQualityJobDefinition DescribeDataQualityJobDefinitionInput DescribeDataQualityJobDefinitionOutput;
    describe_device DescribeDevice DescribeDeviceInput DescribeDeviceOutput;
    describe_device_fleet DescribeDeviceFleet DescribeDeviceFleetInput DescribeDeviceFleetOutput;
    describe_domain DescribeDomain DescribeDomainInput DescribeDomainOutput;
    describe_edge_deployment_plan DescribeEdgeDeploymentPlan DescribeEdgeDeploymentPlanInput DescribeEdgeDeploymentPlanOutput;
    describe_edge_packaging_job DescribeEdgePackagingJob DescribeEdgePackagingJobInput DescribeEdgePackagingJobOutput;
    describe_endpoint DescribeEndpoint DescribeEndpointInput DescribeEndpointOutput;
    describe_endpoint_config DescribeEndpointConfig DescribeEndpointConfigInput DescribeEndpointConfigOutput;
    describe_experiment DescribeExperiment DescribeExperimentInput DescribeExperimentOutput;
    describe_feature_group DescribeFeatureGroup DescribeFeatureGroupInput DescribeFeatureGroupOutput;
    describe_feature_metadata DescribeFeatureMetadata DescribeFeatureMetadataInput DescribeFeatureMetadataOutput;
    describe_flow_definition DescribeFlowDefinition DescribeFlowDefinitionInput DescribeFlowDefinitionOutput;
    describe_hub DescribeHub DescribeHubInput DescribeHubOutput;
    describe_hub_content DescribeHubContent DescribeHubContentInput DescribeHubContentOutput;
    describe_human_task_ui DescribeHumanTaskUi DescribeHumanTaskUiInput DescribeHumanTaskUiOutput;
    describe_hyper_parameter_tuning_job DescribeHyperParameterTuningJob DescribeHyperParameterTuningJobInput DescribeHyperParameterTuningJobOutput;
    describe_image DescribeImage DescribeImageInput DescribeImageOutput;
    describe_image_version DescribeImageVersion DescribeImageVersionInput DescribeImageVersionOutput;
    describe_inference_component DescribeInferenceComponent DescribeInferenceComponentInput DescribeInferenceComponentOutput;
    describe_inference_experiment DescribeInferenceExperiment DescribeInferenceExperimentInput DescribeInferenceExperimentOutput;
    describe_inference_recommendations_job DescribeInferenceRecommendationsJob DescribeInferenceRecommendationsJobInput DescribeInferenceRecommendationsJobOutput;
    describe_job DescribeJob DescribeJobInput DescribeJobOutput;
    describe_job_schema_version DescribeJobSchemaVersion DescribeJobSchemaVersionInput DescribeJobSchemaVersionOutput;
    describe_labeling_job DescribeLabelingJob DescribeLabelingJobInput DescribeLabelingJobOutput;
    describe_lineage_group DescribeLineageGroup DescribeLineageGroupInput DescribeLineageGroupOutput;
    describe_mlflow_app DescribeMlflowApp DescribeMlflowAppInput DescribeMlflowAppOutput;
    describe_mlflow_tracking_server DescribeMlflowTrackingServer DescribeMlflowTrackingServerInput DescribeMlflowTrackingServerOutput;
    describe_model DescribeModel DescribeModelInput DescribeModelOutput;
    describe_model_bias_job_definition DescribeModelBiasJobDefinition DescribeModelBiasJobDefinitionInput DescribeModelBiasJobDefinitionOutput;
    describe_model_card DescribeModelCard DescribeModelCardInput DescribeModelCardOutput;
    describe_model_card_export_job DescribeModelCardExportJob DescribeModelCardExportJobInput DescribeModelCardExportJobOutput;
    describe_model_explainability_job_definition DescribeModelExplainabilityJobDefinition DescribeModelExplainabilityJobDefinitionInput DescribeModelExplainabilityJobDefinitionOutput;
    describe_model_package DescribeModelPackage DescribeModelPackageInput DescribeModelPackageOutput;
    describe_model_package_group DescribeModelPackageGroup DescribeModelPackageGroupInput DescribeModelPackageGroupOutput;
    describe_model_quality_job_definition DescribeModelQualityJobDefinition DescribeModelQualityJobDefinitionInput DescribeModelQualityJobDefinitionOutput;
    describe_monitoring_schedule DescribeMonitoringSchedule DescribeMonitoringScheduleInput DescribeMonitoringScheduleOutput;
    describe_notebook_instance DescribeNotebookInstance DescribeNotebookInstanceInput DescribeNotebookInstanceOutput;
    describe_notebook_instance_lifecycle_config DescribeNotebookInstanceLifecycleConfig DescribeNotebookInstanceLifecycleConfigInput DescribeNotebookInstanceLifecycleConfigOutput;
    describe_optimization_job DescribeOptimizationJob DescribeOptimizationJobInput DescribeOptimizationJobOutput;
    describe_partner_app DescribePartnerApp DescribePartnerAppInput DescribePartnerAppOutput;
    describe_pipeline DescribePipeline DescribePipelineInput DescribePipelineOutput;
    describe_pipeline_definition_for_execution DescribePipelineDefinitionForExecution DescribePipelineDefinitionForExecutionInput DescribePipelineDefinitionForExecutionOutput;
    describe_pipeline_execution DescribePipelineExecution DescribePipelineExecutionInput DescribePipelineExecutionOutput;
    describe_processing_job DescribeProcessingJob DescribeProcessingJobInput DescribeProcessingJobOutput;
    describe_project DescribeProject DescribeProjectInput DescribeProjectOutput;
    describe_reserved_capacity DescribeReservedCapacity DescribeReservedCapacityInput DescribeReservedCapacityOutput;
    describe_space DescribeSpace DescribeSpaceInput DescribeSpaceOutput;
    describe_studio_lifecycle_config DescribeStudioLifecycleConfig DescribeStudioLifecycleConfigInput DescribeStudioLifecycleConfigOutput;
    describe_subscribed_workteam DescribeSubscribedWorkteam DescribeSubscribedWorkteamInput DescribeSubscribedWorkteamOutput;
    describe_training_job DescribeTrainingJob DescribeTrainingJobInput DescribeTrainingJobOutput;
    describe_training_plan DescribeTrainingPlan DescribeTrainingPlanInput DescribeTrainingPlanOutput;
    describe_training_plan_extension_history DescribeTrainingPlanExtensionHistory DescribeTrainingPlanExtensionHistoryInput DescribeTrainingPlanExtensionHistoryOutput;
    describe_training_session DescribeTrainingSession DescribeTrainingSessionInput DescribeTrainingSessionOutput;
    describe_transform_job DescribeTransformJob DescribeTransformJobInput DescribeTransformJobOutput;
    describe_trial DescribeTrial DescribeTrialInput DescribeTrialOutput;
    describe_trial_component DescribeTrialComponent DescribeTrialComponentInput DescribeTrialComponentOutput;
    describe_user_profile DescribeUserProfile DescribeUserProfileInput DescribeUserProfileOutput;
    describe_workforce DescribeWorkforce DescribeWorkforceInput DescribeWorkforceOutput;
    describe_workteam DescribeWorkteam DescribeWorkteamInput DescribeWorkteamOutput;
    detach_cluster_node_volume DetachClusterNodeVolume DetachClusterNodeVolumeInput DetachClusterNodeVolumeOutput;
    disable_sagemaker_servicecatalog_portfolio DisableSagemakerServicecatalogPortfolio DisableSagemakerServicecatalogPortfolioInput DisableSagemakerServicecatalogPortfolioOutput;
    disassociate_trial_component DisassociateTrialComponent DisassociateTrialComponentInput DisassociateTrialComponentOutput;
    enable_sagemaker_servicecatalog_portfolio EnableSagemakerServicecatalogPortfolio EnableSagemakerServicecatalogPortfolioInput EnableSagemakerServicecatalogPortfolioOutput;
    extend_training_plan ExtendTrainingPlan ExtendTrainingPlanInput ExtendTrainingPlanOutput;
    get_device_fleet_report GetDeviceFleetReport GetDeviceFleetReportInput GetDeviceFleetReportOutput;
    get_lineage_group_policy GetLineageGroupPolicy GetLineageGroupPolicyInput GetLineageGroupPolicyOutput;
    get_model_package_group_policy GetModelPackageGroupPolicy GetModelPackageGroupPolicyInput GetModelPackageGroupPolicyOutput;
    get_sagemaker_servicecatalog_portfolio_status GetSagemakerServicecatalogPortfolioStatus GetSagemakerServicecatalogPortfolioStatusInput GetSagemakerServicecatalogPortfolioStatusOutput;
    get_scaling_configuration_recommendation GetScalingConfigurationRecommendation GetScalingConfigurationRecommendationInput GetScalingConfigurationRecommendationOutput;
    get_search_suggestions GetSearchSuggestions GetSearchSuggestionsInput GetSearchSuggestionsOutput;
    import_hub_content ImportHubContent ImportHubContentInput ImportHubContentOutput;
    list_actions ListActions ListActionsInput ListActionsOutput;
    list_ai_benchmark_jobs ListAIBenchmarkJobs ListAiBenchmarkJobsInput ListAiBenchmarkJobsOutput;
    list_ai_recommendation_jobs ListAIRecommendationJobs ListAiRecommendationJobsInput ListAiRecommendationJobsOutput;
    list_ai_workload_configs ListAIWorkloadConfigs ListAiWorkloadConfigsInput ListAiWorkloadConfigsOutput;
    list_algorithms ListAlgorithms ListAlgorithmsInput ListAlgorithmsOutput;
    list_aliases ListAliases ListAliasesInput ListAliasesOutput;
    list_app_image_configs ListAppImageConfigs ListAppImageConfigsInput ListAppImageConfigsOutput;
    list_apps ListApps ListAppsInput ListAppsOutput;
    list_artifacts ListArtifacts ListArtifactsInput ListArtifactsOutput;
    list_associations ListAssociations ListAssociationsInput ListAssociationsOutput;
    list_auto_ml_jobs ListAutoMLJobs ListAutoMlJobsInput ListAutoMlJobsOutput;
    list_candidates_for_auto_ml_job ListCandidatesForAutoMLJob ListCandidatesForAutoMlJobInput ListCandidatesForAutoMlJobOutput;
    list_cluster_events ListClusterEvents ListClusterEventsInput ListClusterEventsOutput;
    list_cluster_nodes ListClusterNodes ListClusterNodesInput ListClusterNodesOutput;
    list_cluster_scheduler_configs ListClusterSchedulerConfigs ListClusterSchedulerConfigsInput ListClusterSchedulerConfigsOutput;
    list_clusters ListClusters ListClustersInput ListClustersOutput;
    list_code_repositories ListCodeRepositories ListCodeRepositoriesInput ListCodeRepositoriesOutput;
    list_compilation_jobs ListCompilationJobs ListCompilationJobsInput ListCompilationJobsOutput;
    list_compute_quotas ListComputeQuotas ListComputeQuotasInput ListComputeQuotasOutput;
    list_contexts ListContexts ListContextsInput ListContextsOutput;
    list_data_quality_job_definitions ListDataQualityJobDefinitions ListDataQualityJobDefinitionsInput ListDataQualityJobDefinitionsOutput;
    list_device_fleets ListDeviceFleets ListDeviceFleetsInput ListDeviceFleetsOutput;
    list_devices ListDevices ListDevicesInput ListDevicesOutput;
    list_domains ListDomains ListDomainsInput ListDomainsOutput;
    list_edge_deployment_plans ListEdgeDeploymentPlans ListEdgeDeploymentPlansInput ListEdgeDeploymentPlansOutput;
    list_edge_packaging_jobs ListEdgePackagingJobs ListEdgePackagingJobsInput ListEdgePackagingJobsOutput;
    list_endpoint_configs ListEndpointConfigs ListEndpointConfigsInput ListEndpointConfigsOutput;
    list_endpoints ListEndpoints ListEndpointsInput ListEndpointsOutput;
    list_experiments ListExperiments ListExperimentsInput ListExperimentsOutput;
    list_feature_groups ListFeatureGroups ListFeatureGroupsInput ListFeatureGroupsOutput;
    list_flow_definitions ListFlowDefinitions ListFlowDefinitionsInput ListFlowDefinitionsOutput;
    list_hub_content_versions ListHubContentVersions ListHubContentVersionsInput ListHubContentVersionsOutput;
    list_hub_contents ListHubContents ListHubContentsInput ListHubContentsOutput;
    list_hubs ListHubs ListHubsInput ListHubsOutput;
    list_human_task_uis ListHumanTaskUis ListHumanTaskUisInput ListHumanTaskUisOutput;
    list_hyper_parameter_tuning_jobs ListHyperParameterTuningJobs ListHyperParameterTuningJobsInput ListHyperParameterTuningJobsOutput;
    list_image_versions ListImageVersions ListImageVersionsInput ListImageVersionsOutput;
    list_images ListImages ListImagesInput ListImagesOutput;
    list_inference_components ListInferenceComponents ListInferenceComponentsInput ListInferenceComponentsOutput;
    list_inference_experiments ListInferenceExperiments ListInferenceExperimentsInput ListInferenceExperimentsOutput;
    list_inference_recommendations_job_steps ListInferenceRecommendationsJobSteps ListInferenceRecommendationsJobStepsInput ListInferenceRecommendationsJobStepsOutput;
    list_inference_recommendations_jobs ListInferenceRecommendationsJobs ListInferenceRecommendationsJobsInput ListInferenceRecommendationsJobsOutput;
    list_job_schema_versions ListJobSchemaVersions ListJobSchemaVersionsInput ListJobSchemaVersionsOutput;
    list_jobs ListJobs ListJobsInput ListJobsOutput;
    list_labeling_jobs ListLabelingJobs ListLabelingJobsInput ListLabelingJobsOutput;
    list_labeling_jobs_for_workteam ListLabelingJobsForWorkteam ListLabelingJobsForWorkteamInput ListLabelingJobsForWorkteamOutput;
    list_lineage_groups ListLineageGroups ListLineageGroupsInput ListLineageGroupsOutput;
    list_mlflow_apps ListMlflowApps ListMlflowAppsInput ListMlflowAppsOutput;
    list_mlflow_tracking_servers ListMlflowTrackingServers ListMlflowTrackingServersInput ListMlflowTrackingServersOutput;
    list_model_bias_job_definitions ListModelBiasJobDefinitions ListModelBiasJobDefinitionsInput ListModelBiasJobDefinitionsOutput;
    list_model_card_export_jobs ListModelCardExportJobs ListModelCardExportJobsInput ListModelCardExportJobsOutput;
    list_model_card_versions ListModelCardVersions ListModelCardVersionsInput ListModelCardVersionsOutput;
    list_model_cards ListModelCards ListModelCardsInput ListModelCardsOutput;
    list_model_explainability_job_definitions ListModelExplainabilityJobDefinitions ListModelExplainabilityJobDefinitionsInput ListModelExplainabilityJobDefinitionsOutput;
    list_model_metadata ListModelMetadata ListModelMetadataInput ListModelMetadataOutput;
    list_model_package_groups ListModelPackageGroups ListModelPackageGroupsInput ListModelPackageGroupsOutput;
    list_model_packages ListModelPackages ListModelPackagesInput ListModelPackagesOutput;
    list_model_quality_job_definitions ListModelQualityJobDefinitions ListModelQualityJobDefinitionsInput ListModelQualityJobDefinitionsOutput;
    list_models ListModels ListModelsInput ListModelsOutput;
    list_monitoring_alert_history ListMonitoringAlertHistory ListMonitoringAlertHistoryInput ListMonitoringAlertHistoryOutput;
    list_monitoring_alerts ListMonitoringAlerts ListMonitoringAlertsInput ListMonitoringAlertsOutput;
    list_monitoring_executions ListMonitoringExecutions ListMonitoringExecutionsInput ListMonitoringExecutionsOutput;
    list_monitoring_schedules ListMonitoringSchedules ListMonitoringSchedulesInput ListMonitoringSchedulesOutput;
    list_notebook_instance_lifecycle_configs ListNotebookInstanceLifecycleConfigs ListNotebookInstanceLifecycleConfigsInput ListNotebookInstanceLifecycleConfigsOutput;
    list_notebook_instances ListNotebookInstances ListNotebookInstancesInput ListNotebookInstancesOutput;
    list_optimization_jobs ListOptimizationJobs ListOptimizationJobsInput ListOptimizationJobsOutput;
    list_partner_apps ListPartnerApps ListPartnerAppsInput ListPartnerAppsOutput;
    list_pipeline_execution_steps ListPipelineExecutionSteps ListPipelineExecutionStepsInput ListPipelineExecutionStepsOutput;
    list_pipeline_executions ListPipelineExecutions ListPipelineExecutionsInput ListPipelineExecutionsOutput;
    list_pipeline_parameters_for_execution ListPipelineParametersForExecution ListPipelineParametersForExecutionInput ListPipelineParametersForExecutionOutput;
    list_pipeline_versions ListPipelineVersions ListPipelineVersionsInput ListPipelineVersionsOutput;
    list_pipelines ListPipelines ListPipelinesInput ListPipelinesOutput;
    list_processing_jobs ListProcessingJobs ListProcessingJobsInput ListProcessingJobsOutput;
    list_projects ListProjects ListProjectsInput ListProjectsOutput;
    list_resource_catalogs ListResourceCatalogs ListResourceCatalogsInput ListResourceCatalogsOutput;
    list_spaces ListSpaces ListSpacesInput ListSpacesOutput;
    list_stage_devices ListStageDevices ListStageDevicesInput ListStageDevicesOutput;
    list_studio_lifecycle_configs ListStudioLifecycleConfigs ListStudioLifecycleConfigsInput ListStudioLifecycleConfigsOutput;
    list_subscribed_workteams ListSubscribedWorkteams ListSubscribedWorkteamsInput ListSubscribedWorkteamsOutput;
    list_tags ListTags ListTagsInput ListTagsOutput;
    list_training_jobs ListTrainingJobs ListTrainingJobsInput ListTrainingJobsOutput;
    list_training_jobs_for_hyper_parameter_tuning_job ListTrainingJobsForHyperParameterTuningJob ListTrainingJobsForHyperParameterTuningJobInput ListTrainingJobsForHyperParameterTuningJobOutput;
    list_training_plans ListTrainingPlans ListTrainingPlansInput ListTrainingPlansOutput;
    list_training_sessions ListTrainingSessions ListTrainingSessionsInput ListTrainingSessionsOutput;
    list_transform_jobs ListTransformJobs ListTransformJobsInput ListTransformJobsOutput;
    list_trial_components ListTrialComponents ListTrialComponentsInput ListTrialComponentsOutput;
    list_trials ListTrials ListTrialsInput ListTrialsOutput;
    list_ultra_servers_by_reserved_capacity ListUltraServersByReservedCapacity ListUltraServersByReservedCapacityInput ListUltraServersByReservedCapacityOutput;
    list_user_profiles ListUserProfiles ListUserProfilesInput ListUserProfilesOutput;
    list_workforces ListWorkforces ListWorkforcesInput ListWorkforcesOutput;
    list_workteams ListWorkteams ListWorkteamsInput ListWorkteamsOutput;
    put_model_package_group_policy PutModelPackageGroupPolicy PutModelPackageGroupPolicyInput PutModelPackageGroupPolicyOutput;
    query_lineage QueryLineage QueryLineageInput QueryLineageOutput;
    register_devices RegisterDevices RegisterDevicesInput RegisterDevicesOutput;
    render_ui_template RenderUiTemplate RenderUiTemplateInput RenderUiTemplateOutput;
    retry_pipeline_execution RetryPipelineExecution RetryPipelineExecutionInput RetryPipelineExecutionOutput;
    search Search SearchInput SearchOutput;
    search_training_plan_offerings SearchTrainingPlanOfferings SearchTrainingPlanOfferingsInput SearchTrainingPlanOfferingsOutput;
    send_pipeline_execution_step_failure SendPipelineExecutionStepFailure SendPipelineExecutionStepFailureInput SendPipelineExecutionStepFailureOutput;
    send_pipeline_execution_step_success SendPipelineExecutionStepSuccess SendPipelineExecutionStepSuccessInput SendPipelineExecutionStepSuccessOutput;
    start_cluster_health_check StartClusterHealthCheck StartClusterHealthCheckInput StartClusterHealthCheckOutput;
    start_edge_deployment_stage StartEdgeDeploymentStage StartEdgeDeploymentStageInput StartEdgeDeploymentStageOutput;
    start_inference_experiment StartInferenceExperiment StartInferenceExperimentInput StartInferenceExperimentOutput;
    start_mlflow_tracking_server StartMlflowTrackingServer StartMlflowTrackingServerInput StartMlflowTrackingServerOutput;
    start_monitoring_schedule StartMonitoringSchedule StartMonitoringScheduleInput StartMonitoringScheduleOutput;
    start_notebook_instance StartNotebookInstance StartNotebookInstanceInput StartNotebookInstanceOutput;
    start_pipeline_execution StartPipelineExecution StartPipelineExecutionInput StartPipelineExecutionOutput;
    start_session StartSession StartSessionInput StartSessionOutput;
    stop_ai_benchmark_job StopAIBenchmarkJob StopAiBenchmarkJobInput StopAiBenchmarkJobOutput;
    stop_ai_recommendation_job StopAIRecommendationJob StopAiRecommendationJobInput StopAiRecommendationJobOutput;
    stop_auto_ml_job StopAutoMLJob StopAutoMlJobInput StopAutoMlJobOutput;
    stop_compilation_job StopCompilationJob StopCompilationJobInput StopCompilationJobOutput;
    stop_edge_deployment_stage StopEdgeDeploymentStage StopEdgeDeploymentStageInput StopEdgeDeploymentStageOutput;
    stop_edge_packaging_job StopEdgePackagingJob StopEdgePackagingJobInput StopEdgePackagingJobOutput;
    stop_hyper_parameter_tuning_job StopHyperParameterTuningJob StopHyperParameterTuningJobInput StopHyperParameterTuningJobOutput;
    stop_inference_experiment StopInferenceExperiment StopInferenceExperimentInput StopInferenceExperimentOutput;
    stop_inference_recommendations_job StopInferenceRecommendationsJob StopInferenceRecommendationsJobInput StopInferenceRecommendationsJobOutput;
    stop_job StopJob StopJobInput StopJobOutput;
    stop_labeling_job StopLabelingJob StopLabelingJobInput StopLabelingJobOutput;
    stop_mlflow_tracking_server StopMlflowTrackingServer StopMlflowTrackingServerInput StopMlflowTrackingServerOutput;
    stop_monitoring_schedule StopMonitoringSchedule StopMonitoringScheduleInput StopMonitoringScheduleOutput;
    stop_notebook_instance StopNotebookInstance StopNotebookInstanceInput StopNotebookInstanceOutput;
    stop_optimization_job StopOptimizationJob StopOptimizationJobInput StopOptimizationJobOutput;
    stop_pipeline_execution StopPipelineExecution StopPipelineExecutionInput StopPipelineExecutionOutput;
    stop_processing_job StopProcessingJob StopProcessingJobInput StopProcessingJobOutput;
    stop_training_job StopTrainingJob StopTrainingJobInput StopTrainingJobOutput;
    stop_training_session StopTrainingSession StopTrainingSessionInput StopTrainingSessionOutput;
    stop_transform_job StopTransformJob StopTransformJobInput StopTransformJobOutput;
    update_action UpdateAction UpdateActionInput UpdateActionOutput;
    update_app_image_config UpdateAppImageConfig UpdateAppImageConfigInput UpdateAppImageConfigOutput;
    update_artifact UpdateArtifact UpdateArtifactInput UpdateArtifactOutput;
    update_cluster UpdateCluster UpdateClusterInput UpdateClusterOutput;
    update_cluster_scheduler_config UpdateClusterSchedulerConfig UpdateClusterSchedulerConfigInput UpdateClusterSchedulerConfigOutput;
    update_cluster_software UpdateClusterSoftware UpdateClusterSoftwareInput UpdateClusterSoftwareOutput;
    update_code_repository UpdateCodeRepository UpdateCodeRepositoryInput UpdateCodeRepositoryOutput;
    update_compute_quota UpdateComputeQuota UpdateComputeQuotaInput UpdateComputeQuotaOutput;
    update_context UpdateContext UpdateContextInput UpdateContextOutput;
    update_device_fleet UpdateDeviceFleet UpdateDeviceFleetInput UpdateDeviceFleetOutput;
    update_devices UpdateDevices UpdateDevicesInput UpdateDevicesOutput;
    update_domain UpdateDomain UpdateDomainInput UpdateDomainOutput;
    update_endpoint UpdateEndpoint UpdateEndpointInput UpdateEndpointOutput;
    update_endpoint_weights_and_capacities UpdateEndpointWeightsAndCapacities UpdateEndpointWeightsAndCapacitiesInput UpdateEndpointWeightsAndCapacitiesOutput;
    update_experiment UpdateExperiment UpdateExperimentInput UpdateExperimentOutput;
    update_feature_group UpdateFeatureGroup UpdateFeatureGroupInput UpdateFeatureGroupOutput;
    update_feature_metadata UpdateFeatureMetadata UpdateFeatureMetadataInput UpdateFeatureMetadataOutput;
    update_hub UpdateHub UpdateHubInput UpdateHubOutput;
    update_hub_content UpdateHubContent UpdateHubContentInput UpdateHubContentOutput;
    update_hub_content_reference UpdateHubContentReference UpdateHubContentReferenceInput UpdateHubContentReferenceOutput;
    update_image UpdateImage UpdateImageInput UpdateImageOutput;
    update_image_version UpdateImageVersion UpdateImageVersionInput UpdateImageVersionOutput;
    update_inference_component UpdateInferenceComponent UpdateInferenceComponentInput UpdateInferenceComponentOutput;
    update_inference_component_runtime_config UpdateInferenceComponentRuntimeConfig UpdateInferenceComponentRuntimeConfigInput UpdateInferenceComponentRuntimeConfigOutput;
    update_inference_experiment UpdateInferenceExperiment UpdateInferenceExperimentInput UpdateInferenceExperimentOutput;
    update_mlflow_app UpdateMlflowApp UpdateMlflowAppInput UpdateMlflowAppOutput;
    update_mlflow_tracking_server UpdateMlflowTrackingServer UpdateMlflowTrackingServerInput UpdateMlflowTrackingServerOutput;
    update_model_card UpdateModelCard UpdateModelCardInput UpdateModelCardOutput;
    update_model_package UpdateModelPackage UpdateModelPackageInput UpdateModelPackageOutput;
    update_monitoring_alert UpdateMonitoringAlert UpdateMonitoringAlertInput UpdateMonitoringAlertOutput;
    update_monitoring_schedule UpdateMonitoringSchedule UpdateMonitoringScheduleInput UpdateMonitoringScheduleOutput;
    update_notebook_instance UpdateNotebookInstance UpdateNotebookInstanceInput UpdateNotebookInstanceOutput;
    update_notebook_instance_lifecycle_config UpdateNotebookInstanceLifecycleConfig UpdateNotebookInstanceLifecycleConfigInput UpdateNotebookInstanceLifecycleConfigOutput;
    update_partner_app UpdatePartnerApp UpdatePartnerAppInput UpdatePartnerAppOutput;
    update_pipeline UpdatePipeline UpdatePipelineInput UpdatePipelineOutput;
    update_pipeline_execution UpdatePipelineExecution UpdatePipelineExecutionInput UpdatePipelineExecutionOutput;
    update_pipeline_version UpdatePipelineVersion UpdatePipelineVersionInput UpdatePipelineVersionOutput;
    update_project UpdateProject UpdateProjectInput UpdateProjectOutput;
    update_space UpdateSpace UpdateSpaceInput UpdateSpaceOutput;
    update_training_job UpdateTrainingJob UpdateTrainingJobInput UpdateTrainingJobOutput;
    update_trial UpdateTrial UpdateTrialInput UpdateTrialOutput;
    update_trial_component UpdateTrialComponent UpdateTrialComponentInput UpdateTrialComponentOutput;
    update_user_profile UpdateUserProfile UpdateUserProfileInput UpdateUserProfileOutput;
    update_workforce UpdateWorkforce UpdateWorkforceInput UpdateWorkforceOutput;
    update_workteam UpdateWorkteam UpdateWorkteamInput UpdateWorkteamOutput;
}
