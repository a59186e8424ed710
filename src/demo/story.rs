//! The steps of the demo.

use super::{
    cli::{Cli, Destination},
    error::DemoError,
    stage::{REGION, Stage},
};
use crate::local::Service;

/// One step: its title and its actions.
pub(super) struct Scene {
    pub(super) title: &'static str,
    pub(super) remark: &'static str,
    pub(super) acts: &'static [Act],
}

/// One command that a user would type.
pub(super) enum Act {
    /// Runs the CLI with these arguments, which must end with this exit code.
    Cli(&'static [&'static str], i32),
    /// A call by somebody else: the AWS CLI subcommand, the operation, and its input in JSON.
    SomebodyElse(&'static str, &'static str, &'static str),
}

pub(super) const STORY: &[Scene] = &[
    Scene {
        title: "Install the provider and check the configuration",
        remark: "Wrong names, values and combinations are found before the service is called.",
        acts: &[Act::Cli(&["init"], 0), Act::Cli(&["validate"], 0)],
    },
    Scene {
        title: "Plan the stack",
        remark: "A model, its endpoint, a feature group, a version in the Model Registry, and an AutoML job.",
        acts: &[Act::Cli(&["plan", "-out=stack.tfplan"], 0)],
    },
    Scene {
        title: "Build it",
        remark: "What takes minutes at AWS takes moments here; the provider waits until everything is in service.",
        acts: &[Act::Cli(&["apply", "stack.tfplan"], 0)],
    },
    Scene {
        title: "Plan again",
        remark: "Nothing has changed, so the plan is empty.",
        acts: &[Act::Cli(&["plan", "-detailed-exitcode"], 0)],
    },
    Scene {
        title: "Somebody changes objects behind Terraform's back",
        remark: "The approval of the model is withdrawn, and the endpoint handed to another team.",
        acts: &[
            Act::SomebodyElse(
                "aws sagemaker update-model-package --model-package-arn …/1 --model-approval-status Rejected",
                "UpdateModelPackage",
                r#"{"ModelPackageArn": "arn:aws:sagemaker:eu-central-1:123456789012:model-package/churn/1",
                    "ModelApprovalStatus": "Rejected"}"#,
            ),
            Act::SomebodyElse(
                "aws sagemaker add-tags --resource-arn …:endpoint/churn --tags Key=team,Value=sales",
                "AddTags",
                r#"{"ResourceArn": "arn:aws:sagemaker:eu-central-1:123456789012:endpoint/churn",
                    "Tags": [{"Key": "team", "Value": "sales"}]}"#,
            ),
        ],
    },
    Scene {
        title: "See the drift",
        remark: "The plan shows the drift, and the updates that restore the configuration.",
        acts: &[Act::Cli(&["plan", "-detailed-exitcode"], 2)],
    },
    Scene {
        title: "Repair it",
        remark: "Both are changed in place.",
        acts: &[Act::Cli(&["apply", "-auto-approve"], 0), Act::Cli(&["plan", "-detailed-exitcode"], 0)],
    },
    Scene {
        title: "Move to larger instances",
        remark: "A configuration cannot be changed, so a new one takes its place, and the endpoint moves to it.",
        acts: &[
            Act::Cli(&["apply", "-auto-approve", "-var=instance_type=ml.m5.2xlarge"], 0),
            Act::Cli(&["plan", "-detailed-exitcode", "-var=instance_type=ml.m5.2xlarge"], 0),
        ],
    },
    Scene {
        title: "Destroy everything",
        remark: "What the service cannot delete is stopped, with a warning from the provider.",
        acts: &[Act::Cli(&["destroy", "-auto-approve"], 0)],
    },
];

impl Act {
    /// As a user types it.
    pub(super) fn command(&self, cli: &Cli) -> String {
        match self {
            Self::Cli(arguments, _) => format!("{} {}", cli.name(), arguments.join(" ")),
            Self::SomebodyElse(command, ..) => (*command).to_owned(),
        }
    }

    /// Plays the act; returns what the CLI has printed, unless that went to the terminal.
    pub(super) async fn play(
        &self,
        stage: &Stage,
        service: &Service,
        destination: Destination,
    ) -> Result<String, DemoError> {
        match self {
            Self::Cli(arguments, expected) => {
                let ended = stage.run(arguments, destination).await?;
                let output =
                    [ended.stdout, ended.stderr].map(|text| String::from_utf8_lossy(&text).into_owned()).concat();
                if ended.status.code() == Some(*expected) {
                    return Ok(output);
                }
                let (command, ended) = (self.command(stage.cli()), ended.status.to_string());
                Err(DemoError::Unexpected { command, ended, output })
            }
            Self::SomebodyElse(_, operation, input) => {
                let called = service.call(REGION, operation, input).map(|()| String::new());
                called.map_err(|reason| DemoError::Refused { operation, reason })
            }
        }
    }
}
