//! The steps of the demo.

use super::{
    cli::{Cli, Destination},
    error::DemoError,
    workspace::{REGION, Workspace},
};
use crate::local::Service;

/// One step: its title, a remark, and its commands.
pub(super) struct Step {
    pub(super) title: &'static str,
    pub(super) remark: &'static str,
    pub(super) commands: &'static [Command],
}

/// One command that a user would type.
pub(super) enum Command {
    /// Runs the CLI with these arguments, which must end with this exit code.
    Cli(&'static [&'static str], i32),
    /// A call by somebody else: the AWS CLI subcommand, the operation, and its input in JSON.
    SomebodyElse(&'static str, &'static str, &'static str),
}

pub(super) const STEPS: &[Step] = &[
    Step {
        title: "Install the provider and check the configuration",
        remark: "Wrong names, values and combinations are found before the service is called.",
        commands: &[Command::Cli(&["init"], 0), Command::Cli(&["validate"], 0)],
    },
    Step {
        title: "Plan the stack",
        remark: "A model, its endpoint, a feature group, a version in the Model Registry, and an AutoML job.",
        commands: &[Command::Cli(&["plan", "-out=stack.tfplan"], 0)],
    },
    Step {
        title: "Build it",
        remark: "What takes minutes at AWS takes moments here; the provider waits until everything is in service.",
        commands: &[Command::Cli(&["apply", "stack.tfplan"], 0)],
    },
    Step {
        title: "Plan again",
        remark: "Nothing has changed, so the plan is empty.",
        commands: &[Command::Cli(&["plan", "-detailed-exitcode"], 0)],
    },
    Step {
        title: "Somebody changes objects behind Terraform's back",
        remark: "The approval of the model is withdrawn, and the endpoint handed to another team.",
        commands: &[
            Command::SomebodyElse(
                "aws sagemaker update-model-package --model-package-arn …/1 --model-approval-status Rejected",
                "UpdateModelPackage",
                r#"{"ModelPackageArn": "arn:aws:sagemaker:eu-central-1:123456789012:model-package/churn/1",
                    "ModelApprovalStatus": "Rejected"}"#,
            ),
            Command::SomebodyElse(
                "aws sagemaker add-tags --resource-arn …:endpoint/churn --tags Key=team,Value=sales",
                "AddTags",
                r#"{"ResourceArn": "arn:aws:sagemaker:eu-central-1:123456789012:endpoint/churn",
                    "Tags": [{"Key": "team", "Value": "sales"}]}"#,
            ),
        ],
    },
    Step {
        title: "See the drift",
        remark: "The plan shows the drift, and the updates that restore the configuration.",
        commands: &[Command::Cli(&["plan", "-detailed-exitcode"], 2)],
    },
    Step {
        title: "Repair it",
        remark: "Both are changed in place.",
        commands: &[Command::Cli(&["apply", "-auto-approve"], 0), Command::Cli(&["plan", "-detailed-exitcode"], 0)],
    },
    Step {
        title: "Move to larger instances",
        remark: "A configuration cannot be changed, so a new one takes its place, and the endpoint moves to it.",
        commands: &[
            Command::Cli(&["apply", "-auto-approve", "-var=instance_type=ml.m5.2xlarge"], 0),
            Command::Cli(&["plan", "-detailed-exitcode", "-var=instance_type=ml.m5.2xlarge"], 0),
        ],
    },
    Step {
        title: "Destroy everything",
        remark: "What the service cannot delete is stopped, with a warning from the provider.",
        commands: &[Command::Cli(&["destroy", "-auto-approve"], 0)],
    },
];

impl Command {
    /// As a user types it.
    pub(super) fn text(&self, cli: &Cli) -> String {
        match self {
            Self::Cli(arguments, _) => format!("{} {}", cli.name(), arguments.join(" ")),
            Self::SomebodyElse(command, ..) => (*command).to_owned(),
        }
    }

    /// Runs the command; returns what the CLI has printed, unless that went to the terminal.
    pub(super) async fn run(
        &self,
        workspace: &Workspace,
        service: &Service,
        destination: Destination,
    ) -> Result<String, DemoError> {
        match self {
            Self::Cli(arguments, expected) => {
                let ended = workspace.run(arguments, destination).await?;
                let output =
                    [ended.stdout, ended.stderr].map(|text| String::from_utf8_lossy(&text).into_owned()).concat();
                if ended.status.code() == Some(*expected) {
                    return Ok(output);
                }
                let (command, ended) = (self.text(workspace.cli()), ended.status.to_string());
                Err(DemoError::Unexpected { command, ended, output })
            }
            Self::SomebodyElse(_, operation, input) => {
                let called = service.call(REGION, operation, input).map(|()| String::new());
                called.map_err(|reason| DemoError::Refused { operation, reason })
            }
        }
    }
}
