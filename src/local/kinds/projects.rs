//! Projects, and the status of the portfolio that provides their templates.

use crate::{
    local::{
        error::{ErrorText, ServiceError, VALIDATION},
        kind::{Behavior, Call, Draft, Kind, OLDEST_FIRST, ORDINARY, Revision},
        lifecycle::{LIFECYCLE, Lifecycle},
        operations::{
            ids::{LOWERCASE, generate},
            members::{default, each, put, within},
        },
    },
    value::Value,
};

pub(in crate::local) static KINDS: &[&Kind] = &[&PROJECT];

static PROJECT: Kind = Kind {
    noun: "Project",
    id: "project",
    name: "ProjectName",
    arn: "ProjectArn",
    operations: &[
        ("CreateProject", Behavior::Create(fill)),
        ("UpdateProject", Behavior::Amend(update)),
        ("ListProjects", Behavior::List(OLDEST_FIRST)),
        ("EnableSagemakerServicecatalogPortfolio", Behavior::Other(|call| switch_portfolio(call, "Enabled"))),
        ("DisableSagemakerServicecatalogPortfolio", Behavior::Other(|call| switch_portfolio(call, "Disabled"))),
        ("GetSagemakerServicecatalogPortfolioStatus", Behavior::Other(portfolio_status)),
    ],
    not_found: ErrorText { code: VALIDATION, message: "Project {arn} does not exist." },
    busy: ErrorText { code: VALIDATION, message: "Cannot delete Project in {status} status" },
    deleted: ErrorText { code: VALIDATION, message: "Cannot delete Project in DeleteCompleted status" },
    lifecycle: Some(Lifecycle {
        status: "ProjectStatus",
        creating: &["Pending", "CreateInProgress"],
        created: Some("CreateCompleted"),
        failed: Some("CreateFailed"),
        updating: Some("UpdateInProgress"),
        updated: Some("UpdateCompleted"),
        update_failed: Some("UpdateFailed"),
        deleting: Some("DeleteInProgress"),
        deleted: Some("DeleteCompleted"),
        reason: None,
        ..LIFECYCLE
    }),
    ..ORDINARY
};

const DETAILS: &str = "ServiceCatalogProvisioningDetails";
const PROVIDERS: &str = "TemplateProviderDetails";

fn fill(_: &mut Call<'_>, draft: &mut Draft) -> Result<(), ServiceError> {
    let id = generate(&draft.name, LOWERCASE, 12);
    let members = &mut draft.members;
    put(members, "ProjectId", format!("p-{id}"));
    within(members, DETAILS, |details| default(details, "ProvisioningArtifactId", format!("pa-{id}")));
    if members.contains_key(DETAILS) {
        let product = Value::from([("ProvisionedProductId", format!("pp-{id}").into())]);
        put(&mut draft.results, "ServiceCatalogProvisionedProductDetails", product);
    }
    if let Some(Value::List(providers)) = draft.members.remove("TemplateProviders") {
        put(&mut draft.members, PROVIDERS, Value::List(providers.iter().map(detail).collect()));
    }
    Ok(())
}

/// A provider of templates as describing a project shows it.
fn detail(provider: &Value) -> Value {
    let mut detail = provider.get("CfnTemplateProvider").as_map().cloned().unwrap_or_default();
    let name = detail.get("TemplateName").and_then(Value::as_str).unwrap_or_default();
    let stack =
        Value::from([("Name", format!("sagemaker-{name}").into()), ("StatusMessage", "CREATE_COMPLETE".into())]);
    put(&mut detail, "StackDetail", stack);
    Value::from([("CfnTemplateProviderDetail", Value::Map(detail))])
}

fn update(call: &Call<'_>, revision: &mut Revision) -> Result<(), ServiceError> {
    let members = &mut revision.members;
    for member in ["ServiceCatalogProvisioningUpdateDetails", "TemplateProvidersToUpdate"] {
        members.remove(member);
    }
    if let Value::Map(change) = call.input.get("ServiceCatalogProvisioningUpdateDetails") {
        // API reference, UpdateProject: the latest version unless one is given.
        let latest = Value::from(format!("pa-latest-of-{}", revision.arn.rsplit('/').next().unwrap_or_default()));
        within(members, DETAILS, |details| {
            put(details, "ProvisioningArtifactId", latest);
            details.extend(change.clone());
        });
    }
    for change in call.input.get("TemplateProvidersToUpdate").elements() {
        let change = change.get("CfnTemplateProvider");
        each(members, PROVIDERS, |provider| {
            within(provider, "CfnTemplateProviderDetail", |detail| {
                if detail.get("TemplateName") == Some(change.get("TemplateName")) {
                    // Assumed, as for other lists of an update.
                    detail.remove("Parameters");
                    detail.extend(change.as_map().cloned().unwrap_or_default());
                }
            });
        });
    }
    Ok(())
}

const PORTFOLIO: &str = "ServicecatalogPortfolioStatus";

fn switch_portfolio(call: &mut Call<'_>, status: &'static str) -> Result<Value, ServiceError> {
    call.region.set(PORTFOLIO, status);
    Ok(Value::object())
}

fn portfolio_status(call: &mut Call<'_>) -> Result<Value, ServiceError> {
    let status = call.region.setting(PORTFOLIO).cloned().unwrap_or_else(|| "Disabled".into());
    Ok(Value::from([("Status", status)]))
}

#[cfg(test)]
mod tests {
    use crate::local::tests::bench::{Bench, text};

    const NAME: &str = r#"{"ProjectName":"Churn"}"#;
    const CREATE: &str =
        r#"{"ProjectName":"Churn","ServiceCatalogProvisioningDetails":{"ProductId":"prod-1","PathId":"path-1"}}"#;

    #[test]
    fn a_project_is_created_updated_and_shows_for_a_while_that_it_was_deleted() {
        let bench = Bench::new();
        let id = text(&bench.ok("CreateProject", CREATE), "ProjectId").to_owned();
        let status = || text(&bench.ok("DescribeProject", NAME), "ProjectStatus").to_owned();
        assert_eq!((status().as_str(), id.starts_with("p-")), ("Pending", true));
        bench.wait_half();
        assert_eq!(status(), "CreateInProgress");
        bench.wait_half();
        let update = r#""ServiceCatalogProvisioningUpdateDetails":{"ProvisioningArtifactId":"pa-2"}}"#;
        bench.ok("UpdateProject", &NAME.replace('}', &format!(",{update}")));
        bench.wait();
        let shown = bench.ok("DescribeProject", NAME);
        let details = shown.get("ServiceCatalogProvisioningDetails");
        assert_eq!((text(details, "ProvisioningArtifactId"), text(details, "ProductId")), ("pa-2", "prod-1"));
        bench.ok("DeleteProject", NAME);
        bench.wait();
        assert_eq!(status(), "DeleteCompleted");
        assert_eq!(
            bench.refused("DeleteProject", NAME),
            "ValidationException: Cannot delete Project in DeleteCompleted status"
        );
        bench.ok("CreateProject", CREATE);
    }

    #[test]
    fn the_portfolio_is_off_until_it_is_switched_on() {
        let bench = Bench::new();
        let status = || text(&bench.ok("GetSagemakerServicecatalogPortfolioStatus", "{}"), "Status").to_owned();
        assert_eq!(status(), "Disabled");
        bench.ok("EnableSagemakerServicecatalogPortfolio", "{}");
        assert_eq!(status(), "Enabled");
        bench.ok("DisableSagemakerServicecatalogPortfolio", "{}");
        assert_eq!(status(), "Disabled");
    }
}
