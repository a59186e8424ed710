//! Every argument of every case is removed, and every text and number emptied: what the plan promises, the apply does,
//! and afterwards there is nothing left to do. What an update cannot clear is said in the plan.

use std::{sync::Arc, time::Duration};

use hcl::{Block, Body, Expression, Structure};

use super::{
    case::Case,
    configuration::Configuration,
    for_each, run,
    service::Service,
    workspace::{self, Action, Workspace},
};
use crate::schema::{self, Usage};

/// What the service refuses and no rule of a definition expresses: part of the path of the argument, part of the message.
const REFUSED: &[(&str, &str)] = &[("schedule_config[1].data_analysis_", "must be set if ScheduleExpression is NOW")];

/// What is done to an argument or a block.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Change {
    Removed,
    /// `""`, `0`, `false` or `[]` takes the place of the value.
    Emptied,
}

/// One changed configuration.
struct Trial {
    /// `production_variants[0].initial_variant_weight`.
    path: String,
    change: Change,
    text: String,
}

#[test]
fn whatever_is_no_longer_configured_is_cleared_or_the_plan_says_that_it_stays() {
    let trials: Vec<(Case, &str, Trial)> = Case::all()
        .into_iter()
        .flat_map(|case| ["base.tf", "in_place.tf"].map(|file| (case.clone(), file)))
        .flat_map(|(case, file)| {
            let trials = trials(&case, file);
            trials.into_iter().map(move |trial| (case.clone(), file, trial)).collect::<Vec<_>>()
        })
        .collect();
    for_each(
        &trials,
        |(case, file, trial)| format!("{}/{file}: {} {:?}", case.name, trial.path, trial.change),
        |(case, file, trial)| run(change(case, file, trial)),
    );
}

async fn change(case: &Case, file: &str, trial: &Trial) {
    let (service, signals) = Service::new(Duration::from_millis(300));
    for (operation, input) in case.given() {
        service.must(operation, input);
    }
    let mut workspace = Workspace::new(Arc::clone(&service), signals, "").await;
    workspace.must_apply(&case.configuration(file).expect("the file that was changed")).await;
    let configuration = Configuration::parse(&trial.text);
    let plan = workspace.plan(&configuration).await;
    if !plan.messages.errors.is_empty() || plan.action(&case.address) != Action::Update {
        return;
    }
    let applied = workspace.apply(&configuration, &plan).await;
    let said = |words: &str| plan.messages.warnings.iter().any(|warning| warning.contains(words));
    match &applied.messages.errors[..] {
        [] => {}
        // The service decides on empty values.
        [refused] if trial.change == Change::Emptied && refused.contains("ValidationException") => return,
        [refused] if refused.contains("cannot be removed") && said("cannot be removed") => return,
        [refused] if REFUSED.iter().any(|(path, why)| trial.path.contains(path) && refused.contains(why)) => return,
        errors => panic!("the apply fails: {errors:#?}"),
    }
    let again = workspace.plan(&configuration).await;
    assert_eq!(again.messages.errors, Vec::<String>::new());
    assert_eq!(again.actions(), Vec::<String>::new(), "the plan after the apply");
}

/// The configurations in which one argument or block of the resource of the case is changed.
fn trials(case: &Case, file: &str) -> Vec<Trial> {
    let parsed: Option<hcl::Result<Body>> = case.text(file).map(|text| hcl::parse(&text));
    let Some(body) = parsed.transpose().expect("a configuration") else { return Vec::new() };
    let is_target = |block: &Block| {
        let labels: Vec<&str> = block.labels().iter().map(hcl::BlockLabel::as_str).collect();
        labels.join(".") == case.address
    };
    let place = body.iter().position(|one| one.as_block().is_some_and(is_target)).expect("the resource of the case");
    let resource = body.iter().nth(place).and_then(Structure::as_block).expect("a block");
    let type_name = resource.labels().first().map(hcl::BlockLabel::as_str).expect("a resource has a type");
    let changed = changed(resource.body(), workspace::block(type_name), "");
    changed
        .into_iter()
        .map(|(path, change, inner)| {
            let with = Block { body: inner, ..resource.clone() };
            let all =
                body.iter().enumerate().map(|(at, one)| if at == place { with.clone().into() } else { one.clone() });
            let all = Body::from(all.collect::<Vec<Structure>>());
            Trial { path, change, text: hcl::to_string(&all).expect("a configuration") }
        })
        .collect()
}

/// The bodies in which one argument or block, at any depth, is changed. What the schema requires stays: Terraform itself
/// refuses a configuration without it.
fn changed(body: &Body, schema: &schema::Block, within: &str) -> Vec<(String, Change, Body)> {
    let replaced = |place: usize, by: Option<Structure>| -> Body {
        let others = body.iter().enumerate();
        let all = others.filter_map(|(at, one)| if at == place { by.clone() } else { Some(one.clone()) });
        Body::from(all.collect::<Vec<Structure>>())
    };
    let mut found = Vec::new();
    for (place, structure) in body.iter().enumerate() {
        match structure {
            Structure::Attribute(attribute) => {
                let path = format!("{within}{}", attribute.key());
                let required =
                    schema.attributes.iter().any(|one| one.name == attribute.key() && one.usage == Usage::Required);
                if !required {
                    found.push((path.clone(), Change::Removed, replaced(place, None)));
                }
                if let Some(empty) = empty(attribute.expr()) {
                    let emptied = hcl::Attribute::new(attribute.key(), empty);
                    found.push((path, Change::Emptied, replaced(place, Some(emptied.into()))));
                }
            }
            Structure::Block(block) => {
                let path = format!("{within}{}[{place}]", block.identifier());
                let Some(nested) = schema.blocks.iter().find(|one| one.name == block.identifier()) else { continue };
                let count = body.blocks().filter(|other| other.identifier() == block.identifier()).count();
                if i64::try_from(count).is_ok_and(|count| count > nested.min_items) {
                    found.push((path.clone(), Change::Removed, replaced(place, None)));
                }
                for (path, change, inner) in changed(block.body(), &nested.block, &format!("{path}.")) {
                    let with = Block { body: inner, ..block.clone() };
                    found.push((path, change, replaced(place, Some(with.into()))));
                }
            }
        }
    }
    found
}

/// The empty value of the type of a literal; `None` for what is empty already, and for expressions.
fn empty(value: &Expression) -> Option<Expression> {
    let empty = match value {
        Expression::String(_) | Expression::TemplateExpr(_) => Expression::from(""),
        Expression::Number(_) => Expression::from(0),
        Expression::Bool(_) => Expression::from(false),
        Expression::Array(_) => Expression::Array(Vec::new()),
        _ => return None,
    };
    (empty != *value).then_some(empty)
}
