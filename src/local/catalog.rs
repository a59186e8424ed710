//! The list of all kinds and of all operations. Only the top of the room knows it; lower files that look up a kind
//! receive the catalog with the call.

use std::{collections::HashMap, sync::LazyLock};

use super::{
    kind::{Behavior, Catalog, Handle, Kind, NEWEST_FIRST, Operations},
    kinds::{
        ai, algorithm, auto_ml_job, cards, cluster_capacity, cluster_extension, cluster_moves, clusters, edge,
        endpoint, endpoint_config, feature_group, hubs, images, inference, inference_gateways, jobs, lineage, mlflow,
        model, model_package, model_package_group, monitoring, notebooks, people, pipelines, plans, projects, search,
        studio, studio_configs, tagging, training,
    },
    operations::ordinary::{accept_draft, accept_revision, if_stable, show_as_stored},
};
use crate::definition::service::{self, Operation};

static KINDS: &[&[&Kind]] = &[
    &[
        &algorithm::KIND,
        &auto_ml_job::KIND,
        &cluster_extension::KIND,
        &clusters::KIND,
        &endpoint::KIND,
        &endpoint_config::KIND,
        &feature_group::KIND,
        &inference_gateways::KIND,
        &model::KIND,
        &model_package::KIND,
        &model_package_group::KIND,
    ],
    ai::KINDS,
    cards::KINDS,
    cluster_capacity::KINDS,
    edge::KINDS,
    hubs::KINDS,
    images::KINDS,
    inference::KINDS,
    jobs::KINDS,
    lineage::KINDS,
    mlflow::KINDS,
    monitoring::KINDS,
    notebooks::KINDS,
    people::KINDS,
    pipelines::KINDS,
    plans::KINDS,
    projects::KINDS,
    studio::KINDS,
    studio_configs::KINDS,
    training::KINDS,
];

/// The operations that belong to no kind.
static OTHERS: &[Operations] =
    &[cluster_moves::OPERATIONS, lineage::OPERATIONS, search::OPERATIONS, tagging::OPERATIONS];

/// The default behavior of operations with these verbs.
static ORDINARY: &[(&str, Behavior)] = &[
    ("Create", Behavior::Create(accept_draft)),
    ("Describe", Behavior::Describe(show_as_stored)),
    ("Update", Behavior::Amend(accept_revision)),
    ("Delete", Behavior::Delete(if_stable)),
    ("Stop", Behavior::Stop),
    ("List", Behavior::List(NEWEST_FIRST)),
];

/// All kinds.
pub(super) static CATALOG: LazyLock<Catalog> =
    LazyLock::new(|| Catalog::new(KINDS.iter().copied().flatten().copied().collect()));

static OPERATIONS: LazyLock<HashMap<&'static str, (&'static Kind, &'static Behavior)>> = LazyLock::new(|| {
    let of = |kind: &'static Kind, behaviors: &'static [(&'static str, Behavior)]| {
        behaviors.iter().filter_map(move |(name, behavior)| Some((operation_of(kind, name)?.name, (kind, behavior))))
    };
    let ordinary = CATALOG.kinds().flat_map(|kind| of(kind, ORDINARY));
    let special = CATALOG.kinds().flat_map(|kind| of(kind, kind.operations));
    // Special ones replace ordinary ones.
    ordinary.chain(special).collect()
});

/// The kind of an operation, and its behavior.
pub(super) fn behavior(operation: &str) -> Option<(&'static Kind, &'static Behavior)> {
    OPERATIONS.get(operation).copied()
}

/// The function of an operation that belongs to no kind.
pub(super) fn other(operation: &str) -> Option<Handle> {
    let mut others = OTHERS.iter().copied().flatten();
    others.find(|(name, _)| *name == operation).map(|(_, handle)| *handle)
}

/// Every operation that belongs to a kind.
#[cfg(test)]
pub(super) fn behaviors() -> impl Iterator<Item = (&'static str, (&'static Kind, &'static Behavior))> {
    OPERATIONS.iter().map(|(name, found)| (*name, *found))
}

/// The operation of the model that the table of a kind names, also by its verb alone.
pub(super) fn operation_of(kind: &Kind, name: &str) -> Option<&'static Operation> {
    let noun = kind.noun;
    match name {
        "List" => {
            let plural = noun.strip_suffix('y').map(|stem| format!("List{stem}ies"));
            service::operation(&format!("List{noun}s")).or_else(|| service::operation(&plural?))
        }
        "Create" | "Describe" | "Update" | "Delete" | "Stop" => service::operation(&format!("{name}{noun}")),
        name => service::operation(name),
    }
}
