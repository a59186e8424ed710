//! `moved` blocks for what states have of other providers.

use std::collections::{BTreeMap, BTreeSet};

use super::state_file::Foreign;
use crate::engine::taking_over;

/// Where the resources of other providers move.
#[derive(Debug)]
pub(super) struct Moves {
    /// The `moved` blocks by module.
    blocks: BTreeMap<String, Vec<String>>,
    /// What no resource type of this provider takes over.
    pub(super) unknown: Vec<Foreign>,
}

/// The moves of all these resources. A block moves all instances of its resource.
pub(super) fn moves(resources: BTreeSet<Foreign>) -> Moves {
    let mut moves = Moves { blocks: BTreeMap::new(), unknown: Vec::new() };
    for resource in resources {
        match taking_over(&resource.type_name) {
            Some(ours) => moves.blocks.entry(resource.module.clone()).or_default().push(block(&resource, ours)),
            None => moves.unknown.push(resource),
        }
    }
    moves
}

impl Moves {
    /// The blocks of the root module, then those of the other modules as comments: Terraform takes a `moved` block of
    /// another type only in the module that holds the resource.
    pub(super) fn hcl(&self) -> String {
        let parts = self.blocks.iter().map(|(module, blocks)| {
            let blocks = blocks.join("\n");
            if module.is_empty() { blocks } else { commented(&format!("In {module}:\n\n{blocks}")) }
        });
        parts.collect::<Vec<_>>().join("\n")
    }
}

fn block(Foreign { type_name, name, .. }: &Foreign, ours: &str) -> String {
    format!("moved {{\n  from = {type_name}.{name}\n  to   = {ours}.{name}\n}}\n")
}

fn commented(text: &str) -> String {
    text.lines().map(|line| format!("# {line}").trim_end().to_owned() + "\n").collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn foreign(module: &str, type_name: &str) -> Foreign {
        Foreign { module: module.to_owned(), type_name: type_name.to_owned(), name: "a".to_owned() }
    }

    #[test]
    fn what_is_in_modules_is_a_comment() {
        let resources = [
            foreign("module.b", "aws_sagemaker_model"),
            foreign("", "awscc_sagemaker_experiment_trial_component"),
            foreign("", "aws_sagemaker_model"),
        ];
        let expected = "\
moved {
  from = aws_sagemaker_model.a
  to   = sagemaker_model.a
}

moved {
  from = awscc_sagemaker_experiment_trial_component.a
  to   = sagemaker_trial_component.a
}

# In module.b:
#
# moved {
#   from = aws_sagemaker_model.a
#   to   = sagemaker_model.a
# }
";
        let moves = moves(resources.into());
        assert_eq!((moves.hcl().as_str(), moves.unknown.as_slice()), (expected, &[][..]));
    }

    #[test]
    fn what_has_no_counterpart_is_reported() {
        let unknown = foreign("", "aws_sagemaker_unicorn");
        let moves = moves([unknown.clone()].into());
        assert_eq!((moves.hcl(), moves.unknown), (String::new(), vec![unknown]));
    }
}
