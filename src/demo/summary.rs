//! The lines of a command's output that say what happened: results, changed values, titles of warnings and errors.
//!
//! Knows the English words that Terraform and OpenTofu share, and no command.

/// Beginnings of the lines that say how a command has ended.
const RESULTS: &[&str] =
    &["Success!", "No changes.", "Plan: ", "Apply complete!", "Destroy complete!", "Warning: ", "Error: "];

/// What every installation from a mirror for one platform says.
const EXPECTED: &str = "Warning: Incomplete lock file information for providers";

/// The lines that say what happened, each once, from an output without colors.
pub(super) fn summary(output: &str) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    let mut address = "";
    for line in output.lines() {
        address = planned(line).unwrap_or(address);
        let shown = result(line).or_else(|| Some(format!("{address}: {}", changed_value(line)?)));
        lines.extend(shown.filter(|shown| !lines.contains(shown)));
    }
    if lines.iter().any(|line| line.contains(" complete!")) {
        lines.retain(|line| !line.starts_with("Plan: "));
    }
    lines
}

/// The address in `  # sagemaker_endpoint.churn will be updated in-place`.
fn planned(line: &str) -> Option<&str> {
    let (address, fate) = line.trim().strip_prefix("# ")?.split_once(' ')?;
    ["will be", "must be", "has"].iter().any(|verb| fate.starts_with(verb)).then_some(address)
}

fn result(line: &str) -> Option<String> {
    let is_result =
        RESULTS.iter().any(|start| line.starts_with(start)) || line.contains("been successfully initialized!");
    (is_result && line != EXPECTED).then(|| line.to_owned())
}

/// `name = "before" -> "after"`, unless the new value is known after the apply only.
fn changed_value(line: &str) -> Option<String> {
    let (left, right) = line.trim().strip_prefix("~ ")?.split_once(" -> ")?;
    let after = right.split(" # ").next().unwrap_or_default();
    let left: Vec<&str> = left.split_whitespace().collect();
    (after != "(known after apply)").then(|| format!("{} -> {after}", left.join(" ")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_plan_is_its_changed_values_and_its_counts() {
        let output = r#"
sagemaker_endpoint.churn: Refreshing state... [id=churn]

  # sagemaker_endpoint.churn will be updated in-place
  ~ resource "sagemaker_endpoint" "churn" {
      ~ last_modified_time          = "2026-11-29T12:35:11.176Z" -> (known after apply)
      ~ tags                        = {
          ~ "team" = "sales" -> "growth"
        }
      ~ tags_all                    = {
          ~ "team" = "sales" -> "growth"
        }
    }

  # sagemaker_endpoint_configuration.churn must be replaced
+/- resource "sagemaker_endpoint_configuration" "churn" {
      ~ arn           = "arn:aws:sagemaker:eu-central-1:123456789012:endpoint-config/churn-1" -> (known after apply)
      ~ production_variants {
          ~ instance_type          = "ml.m5.large" -> "ml.m5.2xlarge" # forces replacement
        }
    }

Plan: 1 to add, 1 to change, 1 to destroy.
"#;
        let lines = [
            r#"sagemaker_endpoint.churn: "team" = "sales" -> "growth""#,
            r#"sagemaker_endpoint_configuration.churn: instance_type = "ml.m5.large" -> "ml.m5.2xlarge""#,
            "Plan: 1 to add, 1 to change, 1 to destroy.",
        ];
        assert_eq!(summary(output), lines);
        let applied = format!("{output}\nApply complete! Resources: 1 added, 1 changed, 1 destroyed.\n");
        let done = "Apply complete! Resources: 1 added, 1 changed, 1 destroyed.";
        assert_eq!(summary(&applied), [lines[0], lines[1], done]);
    }

    #[test]
    fn titles_are_shown_without_their_explanations() {
        let output = "\nWarning: SageMaker AutoML job `churn` is no longer managed\n\nSageMaker has no operation that \
                      deletes it.\n\nDestroy complete! Resources: 7 destroyed.\n";
        let lines =
            ["Warning: SageMaker AutoML job `churn` is no longer managed", "Destroy complete! Resources: 7 destroyed."];
        assert_eq!(summary(output), lines);
    }

    #[test]
    fn an_installation_from_a_mirror_is_one_line() {
        for cli in ["Terraform", "OpenTofu"] {
            let end = format!("{cli} has been successfully initialized!");
            let output = format!(
                "Initializing the backend...\n- Installed sagemaker-rs/sagemaker v0.1.0 (unauthenticated)\n\nWarning: \
                 Incomplete lock file information for providers\n\nDue to …\n{end}\n"
            );
            assert_eq!(summary(&output), [end]);
        }
    }
}
