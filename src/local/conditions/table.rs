//! The conditions, by operation: facts about the service, each with its source.
//!
//! "API reference" is the page of the operation or of the structure that the condition is about, as the AWS SDKs carry
//! it too. Messages are the service's where known; all others are our own.

use super::condition::{
    Condition, Member,
    Predicate::{
        self, Among, AsBefore, AtLeast, AtMost, Base64, In, Json, MultipleOf, NotAbove, NotBelow, NotBelowBefore,
        NotEndingWith, NotIn, OneOf, Set, Unset, WasIn, WasSet,
    },
    Requirement::{self, AllOrNone, AtLeastOne, AtMostOne, ExactlyOne, Holds, Is},
};
use crate::value::Value;

const API: &str = "API reference";
/// Seen by users, and not documented.
const SEEN: &str = "seen with the service";

const VARIANTS: &[&str] = &["ProductionVariants", "ShadowProductionVariants"];
const SERVERLESS: &[&str] = &["ProductionVariants.ServerlessConfig", "ShadowProductionVariants.ServerlessConfig"];
const CONTAINERS: &[&str] = &["PrimaryContainer", "Containers"];
const INPUT: &[&str] = &[""];
const DOMAIN: &[&str] = &["CreateDomain", "UpdateDomain"];
const TUNING: &[&str] = &["TrainingJobDefinition", "TrainingJobDefinitions"];
const SCHEDULE: &[&str] = &["CreateMonitoringSchedule", "UpdateMonitoringSchedule"];
const DEFINITIONS: &[&str] = &[
    "CreateDataQualityJobDefinition",
    "CreateModelBiasJobDefinition",
    "CreateModelExplainabilityJobDefinition",
    "CreateModelQualityJobDefinition",
];
const DEFINITION_INPUTS: &[&str] =
    &["DataQualityJobInput", "ModelBiasJobInput", "ModelExplainabilityJobInput", "ModelQualityJobInput"];
const AWS: &str = "hashicorp/aws";
const QUOTA: &[&str] = &["CreateComputeQuota", "UpdateComputeQuota"];
const RESOURCES: &[&str] =
    &["ComputeQuotaConfig.ComputeQuotaResources", "ComputeQuotaConfig.ResourceSharingConfig.AbsoluteBorrowLimits"];
const TUNING_RESOURCES: &[&str] = &[
    "TrainingJobDefinition.HyperParameterTuningResourceConfig",
    "TrainingJobDefinitions.HyperParameterTuningResourceConfig",
];
const BASE: &str = "Specification.BaseInferenceComponentName";
const CHANNELS: &[&str] = &[
    "InputDataConfig",
    "TrainingJobDefinition.InputDataConfig",
    "TrainingJobDefinitions.InputDataConfig",
    "ValidationSpecification.ValidationProfiles.TrainingJobDefinition.InputDataConfig",
];
const RESOURCE_CONFIGS: &[&str] = &[
    "ResourceConfig",
    "TrainingJobDefinition.ResourceConfig",
    "TrainingJobDefinitions.ResourceConfig",
    "ValidationSpecification.ValidationProfiles.TrainingJobDefinition.ResourceConfig",
];
const PLACEMENTS: &[&str] = &[
    "ResourceConfig.InstancePlacementConfig.PlacementSpecifications",
    "TrainingJobDefinition.ResourceConfig.InstancePlacementConfig.PlacementSpecifications",
    "TrainingJobDefinitions.ResourceConfig.InstancePlacementConfig.PlacementSpecifications",
    "ValidationSpecification.ValidationProfiles.TrainingJobDefinition.ResourceConfig.InstancePlacementConfig.PlacementSpecifications",
];
const STOPPING: &[&str] =
    &["StoppingCondition", "TrainingJobDefinition.StoppingCondition", "TrainingJobDefinitions.StoppingCondition"];
const INTEGER_RANGES: &[&str] = &[
    "HyperParameterTuningJobConfig.ParameterRanges.IntegerParameterRanges",
    "TrainingJobDefinition.HyperParameterRanges.IntegerParameterRanges",
    "TrainingJobDefinitions.HyperParameterRanges.IntegerParameterRanges",
];
const ROUTING: &[&str] = &["ProductionVariants.RoutingConfig", "ShadowProductionVariants.RoutingConfig"];
const METRICS: &[&str] = &[
    "MetricsConfig",
    "PrimaryContainer.ContainerMetricsConfig.MetricsEndpoints",
    "Containers.ContainerMetricsConfig.MetricsEndpoints",
    "Specification.Container.ContainerMetricsConfig.MetricsEndpoints",
    "Specifications.Container.ContainerMetricsConfig.MetricsEndpoints",
];
const REQUIREMENTS: &[&str] =
    &["Specification.ComputeResourceRequirements", "Specifications.ComputeResourceRequirements"];
const SINGLE_CANDIDATE: &[&str] = &[
    "AutoMLProblemTypeConfig.ImageClassificationJobConfig.CompletionCriteria",
    "AutoMLProblemTypeConfig.TextClassificationJobConfig.CompletionCriteria",
    "AutoMLProblemTypeConfig.TextGenerationJobConfig.CompletionCriteria",
    "AutoMLProblemTypeConfig.TimeSeriesForecastingJobConfig.CompletionCriteria",
];
const STUDIO_SERVERS: &[&str] = &[
    "DefaultUserSettings.JupyterServerAppSettings",
    "DefaultSpaceSettings.JupyterServerAppSettings",
    "UserSettings.JupyterServerAppSettings",
    "SpaceSettings.JupyterServerAppSettings",
];
const RSTUDIO: &str = "DomainSettings.RStudioServerProDomainSettings";
const RSTUDIO_ROLE: &str = "DomainSettings.RStudioServerProDomainSettings.DomainExecutionRoleArn";
const NEW_RSTUDIO_ROLE: &str = "DomainSettingsForUpdate.RStudioServerProDomainSettingsForUpdate.DomainExecutionRoleArn";
const NO_RULE: &[(&str, Predicate)] = &[];

const fn plain(
    operations: &'static [&'static str],
    within: &'static [&'static str],
    check: Requirement,
    source: &'static str,
) -> Condition {
    Condition { operations, within, when: NO_RULE, check, message: "", source }
}

const fn only_if(
    operations: &'static [&'static str],
    within: &'static [&'static str],
    when: &'static [(&'static str, Predicate)],
    check: Requirement,
    source: &'static str,
) -> Condition {
    Condition { operations, within, when, check, message: "", source }
}

const fn worded(condition: Condition, message: &'static str) -> Condition {
    Condition { message, ..condition }
}

/// What a serverless training job does not take, since the service chooses its instances.
const fn without_instances(member: Member) -> Condition {
    only_if(&["CreateTrainingJob"], INPUT, &[("ServerlessJobConfig", Set)], Is(member, Unset), AWS)
}

