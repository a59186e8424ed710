//! AutoML jobs, of both versions of the API: started by creating them, at most stopped, never deleted.
//!
//! Both versions create the same kind of job: names are unique across them, lists show both, and the second version
//! describes those of the first in its own terms. Nothing is trained: the results are invented.

use super::auto_ml_candidates::{CANDIDATES, Models, results};
use crate::{
    definition::service::ShapeKind,
    local::{
        error::{ErrorText, IN_USE, NOT_FOUND, ServiceError, VALIDATION},
        kind::{Behavior, Call, Draft, Kind, List, NEWEST_FIRST, ORDINARY},
        lifecycle::{LIFECYCLE, Lifecycle},
        operations::{
            list::{self, Listing},
            members::{default, elements, known, project, within},
        },
        storage::store::Object,
    },
    value::{Map, Value},
};

pub(in crate::local) static KIND: Kind = Kind {
    noun: "AutoMLJob",
    id: "automl-job",
    name: "AutoMLJobName",
    arn: "AutoMLJobArn",
    operations: &[
        ("CreateAutoMLJob", Behavior::Create(fill_first)),
        ("CreateAutoMLJobV2", Behavior::Create(fill_second)),
        ("DescribeAutoMLJob", Behavior::Describe(show_first)),
        ("DescribeAutoMLJobV2", Behavior::Describe(show_second)),
        ("ListAutoMLJobs", Behavior::List(List { sort_by: "Name", ..NEWEST_FIRST })),
        ("ListCandidatesForAutoMLJob", Behavior::Other(list_candidates)),
    ],
    not_found: ErrorText { code: NOT_FOUND, message: "Amazon SageMaker can't find an AutoML job called {name}." },
    // By analogy with training jobs.
    exists: ErrorText {
        code: IN_USE,
        message: "AutoML job names must be unique within an AWS account and region, and an AutoML job with this name \
                  already exists ({arn})",
    },
    lifecycle: Some(Lifecycle {
        status: "AutoMLJobStatus AutoMLJobSecondaryStatus",
        creating: &[
            "InProgress Starting",
            "InProgress AnalyzingData",
            "InProgress FeatureEngineering",
            "InProgress ModelTuning",
        ],
        created: Some("Completed Completed"),
        failed: Some("Failed Failed"),
        stopping: Some("Stopping Stopping"),
        stopped: Some("Stopped Stopped"),
        end_time: Some("EndTime"),
        ..LIFECYCLE
    }),
    // By analogy with training jobs.
    finished: ErrorText {
        code: VALIDATION,
        message: "The request was rejected because the AutoML job is in status {status}.",
    },
    ..ORDINARY
};

/// The structure that only jobs of the second version have.
const PROBLEM: &str = "AutoMLProblemTypeConfig";
/// The suffix of the members of the problem structure, after the name of the problem.
const PROBLEM_SUFFIX: &str = "JobConfig";

fn fill_first(call: &mut Call<'_>, draft: &mut Draft) -> Result<(), ServiceError> {
    let input = &call.input;
    let problem = tabular_problem(input.get("ProblemType"));
    let resolved = known([
        ("AutoMLJobObjective", objective(input, default_metric("Tabular", &problem))),
        ("ProblemType", problem.as_str().into()),
        ("CompletionCriteria", input.get("AutoMLJobConfig").get("CompletionCriteria").clone()),
    ]);
    let config = input.get("AutoMLJobConfig");
    let only_defined = input.get("GenerateCandidateDefinitionsOnly").as_bool().unwrap_or(false);
    let models = Models::new("Tabular", &problem, config.get("Mode"), only_defined, config.get("CompletionCriteria"));
    draft.results = results(call, draft, &models, resolved);
    default(&mut draft.members, "GenerateCandidateDefinitionsOnly", false); // Assumed.
    Ok(())
}

