//! Which pages there are: the directories of the registry's layout, each with the types that it shows.

use std::{
    path::{Path, PathBuf},
    sync::LazyLock,
};

use super::{
    arguments::Role,
    call::{self, Described, Template},
    function,
    markdown::{first_paragraph, first_sentence, verbal},
    resource,
};
use crate::{
    definition::{self, ACTIONS, Attribute, EPHEMERALS, Phase, QUERIES, RESOURCES},
    engine::{
        Engine, Provider,
        list::arguments::{filters, rules},
        tests::connected::unconfigured,
    },
    permissions,
    schema::{Function, Schema},
    special::SPECIALS,
};

/// A directory of pages.
pub(super) struct Kind {
    /// Below `docs/`; `None` for the page of the provider.
    pub(super) directory: Option<&'static str>,
    /// The pages, by the name of the type without `sagemaker_`.
    pages: fn() -> Vec<(String, String)>,
}

impl Kind {
    /// The pages by path.
    pub(super) fn pages(&self) -> Vec<(PathBuf, String)> {
        let directory = Path::new("docs").join(self.directory.unwrap_or_default());
        let path = |(name, text): (String, String)| {
            (directory.join(name.trim_start_matches("sagemaker_")).with_extension("md"), text)
        };
        (self.pages)().into_iter().map(path).collect()
    }
}

/// All of them.
pub(super) const KINDS: &[Kind] = &[
    Kind { directory: None, pages: provider },
    Kind { directory: Some("resources"), pages: resources },
    Kind { directory: Some("data-sources"), pages: data_source_pages },
    Kind { directory: Some("list-resources"), pages: lists },
    Kind { directory: Some("actions"), pages: actions },
    Kind { directory: Some("ephemeral-resources"), pages: ephemerals },
    Kind { directory: Some("functions"), pages: functions },
];

/// The provider as hosts see it.
static ENGINE: LazyLock<Engine> = LazyLock::new(|| unconfigured(SPECIALS));

fn provider() -> Vec<(String, String)> {
    vec![("index".to_owned(), call::index(ENGINE.schemas()))]
}

fn resources() -> Vec<(String, String)> {
    let schemas = ENGINE.schemas();
    let page = |one: &definition::Resource| {
        let text = resource::page(one, &schemas.resources[one.type_name], &schemas.identities[one.type_name]);
        (one.type_name.to_owned(), text)
    };
    RESOURCES.iter().map(page).collect()
}

fn data_source_pages() -> Vec<(String, String)> {
    const TEMPLATE: Template = Template { title: "Data Source", examples: "data-sources", extension: ".tf", note: "" };
    let page = |(type_name, schema): (&&'static str, &Schema)| {
        let query = QUERIES.iter().find(|query| query.type_name == *type_name);
        let object = RESOURCES.iter().find(|one| one.type_name == *type_name);
        let rules = query.map_or(&[][..], |query| query.rules);
        let (definitions, operations, description): (&[Attribute], Vec<&'static str>, String) = match (query, object) {
            (Some(query), _) => (query.attributes, vec![query.operation.name], query.description.to_owned()),
            (None, Some(one)) => {
                let name = type_name.trim_start_matches("sagemaker_");
                let object = verbal("Reads", first_sentence(&first_paragraph(one.description)));
                let description = format!(
                    "{object}\n\nIts attributes are those of the resource [`{type_name}`](../resources/{name}.md)."
                );
                (one.attributes, vec![one.operations.read.name], description)
            }
            (None, None) => (&[], Vec::new(), schema.block.description.to_owned()),
        };
        let role = if object.is_some() { Role::Lookup } else { Role::Call };
        let actions = permissions::of_data_source(type_name);
        let described = Described { definitions, rules, role, operations: &operations, actions };
        ((*type_name).to_owned(), call::page(&TEMPLATE, type_name, &description, schema, &described))
    };
    ENGINE.schemas().data_sources.iter().map(page).collect()
}

fn lists() -> Vec<(String, String)> {
    const TEMPLATE: Template = Template {
        title: "List Resource",
        examples: "list-resources",
        extension: ".tfquery.hcl",
        note: "Used by `terraform query` of Terraform 1.14 or later, in a file that ends in `.tfquery.hcl`.",
    };
    let page = |(type_name, schema): (&&'static str, &Schema)| {
        let one = definition::resource(type_name).expect("a list is one of a resource type");
        let list: Vec<&'static str> = one.operations.list.iter().map(|operation| operation.name).collect();
        let actions = list_actions(type_name);
        let rules = rules(one, &filters(one));
        let described = Described { definitions: &[], rules: &rules, role: Role::Call, operations: &list, actions };
        let name = type_name.trim_start_matches("sagemaker_");
        let description =
            format!("Lists the objects in an account that [`{type_name}`](../resources/{name}.md) can manage.");
        ((*type_name).to_owned(), call::page(&TEMPLATE, type_name, &description, schema, &described))
    };
    ENGINE.schemas().lists.iter().map(page).collect()
}

/// The actions of a listing, with those that read each object.
fn list_actions(type_name: &str) -> Vec<&'static str> {
    let phases = permissions::of_resource(type_name).into_iter();
    phases.filter(|(phase, _)| *phase == Phase::List).flat_map(|(_, actions)| actions).collect()
}

fn actions() -> Vec<(String, String)> {
    const TEMPLATE: Template = Template {
        title: "Action",
        examples: "actions",
        extension: ".tf",
        note: "Actions need Terraform 1.14 or later.",
    };
    let schemas = &ENGINE.schemas().actions;
    let page = |action: &definition::Action| {
        let read = action.completion.as_ref().map(|completion| completion.read.name);
        let operations: Vec<&'static str> = [action.call.operation.name].into_iter().chain(read).collect();
        let type_name = action.call.type_name;
        let actions = permissions::of_action_type(type_name);
        let described = Described::of(&action.call, &operations, actions);
        (
            type_name.to_owned(),
            call::page(&TEMPLATE, type_name, action.call.description, &schemas[type_name], &described),
        )
    };
    ACTIONS.iter().map(page).collect()
}

fn ephemerals() -> Vec<(String, String)> {
    const TEMPLATE: Template = Template {
        title: "Ephemeral Resource",
        examples: "ephemeral-resources",
        extension: ".tf",
        note: "Ephemeral resources need Terraform 1.10 or OpenTofu 1.11 or later. What they return is in no plan and no state.",
    };
    let schemas = &ENGINE.schemas().ephemerals;
    let page = |one: &definition::Call| {
        let actions = permissions::of_ephemeral_resource(one.type_name);
        let operations = [one.operation.name];
        let described = Described::of(one, &operations, actions);
        (
            one.type_name.to_owned(),
            call::page(&TEMPLATE, one.type_name, one.description, &schemas[one.type_name], &described),
        )
    };
    EPHEMERALS.iter().map(page).collect()
}

fn functions() -> Vec<(String, String)> {
    let page = |(name, function): (&&str, &Function)| ((*name).to_owned(), function::page(name, function));
    ENGINE.schemas().functions.iter().map(page).collect()
}