/// All conditions that are checked here.
pub static CONDITIONS: &[Condition] = &[
    plain(
        &["BatchDeleteClusterNodes", "BatchRebootClusterNodes", "BatchReplaceClusterNodes"],
        INPUT,
        AtLeastOne(&["NodeIds", "NodeLogicalIds"]),
        API,
    ),
    plain(
        &["CreateAlgorithm"],
        &["ValidationSpecification.ValidationProfiles.TrainingJobDefinition.ResourceConfig"],
        AtMostOne(&["InstanceGroups", "InstancePreferences", "InstanceType"]),
        API,
    ),
    plain(
        &["CreateAlgorithm", "CreateModelPackage"],
        &["ValidationSpecification.ValidationProfiles.TransformJobDefinition.TransformInput.DataSource.S3DataSource"],
        Is("S3DataType", In(&["ManifestFile", "S3Prefix"])),
        API,
    ),
    plain(&["CreateApp", "DeleteApp", "DescribeApp"], INPUT, ExactlyOne(&["UserProfileName", "SpaceName"]), API),
    only_if(
        &["CreateApp"],
        INPUT,
        &[("AppType", NotIn(&["CodeEditor", "JupyterLab"]))],
        Is("ResourceSpec.TrainingPlanArn", Unset),
        API,
    ),
    only_if(
        &["CreateApp"],
        INPUT,
        &[("AppType", In(&["JupyterServer"]))],
        Is("ResourceSpec.InstanceType", Among(&["system"])),
        API,
    ),
    plain(
        &["CreateAppImageConfig"],
        INPUT,
        AtMostOne(&["KernelGatewayImageConfig", "JupyterLabAppImageConfig", "CodeEditorAppImageConfig"]),
        API,
    ),
    only_if(&["CreateAutoMLJob"], INPUT, &[("ProblemType", Set)], Is("AutoMLJobObjective", Set), API),
    only_if(&["CreateAutoMLJob"], INPUT, &[("AutoMLJobObjective", Set)], Is("ProblemType", Set), API),
    only_if(
        &["CreateAutoMLJob", "CreateAutoMLJobV2"],
        &["ModelDeployConfig"],
        &[("AutoGenerateEndpointName", In(&["true"]))],
        Is("EndpointName", Unset),
        API,
    ),
    only_if(
        &["CreateAutoMLJob", "CreateAutoMLJobV2"],
        &["ModelDeployConfig"],
        &[("AutoGenerateEndpointName", NotIn(&["true"]))],
        Is("EndpointName", Set),
        API,
    ),
    only_if(
        &["CreateAutoMLJob", "CreateAutoMLJobV2"],
        &["AutoMLJobConfig", "AutoMLProblemTypeConfig.TabularJobConfig"],
        &[("Mode", In(&["AUTO"]))],
        Is("CandidateGenerationConfig.AlgorithmsConfig", Unset),
        API,
    ),
    plain(
        &["CreateAutoMLJob", "CreateAutoMLJobV2"],
        &["AutoMLJobConfig.DataSplitConfig", "DataSplitConfig"],
        Holds(is_proper_fraction, "ValidationFraction must be greater than 0 and less than 1"),
        API,
    ),
    plain(
        &["CreateAutoMLJob"],
        &["InputDataConfig.DataSource.S3DataSource"],
        Is("S3DataType", In(&["ManifestFile", "S3Prefix"])),
        API,
    ),
    only_if(
        &["CreateAutoMLJob"],
        INPUT,
        &[("ProblemType", In(&["Regression"]))],
        Is("AutoMLJobObjective.MetricName", Among(&["MAE", "MSE", "R2", "RMSE"])),
        API,
    ),
    only_if(
        &["CreateAutoMLJob"],
        INPUT,
        &[("ProblemType", In(&["BinaryClassification"]))],
        Is(
            "AutoMLJobObjective.MetricName",
            Among(&["Accuracy", "AUC", "BalancedAccuracy", "F1", "Precision", "Recall"]),
        ),
        API,
    ),
    only_if(
        &["CreateAutoMLJob"],
        INPUT,
        &[("ProblemType", In(&["MulticlassClassification"]))],
        Is(
            "AutoMLJobObjective.MetricName",
            Among(&["Accuracy", "BalancedAccuracy", "F1macro", "PrecisionMacro", "RecallMacro"]),
        ),
        API,
    ),
    only_if(
        &["CreateAutoMLJobV2"],
        INPUT,
        &[("AutoMLProblemTypeConfig.TabularJobConfig.ProblemType", Set)],
        Is("AutoMLJobObjective", Set),
        API,
    ),
    only_if(
        &["CreateAutoMLJobV2"],
        INPUT,
        &[("AutoMLProblemTypeConfig.TabularJobConfig", Set), ("AutoMLJobObjective", Set)],
        Is("AutoMLProblemTypeConfig.TabularJobConfig.ProblemType", Set),
        API,
    ),
    only_if(
        &["CreateAutoMLJobV2"],
        INPUT,
        &[("AutoMLProblemTypeConfig.TimeSeriesForecastingJobConfig", Set)],
        Is("DataSplitConfig", Unset),
        API,
    ),
    only_if(
        &["CreateAutoMLJobV2"],
        &["AutoMLProblemTypeConfig.TabularJobConfig"],
        &[("Mode", In(&["HYPERPARAMETER_TUNING"]))],
        Is("SampleWeightAttributeName", Unset),
        API,
    ),
    plain(&["CreateAutoMLJobV2"], SINGLE_CANDIDATE, Is("MaxCandidates", AtMost(1)), API),
    only_if(
        &["CreateAutoMLJobV2"],
        &["AutoMLJobInputDataConfig"],
        &[("DataSource.S3DataSource.S3DataType", In(&["ManifestFile", "AugmentedManifestFile"]))],
        Is("CompressionType", NotIn(&["Gzip"])),
        API,
    ),
    plain(
        &["CreateAutoMLJobV2"],
        &["AutoMLProblemTypeConfig.TimeSeriesForecastingJobConfig"],
        Is("ForecastHorizon", AtMost(500)),
        API,
    ),
    only_if(
        &["CreateAutoMLJobV2"],
        INPUT,
        &[("AutoMLProblemTypeConfig.TabularJobConfig.ProblemType", In(&["Regression"]))],
        Is("AutoMLJobObjective.MetricName", Among(&["MAE", "MSE", "R2", "RMSE"])),
        API,
    ),
    only_if(
        &["CreateAutoMLJobV2"],
        INPUT,
        &[("AutoMLProblemTypeConfig.TabularJobConfig.ProblemType", In(&["BinaryClassification"]))],
        Is(
            "AutoMLJobObjective.MetricName",
            Among(&["Accuracy", "AUC", "BalancedAccuracy", "F1", "Precision", "Recall"]),
        ),
        API,
    ),
    only_if(
        &["CreateAutoMLJobV2"],
        INPUT,
        &[("AutoMLProblemTypeConfig.TabularJobConfig.ProblemType", In(&["MulticlassClassification"]))],
        Is(
            "AutoMLJobObjective.MetricName",
            Among(&["Accuracy", "BalancedAccuracy", "F1macro", "PrecisionMacro", "RecallMacro"]),
        ),
        API,
    ),
    plain(&["CreateCluster"], INPUT, AtLeastOne(&["InstanceGroups", "RestrictedInstanceGroups", "Orchestrator"]), API),
    plain(&["CreateCluster", "UpdateCluster"], &["Orchestrator"], ExactlyOne(&["Eks", "Slurm"]), API),
    only_if(&["CreateCluster"], INPUT, &[("AutoScaling.Mode", In(&["Enable"]))], Is("ClusterRole", Set), API),
    plain(
        &["CreateCluster", "UpdateCluster"],
        &["InstanceGroups"],
        AtMostOne(&["InstanceType", "InstanceRequirements"]),
        API,
    ),
    only_if(
        &["CreateCluster", "UpdateCluster"],
        EBS,
        &[("RootVolume", In(&["true"]))],
        Is("VolumeSizeInGB", Unset),
        API,
    ),
    only_if(&["CreateCluster", "UpdateCluster"], EBS, &[("RootVolume", In(&["true"]))], Is("VolumeKmsKeyId", Set), API),
    only_if(
        &["CreateCluster", "UpdateCluster"],
        EBS,
        &[("RootVolume", NotIn(&["true"]))],
        Is("VolumeSizeInGB", Set),
        API,
    ),
    only_if(
        &["CreateCluster"],
        INPUT,
        &[("Orchestrator.Slurm.AccountingDatabase", Set)],
        Is("NodeProvisioningMode", Set),
        API,
    ),
    only_if(
        &["CreateCluster", "UpdateCluster"],
        &["InstanceGroups.LifeCycleConfig"],
        &[("OnCreate", Set)],
        Is("SourceS3Uri", Set),
        API,
    ),
    only_if(
        &["CreateCluster", "UpdateCluster"],
        &["InstanceGroups.LifeCycleConfig"],
        &[("OnInitComplete", Set)],
        Is("SourceS3Uri", Set),
        API,
    ),
    plain(&["CreateCompilationJob"], INPUT, ExactlyOne(&["InputConfig", "ModelPackageVersionArn"]), API),
    plain(&["CreateCompilationJob"], &["OutputConfig"], ExactlyOne(&["TargetDevice", "TargetPlatform"]), API),
    only_if(
        &["CreateCompilationJob"],
        &["OutputConfig"],
        &[("TargetPlatform.Accelerator", In(&["NVIDIA"]))],
        Is("CompilerOptions", Set),
        API,
    ),
    only_if(
        &["CreateCompilationJob"],
        &["InputConfig"],
        &[("Framework", In(&["KERAS", "ONNX", "XGBOOST", "DARKNET", "SKLEARN"]))],
        Is("FrameworkVersion", Unset),
        API,
    ),
    plain(QUOTA, RESOURCES, AtLeastOne(&["Count", "Accelerators", "VCpu", "MemoryInGiB", "AcceleratorPartition"]), AWS),
    only_if(
        QUOTA,
        &["ComputeQuotaConfig.ResourceSharingConfig"],
        &[("Strategy", In(&["LendAndBorrow"]))],
        Is("BorrowLimit", AtLeast(1)),
        API,
    ),
    only_if(
        QUOTA,
        &["ComputeQuotaConfig.ResourceSharingConfig"],
        &[("Strategy", In(&["LendAndBorrow"]))],
        Is("BorrowLimit", AtMost(500)),
        API,
    ),
    plain(DEFINITIONS, DEFINITION_INPUTS, ExactlyOne(&["EndpointInput", "BatchTransformInput"]), API),
    worded(
        only_if(DOMAIN, INPUT, &[("AppNetworkAccessType", In(&["VpcOnly"]))], Is("VpcId", Set), "hashicorp/aws#45528"),
        NEEDS_VPC,
    ),
    worded(
        only_if(
            DOMAIN,
            INPUT,
            &[("AppNetworkAccessType", In(&["VpcOnly"]))],
            Is("SubnetIds", Set),
            "hashicorp/aws#45528",
        ),
        NEEDS_VPC,
    ),
    only_if(
        &["CreateDomain"],
        INPUT,
        &[("AppNetworkAccessType", In(&["VpcOnly"])), (RSTUDIO, Set)],
        Is("AppSecurityGroupManagement", Set),
        API,
    ),
    only_if(&["CreateDomain"], INPUT, &[(RSTUDIO, Set)], Is("AppSecurityGroupManagement", NotIn(&["Customer"])), API),
    only_if(&["CreateDomain"], INPUT, &[("DomainSettings.AmazonQSettings", Set)], Is("AuthMode", In(&["SSO"])), API),
    only_if(
        DOMAIN,
        &["DefaultUserSettings"],
        &[("DefaultLandingUri", In(&["studio::"]))],
        Is("StudioWebPortal", NotIn(&["DISABLED"])),
        API,
    ),
    only_if(
        &["CreateDomain", "CreateUserProfile", "CreateSpace"],
        STUDIO_SERVERS,
        &[("LifecycleConfigArns", Set)],
        Is("DefaultResourceSpec", Set),
        API,
    ),
    plain(DOMAIN, &["DefaultUserSettings"], Is("AutoMountHomeEFS", NotIn(&["DefaultAsDomain"])), API),
    plain(
        &["CreateDomain", "UpdateDomain", "CreateUserProfile", "UpdateUserProfile", "CreateSpace", "UpdateSpace"],
        STUDIO_SERVERS,
        Is("DefaultResourceSpec.InstanceType", Among(&["system"])),
        API,
    ),
    plain(
        &["CreateEndpoint", "UpdateEndpoint"],
        &["DeploymentConfig"],
        AtMostOne(&["BlueGreenUpdatePolicy", "RollingUpdatePolicy"]),
        API,
    ),
    plain(&["CreateEndpointConfig"], VARIANTS, ExactlyOne(&["InstanceType", "InstancePools", "ServerlessConfig"]), API),
    only_if(&["CreateEndpointConfig"], VARIANTS, &[("ServerlessConfig", Set)], Is("InitialInstanceCount", Unset), API),
    only_if(&["CreateEndpointConfig"], VARIANTS, &[("ModelName", Unset)], Is("/ExecutionRoleArn", Set), SEEN),
    only_if(&["CreateEndpointConfig"], VARIANTS, &[("ManagedInstanceScaling", Set)], Is("ModelName", Unset), SEEN),
    plain(&["CreateEndpointConfig"], SERVERLESS, Is("MemorySizeInMB", MultipleOf(1024)), API),
    plain(&["CreateEndpointConfig"], SERVERLESS, Is("ProvisionedConcurrency", NotAbove("MaxConcurrency")), API),
    plain(
        &["CreateEndpointConfig"],
        INPUT,
        Holds(
            has_one_shadow,
            "Only one production variant and one shadow variant may be set if there is a shadow variant",
        ),
        API,
    ),
    plain(
        &["CreateEndpointConfig"],
        &["DataCaptureConfig.CaptureContentTypeHeader"],
        AtLeastOne(&["CsvContentTypes", "JsonContentTypes"]),
        AWS,
    ),
    plain(
        &["CreateEndpointConfig"],
        &["ExplainerConfig.ClarifyExplainerConfig.ShapConfig.ShapBaselineConfig"],
        AtMostOne(&["ShapBaseline", "ShapBaselineUri"]),
        API,
    ),
    plain(&["CreateEndpointConfig"], INPUT, AtMostOne(&["AsyncInferenceConfig", "CrossRegionTrafficConfig"]), API),
    only_if(
        &["CreateEndpointConfig"],
        ROUTING,
        &[("RoutingStrategy", NotIn(&["PREFIX_AWARE"]))],
        Is("PrefixAwareRoutingConfig", Unset),
        API,
    ),
    only_if(
        &["CreateEndpointConfig"],
        ROUTING,
        &[("RoutingStrategy", In(&["PREFIX_AWARE"]))],
        Is("PrefixAwareRoutingConfig.PrefixLength", Set),
        API,
    ),
    only_if(
        &["CreateEndpointConfig"],
        ROUTING,
        &[("RoutingStrategy", In(&["PREFIX_AWARE"]))],
        Is("PrefixAwareRoutingConfig.ConcurrencyThreshold", Set),
        API,
    ),
    plain(
        &["CreateEndpointConfig", "CreateModel", "CreateInferenceComponent"],
        METRICS,
        Is("MetricPublishFrequencyInSeconds", OneOf(&[10, 30, 60, 120, 180, 240, 300])),
        API,
    ),
    only_if(
        &["CreateFeatureGroup"],
        INPUT,
        &[("OnlineStoreConfig.StorageType", In(&["InMemory"]))],
        Is("ThroughputConfig.ThroughputMode", NotIn(&["Provisioned"])),
        API,
    ),
    only_if(
        &["CreateFeatureGroup", "UpdateFeatureGroup"],
        &["FeatureDefinitions", "FeatureAdditions"],
        &[("CollectionType", In(&["Vector"]))],
        Is("FeatureType", In(&["Fractional"])),
        API,
    ),
    plain(&["CreateFeatureGroup"], INPUT, AtLeastOne(&["OnlineStoreConfig", "OfflineStoreConfig"]), API),
    only_if(&["CreateFeatureGroup"], INPUT, &[("OfflineStoreConfig", Set)], Is("RoleArn", Set), API),
    only_if(
        &["CreateFeatureGroup"],
        &["OfflineStoreConfig"],
        &[("TableFormat", In(&["Iceberg"]))],
        Is("DisableGlueTableCreation", NotIn(&["true"])),
        API,
    ),
    only_if(
        &["CreateFeatureGroup"],
        &["ThroughputConfig"],
        &[("ThroughputMode", In(&["OnDemand"]))],
        Is("ProvisionedReadCapacityUnits", Unset),
        API,
    ),
    only_if(
        &["CreateFeatureGroup"],
        &["ThroughputConfig"],
        &[("ThroughputMode", In(&["OnDemand"]))],
        Is("ProvisionedWriteCapacityUnits", Unset),
        API,
    ),
    only_if(
        &["CreateFeatureGroup", "UpdateFeatureGroup"],
        &["FeatureDefinitions", "FeatureAdditions"],
        &[("CollectionType", In(&["Vector"]))],
        Is("CollectionConfig", Set),
        API,
    ),
    only_if(
        &["CreateFlowDefinition"],
        INPUT,
        &[("HumanLoopActivationConfig", Set)],
        Is("HumanLoopRequestSource", Set),
        AWS,
    ),
    plain(
        &["CreateGlobalInferenceGateway"],
        INPUT,
        Holds(is_not_like_an_id, "Name must not be 12 lowercase letters or digits"),
        API,
    ),
    plain(
        &["CreateGlobalInferenceGateway", "UpdateGlobalInferenceGateway"],
        &["Routing.Weights"],
        Holds(sums_to_one, "All weights must be set, and sum to 1"),
        API,
    ),
    plain(
        &["CreateHyperParameterTuningJob"],
        INPUT,
        ExactlyOne(&["TrainingJobDefinition", "TrainingJobDefinitions"]),
        API,
    ),
    plain(
        &["CreateHyperParameterTuningJob"],
        &["TrainingJobDefinition.AlgorithmSpecification", "TrainingJobDefinitions.AlgorithmSpecification"],
        AtMostOne(&["TrainingImage", "AlgorithmName"]),
        API,
    ),
    plain(
        &["CreateHyperParameterTuningJob"],
        &["TrainingJobDefinition.StoppingCondition", "TrainingJobDefinitions.StoppingCondition"],
        Is("MaxWaitTimeInSeconds", NotBelow("MaxRuntimeInSeconds")),
        API,
    ),
    plain(
        &["CreateHyperParameterTuningJob"],
        TUNING,
        AtMostOne(&["HyperParameterTuningResourceConfig", "ResourceConfig"]),
        API,
    ),
    plain(&["CreateHyperParameterTuningJob"], TUNING_RESOURCES, AtMostOne(&["InstanceConfigs", "InstanceType"]), API),
    plain(&["CreateHyperParameterTuningJob"], TUNING_RESOURCES, AtMostOne(&["InstanceConfigs", "InstanceCount"]), API),
    plain(&["CreateHyperParameterTuningJob"], TUNING_RESOURCES, AtMostOne(&["InstanceConfigs", "VolumeSizeInGB"]), API),
    plain(
        &["CreateHyperParameterTuningJob"],
        &["TrainingJobDefinition.ResourceConfig", "TrainingJobDefinitions.ResourceConfig"],
        AtMostOne(&["InstanceGroups", "InstancePreferences", "InstanceType"]),
        API,
    ),
    only_if(
        &["CreateHyperParameterTuningJob"],
        TUNING,
        &[("EnableManagedSpotTraining", In(&["true"]))],
        Is("StoppingCondition.MaxWaitTimeInSeconds", Set),
        API,
    ),
    only_if(
        &["CreateHyperParameterTuningJob"],
        &["HyperParameterTuningJobConfig"],
        &[("StrategyConfig", Set)],
        Is("Strategy", In(&["Hyperband"])),
        API,
    ),
    only_if(
        &["CreateHyperParameterTuningJob"],
        &["HyperParameterTuningJobConfig"],
        &[("Strategy", In(&["Hyperband"]))],
        Is("TrainingJobEarlyStoppingType", NotIn(&["Auto"])),
        API,
    ),
    only_if(
        &["CreateHyperParameterTuningJob"],
        TUNING,
        &[("ResourceConfig.InstancePreferences", Set)],
        Is("EnableManagedSpotTraining", NotIn(&["true"])),
        API,
    ),
    plain(&["CreateHyperParameterTuningJob"], TUNING_RESOURCES, AtLeastOne(&["InstanceConfigs", "InstanceType"]), API),
    plain(&["CreateHyperParameterTuningJob"], INTEGER_RANGES, Is("ScalingType", NotIn(&["ReverseLogarithmic"])), API),
    plain(
        &["CreateHyperParameterTuningJob"],
        &["HyperParameterTuningJobConfig.StrategyConfig.HyperbandStrategyConfig"],
        Is("MaxResource", AtMost(20_000)),
        API,
    ),
    plain(&["CreateInferenceComponent"], INPUT, ExactlyOne(&["Specification", "Specifications"]), API),
    only_if(&["CreateInferenceComponent"], INPUT, &[(BASE, Set)], Is("VariantName", Unset), AWS),
    plain(&["CreateInferenceComponent"], &["RuntimeConfig"], Is("CopyCount", AtLeast(1)), SEEN),
    only_if(
        &["CreateInferenceComponent"],
        &["Specification", "Specifications"],
        &[("BaseInferenceComponentName", Set)],
        Is("ComputeResourceRequirements", Unset),
        API,
    ),
    only_if(
        &["CreateInferenceComponent"],
        &["Specification", "Specifications"],
        &[("BaseInferenceComponentName", Set)],
        Is("Container.ArtifactUrl", Set),
        API,
    ),
    only_if(
        &["CreateInferenceComponent"],
        REQUIREMENTS,
        &[("AcceleratorPartitionType", Set)],
        Is("NumberOfAcceleratorDevicesRequired", OneOf(&[1])),
        API,
    ),
    only_if(
        &["CreateInferenceComponent"],
        &["Specification"],
        &[("BaseInferenceComponentName", Unset)],
        Is("/VariantName", Set),
        AWS,
    ),
    only_if(
        &["CreateInferenceComponent"],
        REQUIREMENTS,
        &[("AcceleratorPartitionType", Set)],
        Is("NumberOfAcceleratorDevicesRequired", Set),
        API,
    ),
    plain(
        &["CreateInferenceRecommendationsJob"],
        &["InputConfig.TrafficPattern"],
        AtMostOne(&["Phases", "Stairs"]),
        API,
    ),
    only_if(
        &["CreateInferenceRecommendationsJob"],
        &["InputConfig.TrafficPattern"],
        &[("TrafficType", In(&["PHASES"]))],
        Is("Stairs", Unset),
        API,
    ),
    only_if(
        &["CreateInferenceRecommendationsJob"],
        &["InputConfig.TrafficPattern"],
        &[("TrafficType", In(&["STAIRS"]))],
        Is("Phases", Unset),
        API,
    ),
    plain(
        &["CreateInferenceRecommendationsJob"],
        &["InputConfig.EndpointConfigurations.ServerlessConfig"],
        Is("MemorySizeInMB", OneOf(&[1024, 2048, 3072, 4096, 5120, 6144])),
        API,
    ),
    plain(
        &["CreateInferenceRecommendationsJob"],
        &["InputConfig.EndpointConfigurations.ServerlessConfig"],
        Is("ProvisionedConcurrency", Unset),
        API,
    ),
    plain(&["CreateInferenceRecommendationsJob"], &["InputConfig"], Is("JobDurationInSeconds", AtMost(18_000)), API),
    plain(
        &["CreateInferenceRecommendationsJob"],
        &["StoppingConditions.ModelLatencyThresholds"],
        Is("Percentile", Among(&["P95", "P99"])),
        API,
    ),
    plain(
        &["CreateInferenceRecommendationsJob"],
        &["InputConfig.TrafficPattern.Phases"],
        Is("InitialNumberOfUsers", AtLeast(1)),
        API,
    ),
    plain(
        &["CreateInferenceRecommendationsJob"],
        &["InputConfig.TrafficPattern.Phases"],
        Is("InitialNumberOfUsers", AtMost(3)),
        API,
    ),
    plain(&["CreateLabelingJob"], &["InputConfig.DataSource"], AtLeastOne(&["S3DataSource", "SnsDataSource"]), API),
    plain(
        &["CreateLabelingJob"],
        &["HumanTaskConfig.UiConfig"],
        ExactlyOne(&["UiTemplateS3Uri", "HumanTaskUiArn"]),
        API,
    ),
    plain(&["CreateLabelingJob"], INPUT, Is("LabelAttributeName", NotEndingWith("-metadata")), API),
    plain(&["CreateModel"], INPUT, ExactlyOne(&["PrimaryContainer", "Containers"]), API),
    plain(&["CreateModel"], CONTAINERS, AtLeastOne(&["Image", "ModelPackageName"]), API),
    only_if(
        &["CreateModel"],
        &["PrimaryContainer.ImageConfig", "Containers.ImageConfig"],
        &[("RepositoryAuthConfig", Set)],
        Is("RepositoryAccessMode", In(&["Vpc"])),
        API,
    ),
    plain(&["CreateModel"], INPUT, AllOrNone("Containers", "ContainerHostname"), API),
    only_if(&["CreateModel"], CONTAINERS, &[("Mode", In(&["MultiModel"]))], Is("ModelDataSource", Unset), API),
    plain(&["CreateModelCard", "UpdateModelCard"], INPUT, Is("Content", Json), API),
    worded(
        plain(&["CreateModelPackage"], INPUT, AtMostOne(&["ModelPackageName", "ModelPackageGroupName"]), SEEN),
        "Both ModelPackageName and ModelPackageGroupName are provided in the input. Cannot determine which one to use.",
    ),
    worded(
        plain(&["CreateModelPackage"], INPUT, AtLeastOne(&["ModelPackageName", "ModelPackageGroupName"]), SEEN),
        "Missing ARN.",
    ),
    only_if(&["CreateModelPackage"], INPUT, &[("ModelPackageGroupName", Set)], Is("Tags", Unset), API),
    only_if(
        &["CreateModelPackage"],
        INPUT,
        &[("ModelPackageGroupName", Set)],
        Is("CertifyForMarketplace", NotIn(&["true"])),
        API,
    ),
    only_if(
        &["CreateModelPackage"],
        INPUT,
        &[("ModelPackageName", Set), ("InferenceSpecification", Set)],
        Is("InferenceSpecification.SupportedTransformInstanceTypes", Set),
        API,
    ),
    only_if(
        &["CreateModelPackage"],
        INPUT,
        &[("ModelPackageName", Set), ("InferenceSpecification", Set)],
        Is("InferenceSpecification.SupportedRealtimeInferenceInstanceTypes", Set),
        API,
    ),
    only_if(&["CreateModelPackage"], INPUT, &[("ModelPackageName", Set)], Is("ModelApprovalStatus", Unset), API),
    plain(
        SCHEDULE,
        &["MonitoringScheduleConfig"],
        ExactlyOne(&["MonitoringJobDefinition", "MonitoringJobDefinitionName"]),
        "assumed: there is nothing else to run",
    ),
    plain(
        SCHEDULE,
        &["MonitoringScheduleConfig.MonitoringJobDefinition.MonitoringInputs"],
        ExactlyOne(&["EndpointInput", "BatchTransformInput"]),
        API,
    ),
    only_if(
        SCHEDULE,
        &["MonitoringScheduleConfig.ScheduleConfig"],
        &[("ScheduleExpression", In(&["NOW"]))],
        Is("DataAnalysisStartTime", Set),
        API,
    ),
    only_if(
        SCHEDULE,
        &["MonitoringScheduleConfig.ScheduleConfig"],
        &[("ScheduleExpression", In(&["NOW"]))],
        Is("DataAnalysisEndTime", Set),
        API,
    ),
    only_if(
        &["CreateNotebookInstance"],
        INPUT,
        &[("DirectInternetAccess", In(&["Disabled"]))],
        Is("SubnetId", Set),
        API,
    ),
    plain(
        &["CreateNotebookInstanceLifecycleConfig", "UpdateNotebookInstanceLifecycleConfig"],
        &["OnCreate", "OnStart"],
        Is("Content", Base64),
        API,
    ),
    only_if(&["CreatePartnerApp", "UpdatePartnerApp"], INPUT, &[("AuthType", In(&["IDC"]))], Is("IdcConfig", Set), API),
    only_if(
        &["CreatePartnerApp", "UpdatePartnerApp"],
        INPUT,
        &[("AuthType", In(&["IAM"]))],
        Is("IdcConfig", Unset),
        API,
    ),
    plain(&["CreatePipeline"], INPUT, ExactlyOne(&["PipelineDefinition", "PipelineDefinitionS3Location"]), API),
    plain(&["CreateProcessingJob"], &["ProcessingInputs"], ExactlyOne(&["S3Input", "DatasetDefinition"]), API),
    plain(
        &["CreateProcessingJob"],
        &["ProcessingInputs.DatasetDefinition"],
        ExactlyOne(&["AthenaDatasetDefinition", "RedshiftDatasetDefinition"]),
        API,
    ),
    only_if(
        &["CreateProcessingJob"],
        &["ProcessingInputs"],
        &[("S3Input", Set), ("AppManaged", NotIn(&["true"]))],
        Is("S3Input.LocalPath", Set),
        API,
    ),
    only_if(
        &["CreateProcessingJob"],
        &["ProcessingInputs"],
        &[("DatasetDefinition", Set), ("AppManaged", NotIn(&["true"]))],
        Is("DatasetDefinition.LocalPath", Set),
        API,
    ),
    only_if(
        &["CreateProcessingJob"],
        &["ProcessingInputs.S3Input"],
        &[("S3CompressionType", In(&["Gzip"]))],
        Is("S3InputMode", In(&["Pipe"])),
        API,
    ),
    only_if(
        &["CreateProcessingJob"],
        &["ProcessingOutputConfig.Outputs"],
        &[("FeatureStoreOutput", Set)],
        Is("AppManaged", In(&["true"])),
        API,
    ),
    plain(
        &["CreateProcessingJob"],
        &["ProcessingResources.ClusterConfig"],
        AtMostOne(&["InstancePreferences", "InstanceType"]),
        API,
    ),
    plain(
        &["CreateProcessingJob"],
        &["ProcessingOutputConfig.Outputs"],
        ExactlyOne(&["S3Output", "FeatureStoreOutput"]),
        API,
    ),
    only_if(
        &["CreateProcessingJob"],
        &["ProcessingResources.ClusterConfig.InstancePreferences"],
        &[("InstanceCount", Unset)],
        Is("/ProcessingResources.ClusterConfig.InstanceCount", Set),
        API,
    ),
    plain(&["CreateProject"], INPUT, ExactlyOne(&["ServiceCatalogProvisioningDetails", "TemplateProviders"]), API),
    only_if(&["CreateSpace"], INPUT, &[("OwnershipSettings", Set)], Is("SpaceSharingSettings", Set), API),
    only_if(&["CreateSpace"], INPUT, &[("SpaceSharingSettings", Set)], Is("OwnershipSettings", Set), API),
    plain(&["CreateStudioLifecycleConfig"], INPUT, Is("StudioLifecycleConfigContent", Base64), API),
    plain(&["CreateTrainingJob"], INPUT, ExactlyOne(&["AlgorithmSpecification", "ServerlessJobConfig"]), API),
    only_if(&["CreateTrainingJob"], INPUT, &[("ModelPackageConfig", Set)], Is("ServerlessJobConfig", Set), AWS),
    plain(
        &["CreateTrainingJob"],
        &["ResourceConfig"],
        AtMostOne(&["InstanceGroups", "InstancePreferences", "InstanceType"]),
        API,
    ),
    plain(&["CreateTrainingJob"], &["ResourceConfig"], AtMostOne(&["InstanceGroups", "InstanceCount"]), AWS),
    plain(&["CreateTrainingJob"], &["ResourceConfig"], AtMostOne(&["InstanceGroups", "KeepAlivePeriodInSeconds"]), AWS),
    without_instances("CheckpointConfig"),
    without_instances("DebugHookConfig"),
    without_instances("Environment"),
    without_instances("ExperimentConfig"),
    without_instances("ProfilerConfig"),
    without_instances("ProfilerRuleConfigurations"),
    without_instances("RetryStrategy"),
    without_instances("TensorBoardOutputConfig"),
    plain(&["CreateTrainingJob"], &["AlgorithmSpecification"], ExactlyOne(&["AlgorithmName", "TrainingImage"]), API),
    only_if(
        &["CreateTrainingJob"],
        &["ServerlessJobConfig"],
        &[("JobType", In(&["Evaluation"]))],
        Is("EvaluationType", Set),
        API,
    ),
    worded(
        only_if(
            &["CreateTrainingJob"],
            INPUT,
            &[("EnableManagedSpotTraining", In(&["true"]))],
            Is("StoppingCondition.MaxWaitTimeInSeconds", Set),
            SEEN,
        ),
        WAIT_TIME,
    ),
    worded(
        plain(
            &["CreateTrainingJob"],
            &["StoppingCondition"],
            Is("MaxWaitTimeInSeconds", NotBelow("MaxRuntimeInSeconds")),
            API,
        ),
        WAIT_TIME,
    ),
    only_if(
        &["CreateTrainingJob", "CreateHyperParameterTuningJob", "CreateAlgorithm"],
        CHANNELS,
        &[("InputMode", In(&["File"]))],
        Is("CompressionType", NotIn(&["Gzip"])),
        API,
    ),
    only_if(
        &["CreateTrainingJob", "CreateHyperParameterTuningJob", "CreateAlgorithm"],
        CHANNELS,
        &[("InputMode", In(&["File"]))],
        Is("RecordWrapperType", NotIn(&["RecordIO"])),
        API,
    ),
    only_if(
        &["CreateTrainingJob", "CreateHyperParameterTuningJob", "CreateAlgorithm"],
        CHANNELS,
        &[("DataSource.S3DataSource.S3DataType", In(&["AugmentedManifestFile"]))],
        Is("InputMode", NotIn(&["File", "FastFile"])),
        API,
    ),
    plain(
        &["CreateTrainingJob", "CreateHyperParameterTuningJob", "CreateAlgorithm"],
        RESOURCE_CONFIGS,
        AtMostOne(&["InstancePlacementConfig", "InstancePreferences"]),
        API,
    ),
    only_if(
        &["CreateTrainingJob"],
        INPUT,
        &[("ResourceConfig.InstancePreferences", Set)],
        Is("EnableManagedSpotTraining", NotIn(&["true"])),
        API,
    ),
    only_if(
        &["CreateTrainingJob"],
        INPUT,
        &[("ServerlessJobConfig", Set)],
        Is("EnableManagedSpotTraining", NotIn(&["true"])),
        AWS,
    ),
    only_if(
        &["CreateTrainingJob"],
        INPUT,
        &[("ServerlessJobConfig", Set)],
        Is("ResourceConfig.VolumeSizeInGB", Unset),
        API,
    ),
    plain(
        &["CreateTrainingJob"],
        &["ProfilerConfig"],
        Is("ProfilingIntervalInMilliseconds", OneOf(&[100, 200, 500, 1000, 5000, 60000])),
        API,
    ),
    plain(
        &["CreateTrainingJob", "CreateHyperParameterTuningJob"],
        STOPPING,
        Is("MaxRuntimeInSeconds", AtMost(28 * 24 * 60 * 60)),
        API,
    ),
    plain(
        &["CreateTrainingJob", "CreateHyperParameterTuningJob", "CreateAlgorithm"],
        PLACEMENTS,
        Is("InstanceCount", AtLeast(1)),
        API,
    ),
    only_if(
        &["CreateTrainingJob"],
        &["ResourceConfig.InstancePreferences"],
        &[("InstanceCount", Unset)],
        Is("/ResourceConfig.InstanceCount", Set),
        API,
    ),
    only_if(
        &["CreateTransformJob"],
        INPUT,
        &[("BatchStrategy", In(&["MultiRecord"]))],
        Is("TransformInput.SplitType", In(&["Line", "RecordIO", "TFRecord"])),
        API,
    ),
    plain(
        &["CreateTransformJob"],
        INPUT,
        Holds(fits_payload, "MaxConcurrentTransforms times MaxPayloadInMB must be at most 100"),
        API,
    ),
    plain(&["CreateTransformJob"], INPUT, Is("MaxPayloadInMB", AtMost(100)), API),
    plain(
        &["CreateTransformJob"],
        &["TransformInput.DataSource.S3DataSource"],
        Is("S3DataType", In(&["ManifestFile", "S3Prefix"])),
        API,
    ),
    plain(&["CreateTransformJob"], &["TransformResources"], Is("InstanceCount", AtMost(100)), API),
    plain(
        &["CreateTrialComponent", "UpdateTrialComponent"],
        &["Parameters.*"],
        AtMostOne(&["StringValue", "NumberValue"]),
        API,
    ),
    only_if(
        &["CreateUserProfile", "UpdateUserProfile"],
        &["UserSettings"],
        &[("DefaultLandingUri", In(&["studio::"]))],
        Is("StudioWebPortal", NotIn(&["DISABLED"])),
        API,
    ),
    only_if(
        &["CreateUserProfile"],
        INPUT,
        &[("SingleSignOnUserIdentifier", Set)],
        Is("SingleSignOnUserValue", Set),
        API,
    ),
    only_if(
        &["CreateUserProfile"],
        INPUT,
        &[("SingleSignOnUserValue", Set)],
        Is("SingleSignOnUserIdentifier", Set),
        API,
    ),
    plain(&["CreateWorkforce"], INPUT, ExactlyOne(&["CognitoConfig", "OidcConfig"]), API),
    plain(
        &["CreateWorkteam", "UpdateWorkteam"],
        &["MemberDefinitions"],
        ExactlyOne(&["CognitoMemberDefinition", "OidcMemberDefinition"]),
        API,
    ),
    plain(
        &["CreateWorkteam", "UpdateWorkteam"],
        &["WorkerAccessConfiguration.S3Presign.IamPolicyConstraints"],
        ExactlyOne(&["SourceIp", "VpcSourceIp"]),
        API,
    ),
    plain(&["DeleteArtifact"], INPUT, AtLeastOne(&["ArtifactArn", "Source"]), API),
    plain(&["DescribeClusterNode"], INPUT, ExactlyOne(&["NodeId", "NodeLogicalId"]), API),
    plain(&["GetScalingConfigurationRecommendation"], INPUT, AtMostOne(&["EndpointName", "RecommendationId"]), API),
    plain(&["ListApps"], INPUT, AtMostOne(&["UserProfileNameEquals", "SpaceNameEquals"]), API),
    plain(&["ListTrialComponents"], INPUT, AtMostOne(&["ExperimentName", "TrialName", "SourceArn"]), API),
    plain(&["MoveClusterNodes"], INPUT, ExactlyOne(&["InstanceCount", "NodeIds", "NodeLogicalIds"]), API),
    plain(&["RenderUiTemplate"], INPUT, AtMostOne(&["HumanTaskUiArn", "UiTemplate"]), API),
    plain(&["Search"], &["SearchExpression"], AtLeastOne(&["Filters", "NestedFilters", "SubExpressions"]), API),
    only_if(&["UpdateCluster"], INPUT, &[("AutoScaling.Mode", WasIn(&["Enable"]))], Is("ClusterRole", AsBefore), API),
    only_if(&["UpdateDomain"], INPUT, &[(RSTUDIO_ROLE, WasSet)], Is("AppNetworkAccessType", AsBefore), API),
    only_if(&["UpdateDomain"], INPUT, &[(NEW_RSTUDIO_ROLE, Set)], Is("AppNetworkAccessType", AsBefore), API),
    only_if(
        &["UpdateDomain"],
        INPUT,
        &[("HomeEfsFileSystemCreation", WasIn(&["Enabled"]))],
        Is("HomeEfsFileSystemCreation", NotIn(&["Disabled"])),
        "assumed: nothing deletes the file system of a live domain",
    ),
    only_if(
        &["UpdateEndpoint"],
        INPUT,
        &[("ExcludeRetainedVariantProperties", Set)],
        Is("RetainAllVariantProperties", Set),
        API,
    ),
    only_if(
        &["UpdateEndpoint"],
        INPUT,
        &[("ExcludeRetainedVariantProperties", Set)],
        Is("RetainAllVariantProperties", In(&["true"])),
        API,
    ),
    plain(
        &["UpdateEndpoint"],
        &["ExcludeRetainedVariantProperties"],
        Is("VariantPropertyType", Among(&["DesiredInstanceCount", "DesiredWeight"])),
        API,
    ),
    plain(
        &["UpdateEndpointWeightsAndCapacities"],
        &["DesiredWeightsAndCapacities.ServerlessUpdateConfig"],
        Is("ProvisionedConcurrency", NotAbove("MaxConcurrency")),
        API,
    ),
    plain(&["UpdateHubContent"], INPUT, Is("HubContentType", Among(&["Model", "Notebook"])), API),
    plain(
        &["UpdateHubContent"],
        INPUT,
        AtLeastOne(&[
            "HubContentDescription",
            "HubContentDisplayName",
            "HubContentMarkdown",
            "HubContentSearchKeywords",
            "SupportStatus",
        ]),
        API,
    ),
    plain(&["UpdateInferenceComponent"], INPUT, AtMostOne(&["Specification", "Specifications"]), API),
    only_if(
        &["UpdateInferenceExperiment"],
        INPUT,
        &[("Status", WasIn(&["Running"]))],
        Is("Schedule.StartTime", AsBefore),
        API,
    ),
    plain(&["UpdateModelCard"], INPUT, AtMostOne(&["Content", "ModelCardStatus"]), API),
    plain(&["UpdateNotebookInstance"], INPUT, Is("VolumeSizeInGB", NotBelowBefore), API),
    plain(&["UpdateSpace"], INPUT, Is("SpaceSettings.AppType", AsBefore), API),
    plain(&["UpdateWorkforce"], INPUT, AtMostOne(&["SourceIpConfig", "WorkforceVpcConfig"]), API),
];

