//! The results of AutoML jobs. Nothing is trained: candidates, their containers, steps and scores are invented.

use crate::{
    local::{
        kind::{Call, Draft},
        operations::{ids::resolved_image, members::known},
    },
    value::{Map, Number, Value},
};

/// The members that only listing candidates shows.
pub(super) const CANDIDATES: &str = "Candidates";
/// No job has more candidates here.
const MOST: i64 = 3;

/// What the invented candidates of a job depend on.
pub(super) struct Models {
    /// `Tabular`, `ImageClassification`, …
    problem: String,
    /// They classify, and can return more than the likeliest class.
    classify: bool,
    /// Data are prepared, then a model answers, then its answer is turned into labels. Otherwise one container does
    /// all.
    in_steps: bool,
    count: i64,
}

impl Models {
    pub(super) fn new(problem: &str, tabular: &str, mode: &Value, only_defined: bool, criteria: &Value) -> Self {
        let requested = criteria.get("MaxCandidates").as_i64().unwrap_or(MOST);
        Self {
            problem: problem.to_owned(),
            classify: problem.ends_with("Classification") || (problem == "Tabular" && tabular != "Regression"),
            in_steps: problem == "Tabular" && mode.as_str() != Some("ENSEMBLING"),
            count: if only_defined { 0 } else { requested.clamp(1, MOST) },
        }
    }

    /// The containers of the documentation of Autopilot's deployments, with the variables that matter to those who
    /// deploy them.
    fn containers(&self, call: &Call<'_>, folder: &str, name: &str) -> Value {
        let container = |repository: &str, part: &str, environment: &[(&str, &str)]| {
            let image = format!("{}.dkr.ecr.{}.amazonaws.com/{repository}", call.scope.account, call.scope.region);
            let environment = environment.iter().map(|(name, value)| ((*name).to_owned(), (*value).into()));
            Value::from([
                ("Image", resolved_image(&image).into()),
                ("ModelDataUrl", format!("{folder}/{part}/{name}/output/model.tar.gz").into()),
                ("Environment", Value::Map(environment.collect())),
            ])
        };
        let answers = |supported: &'static str| match self.classify {
            true => vec![(SUPPORTED, supported), ("SAGEMAKER_INFERENCE_OUTPUT", "predicted_label")],
            false => vec![],
        };
        let all = "predicted_label,probability,labels,probabilities";
        if !self.in_steps {
            return Value::List(vec![container("autogluon-inference", "tuning", &answers(all))]);
        }
        let transform = |mode| ("AUTOML_TRANSFORM_MODE", mode);
        let mut containers = vec![
            container("sagemaker-sklearn-automl", "data-processor-models", &[transform("feature-transform")]),
            container("sagemaker-xgboost", "tuning", &answers("predicted_label,probability,probabilities")),
        ];
        if self.classify {
            let mut environment = answers(all);
            environment
                .extend([transform("inverse-label-transform"), ("SAGEMAKER_INFERENCE_INPUT", "predicted_label")]);
            containers.push(container("sagemaker-sklearn-automl", "data-processor-models", &environment));
        }
        Value::List(containers)
    }

    /// The jobs that led to a candidate.
    fn steps(&self, call: &Call<'_>, name: &str) -> Value {
        let step = |kind: &str, arn: &str, name: String| {
            Value::from([
                ("CandidateStepType", format!("AWS::SageMaker::{kind}").into()),
                ("CandidateStepArn", call.scope.arn(arn, &name.to_lowercase()).into()),
                ("CandidateStepName", name.into()),
            ])
        };
        let training = step("TrainingJob", "training-job", name.to_owned());
        if !self.in_steps {
            return Value::List(vec![training]);
        }
        Value::List(vec![
            step("TrainingJob", "training-job", format!("{name}-preparation")),
            step("TransformJob", "transform-job", format!("{name}-transform")),
            training,
        ])
    }
}

/// The variable that lists the keys which a container can return.
const SUPPORTED: &str = "SAGEMAKER_INFERENCE_SUPPORTED";

/// What a completed job shows.
pub(super) fn results(call: &Call<'_>, draft: &Draft, models: &Models, resolved: Map) -> Map {
    let output = call.input.get("OutputDataConfig").get("S3OutputPath").as_str().unwrap_or_default();
    let folder = format!("{}/{}", output.trim_end_matches('/'), draft.name);
    let notebook = |name: &str| Value::from(format!("{folder}/sagemaker-automl-candidates/notebooks/{name}.ipynb"));
    let artifacts = Value::from([
        ("CandidateDefinitionNotebookLocation", notebook("SageMakerAutopilotCandidateDefinitionNotebook")),
        ("DataExplorationNotebookLocation", notebook("SageMakerAutopilotDataExplorationNotebook")),
    ]);
    let metric = resolved.get("AutoMLJobObjective").map(|objective| objective.get("MetricName").clone());
    let metric = metric.unwrap_or_default();
    let candidates: Vec<Value> =
        (1..=models.count).map(|number| candidate(call, models, &draft.name, number, &folder, &metric)).collect();
    known([
        ("BestCandidate", candidates.first().cloned().unwrap_or_default()),
        (CANDIDATES, Value::List(candidates)),
        ("AutoMLJobArtifacts", artifacts),
        ("ResolvedAttributes", Value::Map(resolved)),
    ])
}

/// The first is the best.
fn candidate(call: &Call<'_>, models: &Models, job: &str, number: i64, folder: &str, metric: &Value) -> Value {
    let name = format!("{job}-00{number}");
    let containers = models.containers(call, folder, &name);
    // API reference, AutoMLCandidate: only of image and text classification.
    let by_unit = match models.problem.as_str() {
        "ImageClassification" | "TextClassification" => {
            Value::from([("CPU", containers.clone()), ("GPU", containers.clone())])
        }
        _ => Value::Null,
    };
    let explainability = format!("{folder}/documentation/explainability/output/{name}");
    let properties =
        Value::from([("CandidateArtifactLocations", Value::from([("Explainability", explainability.into())]))]);
    Value::Map(known([
        ("FinalAutoMLJobObjectiveMetric", score(metric, number)),
        ("ObjectiveStatus", "Succeeded".into()),
        ("CandidateSteps", models.steps(call, &name)),
        ("CandidateStatus", "Completed".into()),
        ("InferenceContainers", containers),
        ("InferenceContainerDefinitions", by_unit),
        ("CreationTime", call.now.to_value()),
        ("EndTime", call.completes().to_value()),
        ("LastModifiedTime", call.completes().to_value()),
        ("CandidateProperties", properties),
        ("CandidateName", name.into()),
    ]))
}

fn score(metric: &Value, number: i64) -> Value {
    let minimize = ["MSE", "RMSE", "MAE", "MAPE", "MASE", "WAPE", "AverageWeightedQuantileLoss"];
    let Some(name) = metric.as_str() else { return Value::Null };
    let (way, hundredths) =
        if minimize.contains(&name) { ("Minimize", 10 + number) } else { ("Maximize", 90 - number) };
    let value: Number = format!("0.{hundredths}").parse().expect("a decimal fraction is a number");
    Value::from([("Type", way.into()), ("MetricName", metric.clone()), ("Value", Value::Number(value))])
}