fn fill_second(call: &mut Call<'_>, draft: &mut Draft) -> Result<(), ServiceError> {
    let input = &call.input;
    let (name, config) = problem_of(input);
    let problem = tabular_problem(config.get("ProblemType"));
    let attributes = match name.as_str() {
        "Tabular" => {
            Value::from([("TabularResolvedAttributes", Value::from([("ProblemType", problem.as_str().into())]))])
        }
        "TextGeneration" => {
            // "If no BaseModelName is provided, the default model used is Falcon7BInstruct" (API reference).
            let model = config.get("BaseModelName").as_str().unwrap_or("Falcon7BInstruct");
            Value::from([("TextGenerationResolvedAttributes", Value::from([("BaseModelName", model.into())]))])
        }
        _ => Value::Null,
    };
    let resolved = known([
        ("AutoMLJobObjective", objective(input, default_metric(&name, &problem))),
        ("CompletionCriteria", config.get("CompletionCriteria").clone()),
        ("AutoMLProblemTypeResolvedAttributes", attributes),
    ]);
    let only_defined = config.get("GenerateCandidateDefinitionsOnly").as_bool().unwrap_or(false);
    let models = Models::new(&name, &problem, config.get("Mode"), only_defined, config.get("CompletionCriteria"));
    draft.results = results(call, draft, &models, resolved);
    draft.members.insert("AutoMLProblemTypeConfigName".into(), name.into());
    Ok(())
}

/// The name of the problem (`Tabular`) and its settings.
fn problem_of(input: &Value) -> (String, Value) {
    let problem = input.get(PROBLEM).as_map().and_then(|members| members.iter().next());
    let (name, config) = problem.map(|(name, config)| (name.clone(), config.clone())).unwrap_or_default();
    (name.trim_end_matches(PROBLEM_SUFFIX).to_owned(), config)
}

/// What the service would infer from the data is invented where it is not given.
fn tabular_problem(given: &Value) -> String {
    given.as_str().unwrap_or("BinaryClassification").to_owned()
}

/// API reference, AutoMLJobObjective. None: the problem has no objective.
fn default_metric(name: &str, problem: &str) -> Option<&'static str> {
    match (name, problem) {
        ("Tabular", "Regression") => Some("MSE"),
        ("Tabular", "MulticlassClassification") | ("ImageClassification" | "TextClassification", _) => Some("Accuracy"),
        ("Tabular", _) => Some("F1"),
        ("TimeSeriesForecasting", _) => Some("AverageWeightedQuantileLoss"),
        _ => None,
    }
}

fn objective(input: &Value, metric: Option<&'static str>) -> Value {
    match (input.get("AutoMLJobObjective"), metric) {
        (Value::Null, Some(metric)) => Value::from([("MetricName", metric.into())]),
        (given, _) => given.clone(),
    }
}

/// "AutoML jobs created by calling CreateAutoMLJobV2 cannot be described by DescribeAutoMLJob" (API reference); code
/// and wording are assumed.
fn show_first(_: &Call<'_>, _: &Object, view: &mut Map) -> Result<(), ServiceError> {
    if view.contains_key(PROBLEM) {
        return Err(ServiceError::validation(
            "This AutoML job was created by CreateAutoMLJobV2. Use DescribeAutoMLJobV2 to describe it.",
        ));
    }
    Ok(())
}

/// Describes a job of the first version in the terms of the second: as a tabular problem.
fn show_second(call: &Call<'_>, _: &Object, view: &mut Map) -> Result<(), ServiceError> {
    if view.contains_key(PROBLEM) {
        return Ok(());
    }
    let config = view.get("AutoMLJobConfig").cloned().unwrap_or_default();
    let channels = view.get("InputDataConfig").cloned().unwrap_or_default();
    let generation = config.get("CandidateGenerationConfig");
    let algorithms = match generation.get("AlgorithmsConfig") {
        Value::Null => Value::Null,
        algorithms => Value::from([("AlgorithmsConfig", algorithms.clone())]),
    };
    let problem = view.get("ProblemType").cloned().unwrap_or_default();
    let tabular = known([
        ("CandidateGenerationConfig", algorithms),
        ("CompletionCriteria", config.get("CompletionCriteria").clone()),
        ("FeatureSpecificationS3Uri", generation.get("FeatureSpecificationS3Uri").clone()),
        ("Mode", config.get("Mode").clone()),
        ("GenerateCandidateDefinitionsOnly", view.get("GenerateCandidateDefinitionsOnly").cloned().unwrap_or_default()),
        ("ProblemType", problem),
        ("TargetAttributeName", channels.at(0).get("TargetAttributeName").clone()),
        ("SampleWeightAttributeName", channels.at(0).get("SampleWeightAttributeName").clone()),
    ]);
    view.extend(known([
        ("AutoMLJobInputDataConfig", second_channels(call, channels)),
        (PROBLEM, Value::from([("TabularJobConfig", Value::Map(tabular))])),
        ("AutoMLProblemTypeConfigName", "Tabular".into()),
        ("SecurityConfig", config.get("SecurityConfig").clone()),
        ("DataSplitConfig", config.get("DataSplitConfig").clone()),
    ]));
    within(view, "ResolvedAttributes", |resolved| {
        if let Some(problem) = resolved.remove("ProblemType") {
            let attributes = Value::from([("TabularResolvedAttributes", Value::from([("ProblemType", problem)]))]);
            resolved.insert("AutoMLProblemTypeResolvedAttributes".into(), attributes);
        }
    });
    Ok(())
}