/// Documented conditions that are not checked here, with the reason.
pub static ONLY_AWS: &[(&str, &str, &str)] = &[
    ("every operation", "A role exists, trusts SageMaker, and may do what it is for", "no IAM here"),
    (
        "every operation",
        "Buckets, objects, images, keys, subnets and security groups exist, in the region and VPC",
        "no other services here",
    ),
    ("every operation", "Quotas of the account", "they differ from account to account"),
    (
        "every operation",
        "An instance type is offered in the region and for the purpose; none with local storage has a volume or its key",
        "the lists change every month",
    ),
    (
        "CreateAppImageConfig",
        "JupyterLabAppImageConfig and CodeEditorAppImageConfig have no FileSystemConfig",
        "documented as not supported, not as refused",
    ),
    ("CreateAutoMLJob", "Data have so many rows and columns", "no data here"),
    (
        "CreateDataQualityJobDefinition",
        "StoppingCondition.MaxRuntimeInSeconds is at most the interval of the schedule",
        "reported when the job runs",
    ),
    (
        "CreateEndpoint",
        "A canary or a batch is at most half of a variant, a linear step 10 % to 50 %",
        "depends on the variants and on the unit",
    ),
    (
        "CreateEndpointConfig",
        "Serverless variants go without data capture, VPC, GPUs and pipelines",
        "documented as not supported, not as refused",
    ),
    (
        "CreateLabelingJob",
        "LabelAttributeName ends with -ref for semantic segmentation, video frames and some point clouds",
        "the task type is known by the functions that process the labels",
    ),
    ("CreateModel", "Containers of one model work together", "nothing runs here"),
    ("CreateModelCard", "Content fits the schema of model cards", "the schema is not part of the API model"),
    (
        "CreateModelPackage",
        "An approved version is needed to deploy it",
        "deployments of other versions succeed in some accounts",
    ),
    ("CreatePresignedDomainUrl", "The domain signs users in through IAM", "nobody is signed in here"),
    (
        "CreateUserProfile",
        "UserSettings.SecurityGroups has at most four elements",
        "the service adds one, and the model allows five",
    ),
    ("CreateUserProfile", "A user of IAM Identity Center exists if the domain uses it", "no Identity Center here"),
    ("CreateWorkteam", "All members have the same type, pool and client", "documented, and not seen to be enforced"),
    ("CreateWorkteam", "Groups and pools of Cognito exist", "no other services here"),
    (
        "UpdateAppImageConfig",
        "JupyterLabAppImageConfig and CodeEditorAppImageConfig have no FileSystemConfig",
        "documented as not supported, not as refused",
    ),
    ("UpdateProject", "The project has constraints for tag updates", "no Service Catalog here"),
];

const EBS: &[&str] = &[
    "InstanceGroups.InstanceStorageConfigs.EbsVolumeConfig",
    "RestrictedInstanceGroups.InstanceStorageConfigs.EbsVolumeConfig",
];
const NEEDS_VPC: &str = "VpcId and Subnet IDs are required for updating domains to VpcOnly mode.";
const WAIT_TIME: &str =
    "Invalid MaxWaitTimeInSeconds. It must be present and be greater than or equal to MaxRuntimeInSeconds";

fn is_proper_fraction(split: &Value) -> bool {
    split
        .get("ValidationFraction")
        .as_number()
        .map(|number| number.to_f64())
        .is_none_or(|number| number > 0.0 && number < 1.0)
}

/// "If you use this field, you can only specify one variant for ProductionVariants and one variant for
/// ShadowProductionVariants" (API reference, CreateEndpointConfig).
fn has_one_shadow(input: &Value) -> bool {
    let [production, shadow] =
        ["ProductionVariants", "ShadowProductionVariants"].map(|list| input.get(list).elements().len());
    shadow == 0 || (shadow == 1 && production == 1)
}

/// IDs of gateways have that form, and a gateway is found by its name or its ID.
fn is_not_like_an_id(input: &Value) -> bool {
    let name = input.get("Name").as_str().unwrap_or_default();
    name.len() != 12 || !name.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit())
}

/// Within 0.001, and what binary fractions add to it.
fn sums_to_one(weights: &Value) -> bool {
    let weight = |member| weights.get(member).as_number().map(|number| number.to_f64());
    let all: Option<Vec<f64>> =
        ["KVHeadroom", "QueueDepth", "RegionProximity", "ErrorRate"].into_iter().map(weight).collect();
    all.is_some_and(|all| (all.iter().sum::<f64>() - 1.0).abs() < 0.001_000_1)
}

fn fits_payload(job: &Value) -> bool {
    let number = |member| job.get(member).as_i64();
    let product = number("MaxConcurrentTransforms").zip(number("MaxPayloadInMB"));
    product.is_none_or(|(transforms, payload)| transforms.saturating_mul(payload) <= 100)
}