/// The channels with the members that they have in the second version.
fn second_channels(call: &Call<'_>, channels: Value) -> Value {
    let list = call.operation.output.member("AutoMLJobInputDataConfig").map(|member| &member.shape.kind);
    match (list, channels) {
        (Some(ShapeKind::List { element, .. }), Value::List(channels)) => Value::List(
            channels.into_iter().map(|one| project(element, one.as_map().cloned().unwrap_or_default())).collect(),
        ),
        (_, channels) => channels,
    }
}

fn list_candidates(call: &mut Call<'_>) -> Result<Value, ServiceError> {
    let view = call.named(&KIND)?.view(call.now);
    const FIELDS: &[(&str, &str)] = &[
        ("FinalObjectiveMetricValue", "FinalAutoMLJobObjectiveMetric.Value"),
        ("Status", "CandidateStatus"),
        ("StatusEquals", "CandidateStatus"),
    ];
    let found = elements(&view, CANDIDATES).to_vec();
    // "The default is Ascending" (API reference).
    list::page_in(call, CANDIDATES, &Listing { fields: FIELDS, descending: false }, found)
}

#[cfg(test)]
mod tests {
    use expect_test::expect;

    use crate::local::{
        json,
        tests::bench::{Bench, names, text},
    };

    const NAME: &str = r#"{"AutoMLJobName":"Spring"}"#;
    const FIRST: &str = r#"{"AutoMLJobName":"Spring","InputDataConfig":[{"TargetAttributeName":"y","DataSource":
        {"S3DataSource":{"S3DataType":"S3Prefix","S3Uri":"s3://b/in"}}}],"OutputDataConfig":{"S3OutputPath":"s3://b/out/"},
        "AutoMLJobConfig":{"CompletionCriteria":{"MaxCandidates":2},"Mode":"ENSEMBLING"},
        "RoleArn":"arn:aws:iam::123456789012:role/r"}"#;

    fn second(problem: &str) -> String {
        format!(
            r#"{{"AutoMLJobName":"Spring","AutoMLJobInputDataConfig":[{{"DataSource":{{"S3DataSource":
            {{"S3DataType":"S3Prefix","S3Uri":"s3://b/in"}}}}}}],"OutputDataConfig":{{"S3OutputPath":"s3://b/out"}},
            "AutoMLProblemTypeConfig":{{{problem}}},"RoleArn":"arn:aws:iam::123456789012:role/r"}}"#
        )
    }

    #[test]
    fn a_job_progresses_and_completes_with_a_best_candidate() {
        let bench = Bench::new();
        bench.ok("CreateAutoMLJob", FIRST);
        let started = bench.ok("DescribeAutoMLJob", NAME);
        assert_eq!(text(&started, "AutoMLJobStatus"), "InProgress");
        assert_eq!(text(&started, "AutoMLJobSecondaryStatus"), "Starting");
        assert!(started.get("BestCandidate").is_null() && started.get("EndTime").is_null());
        bench.wait_half();
        let half = bench.ok("DescribeAutoMLJob", NAME);
        assert_eq!(text(&half, "AutoMLJobSecondaryStatus"), "FeatureEngineering");
        assert!(bench.ok("ListCandidatesForAutoMLJob", NAME).get("Candidates").elements().is_empty());
        bench.wait_half();
        let completed = bench.ok("DescribeAutoMLJob", NAME);
        assert_eq!(text(&completed, "AutoMLJobStatus"), "Completed");
        assert_eq!(text(completed.get("BestCandidate"), "CandidateName"), "Spring-001");
        expect![[r#"{"AutoMLJobObjective":{"MetricName":"F1"},"CompletionCriteria":{"MaxCandidates":2},"ProblemType":"BinaryClassification"}"#]]
        .assert_eq(&json::write(completed.get("ResolvedAttributes")));
        let candidates = bench.ok("ListCandidatesForAutoMLJob", NAME);
        assert_eq!(
            names(&candidates, "Candidates", "CandidateName"),
            ["Spring-001", "Spring-002"],
            "no more than requested"
        );
    }

    #[test]
    fn candidates_are_filtered_sorted_and_listed_in_pages() {
        let bench = Bench::new();
        bench.ok("CreateAutoMLJobV2", &second(r#""TabularJobConfig":{"TargetAttributeName":"y"}"#));
        bench.wait();
        let listed = |more: &str| {
            let reply = bench.ok("ListCandidatesForAutoMLJob", &NAME.replace('}', more));
            names(&reply, "Candidates", "CandidateName")
        };
        let worst_first = [r#","SortBy":"FinalObjectiveMetricValue"}"#, r#","SortOrder":"Descending"}"#];
        for more in worst_first {
            assert_eq!(listed(more), ["Spring-003", "Spring-002", "Spring-001"], "{more}");
        }
        assert_eq!(
            listed(r#","SortBy":"FinalObjectiveMetricValue","SortOrder":"Descending","MaxResults":1}"#),
            ["Spring-001"]
        );
        assert_eq!(listed(r#","CandidateNameEquals":"Spring-002"}"#), ["Spring-002"]);
        assert!(listed(r#","StatusEquals":"Failed"}"#).is_empty());
    }

    #[test]
    fn a_model_in_steps_shows_what_each_container_can_answer_with() {
        let bench = Bench::new();
        bench.ok("CreateAutoMLJobV2", &second(r#""TabularJobConfig":{"TargetAttributeName":"y"}"#));
        bench.wait();
        let best = bench.ok("DescribeAutoMLJobV2", NAME).get("BestCandidate").clone();
        let supported: Vec<&str> = best
            .get("InferenceContainers")
            .elements()
            .iter()
            .map(|container| container.get("Environment").get("SAGEMAKER_INFERENCE_SUPPORTED").as_str().unwrap_or("-"))
            .collect();
        assert_eq!(
            supported,
            ["-", "predicted_label,probability,probabilities", "predicted_label,probability,labels,probabilities"]
        );
        assert_eq!(best.get("CandidateSteps").elements().len(), 3);
    }

    #[test]
    fn what_is_only_defined_has_no_candidates() {
        let bench = Bench::new();
        let problem = r#""TabularJobConfig":{"TargetAttributeName":"y","GenerateCandidateDefinitionsOnly":true}"#;
        bench.ok("CreateAutoMLJobV2", &second(problem));
        bench.wait();
        assert!(bench.ok("DescribeAutoMLJobV2", NAME).get("BestCandidate").is_null());
        assert!(bench.ok("ListCandidatesForAutoMLJob", NAME).get("Candidates").elements().is_empty());
    }

    #[test]
    fn a_job_is_stopped_once_and_stays_for_ever() {
        let bench = Bench::new();
        bench.ok("CreateAutoMLJob", FIRST);
        bench.ok("StopAutoMLJob", NAME);
        assert_eq!(text(&bench.ok("DescribeAutoMLJob", NAME), "AutoMLJobStatus"), "Stopping");
        bench.wait();
        let stopped = bench.ok("DescribeAutoMLJob", NAME);
        assert_eq!(text(&stopped, "AutoMLJobStatus"), "Stopped");
        assert_eq!(text(&stopped, "AutoMLJobSecondaryStatus"), "Stopped");
        assert!(!stopped.get("EndTime").is_null() && stopped.get("BestCandidate").is_null());
        assert_eq!(
            bench.refused("StopAutoMLJob", NAME),
            "ValidationException: The request was rejected because the AutoML job is in status Stopped."
        );
    }

    #[test]
    fn names_are_taken_across_both_versions() {
        let bench = Bench::new();
        bench.ok("CreateAutoMLJob", FIRST);
        let refused = bench.refused("CreateAutoMLJobV2", &second(r#""ImageClassificationJobConfig":{}"#));
        assert_eq!(
            refused,
            "ResourceInUse: AutoML job names must be unique within an AWS account and region, and an AutoML job with \
             this name already exists (arn:aws:sagemaker:eu-central-1:123456789012:automl-job/spring)"
        );
        assert_eq!(
            bench.refused("DescribeAutoMLJobV2", r#"{"AutoMLJobName":"Autumn"}"#),
            "ResourceNotFound: Amazon SageMaker can't find an AutoML job called Autumn."
        );
    }

    #[test]
    fn the_second_version_resolves_what_each_problem_has() {
        for (problem, name, resolved) in [
            (
                r#""TabularJobConfig":{"TargetAttributeName":"y"}"#,
                "Tabular",
                expect![[
                    r#"{"AutoMLJobObjective":{"MetricName":"F1"},"AutoMLProblemTypeResolvedAttributes":{"TabularResolvedAttributes":{"ProblemType":"BinaryClassification"}}}"#
                ]],
            ),
            (
                r#""TextGenerationJobConfig":{}"#,
                "TextGeneration",
                expect![[
                    r#"{"AutoMLProblemTypeResolvedAttributes":{"TextGenerationResolvedAttributes":{"BaseModelName":"Falcon7BInstruct"}}}"#
                ]],
            ),
            (
                r#""ImageClassificationJobConfig":{}"#,
                "ImageClassification",
                expect![[r#"{"AutoMLJobObjective":{"MetricName":"Accuracy"}}"#]],
            ),
            (
                r#""TextClassificationJobConfig":{"ContentColumn":"c","TargetLabelColumn":"l"}"#,
                "TextClassification",
                expect![[r#"{"AutoMLJobObjective":{"MetricName":"Accuracy"}}"#]],
            ),
            (
                r#""TimeSeriesForecastingJobConfig":{"ForecastFrequency":"1D","ForecastHorizon":3,"TimeSeriesConfig":
                {"TargetAttributeName":"y","TimestampAttributeName":"t","ItemIdentifierAttributeName":"i"}}"#,
                "TimeSeriesForecasting",
                expect![[r#"{"AutoMLJobObjective":{"MetricName":"AverageWeightedQuantileLoss"}}"#]],
            ),
        ] {
            let bench = Bench::new();
            bench.ok("CreateAutoMLJobV2", &second(problem));
            bench.wait();
            let shown = bench.ok("DescribeAutoMLJobV2", NAME);
            assert_eq!(text(&shown, "AutoMLProblemTypeConfigName"), name);
            resolved.assert_eq(&json::write(shown.get("ResolvedAttributes")));
        }
    }

    #[test]
    fn the_second_version_describes_a_job_of_the_first_but_not_the_other_way_round() {
        let bench = Bench::new();
        bench.ok("CreateAutoMLJob", FIRST);
        bench.wait();
        let shown = bench.ok("DescribeAutoMLJobV2", NAME);
        expect![[r#"{"TabularJobConfig":{"CompletionCriteria":{"MaxCandidates":2},"GenerateCandidateDefinitionsOnly":false,"Mode":"ENSEMBLING","TargetAttributeName":"y"}}"#]]
        .assert_eq(&json::write(shown.get("AutoMLProblemTypeConfig")));
        let other = Bench::new();
        other.ok("CreateAutoMLJobV2", &second(r#""ImageClassificationJobConfig":{}"#));
        assert!(other.refused("DescribeAutoMLJob", NAME).starts_with("ValidationException: "));
    }

    #[test]
    fn an_objective_needs_a_problem_type_and_an_endpoint_name_no_generated_one() {
        let bench = Bench::new();
        for more in [
            r#""ProblemType":"Regression""#,
            r#""AutoMLJobObjective":{"MetricName":"MSE"}"#,
            r#""ModelDeployConfig":{"AutoGenerateEndpointName":true,"EndpointName":"e"}"#,
            r#""ModelDeployConfig":{"AutoGenerateEndpointName":false}"#,
        ] {
            let input = format!("{},{more}}}", FIRST.strip_suffix('}').unwrap());
            assert!(bench.refused("CreateAutoMLJob", &input).starts_with("ValidationException: "), "{more}");
        }
    }
}
