//! Static tables of all resources, queries, actions and ephemeral resources: the facts of the service model joined with the
//! hand-written definition files of `schemas/`.
//!
//! `compile` generates the tables at build time; the program only reads them. This room knows no wire format, makes no
//! calls and takes no decisions: the engine acts on the fields.

pub(crate) mod action;
pub(crate) mod attribute;
pub(crate) mod bounds;
pub(crate) mod call;
pub(crate) mod camel_case;
#[cfg(test)]
pub(crate) mod compile;
#[cfg_attr(not(test), allow(dead_code, reason = "only the build and the pages write durations"))]
pub(crate) mod duration;
pub(crate) mod iam;
pub(crate) mod images;
pub(crate) mod resource;
pub(crate) mod rule;
pub mod service;
pub(crate) mod shape;
mod terraform;

use crate::arn::Arn;

pub use action::{Action, Completion};
pub use attribute::{Attribute, AttributeKind, Change, Clearing, Equality, InPlaceOnly, Literal, Origin};
pub use bounds::Bounds;
pub use call::Call;
pub use iam::{ArnForm, PASS_ROLE, PASSED_TO, Permission, covers, is_passed_role};
pub use iam_tables::{ARN_FORMS, NEWER, PERMISSIONS};
pub use images::Registry;
pub use resource::{
    ErrorMatch, FurtherCalls, Identity, Listing, Naming, Operations, Phase, Replacement, Resource, Retry, Tags,
    UpdateNeeds, UpdateSends, Wait,
};
pub use rule::{Check, Rule, Test, When};
/// The attribute names of each resource as constants, so that a wrong name does not compile.
pub(crate) use tables::names;
pub use tables::{ACTIONS, EPHEMERALS, QUERIES, REGISTRIES, RESOURCES, SUFFIXES};
pub(crate) use terraform::block_of;

/// The tables that the build generates.
#[allow(dead_code, unused_qualifications, reason = "generated for all attributes, not only for those in use")]
mod tables {
    use super::*;
    use crate::schema::{Nesting, Usage};

    include!(concat!(env!("OUT_DIR"), "/definitions.rs"));
}

/// The tables of `schemas/iam.json`, which the build generates.
mod iam_tables {
    use super::{ArnForm, Permission};

    include!(concat!(env!("OUT_DIR"), "/iam.rs"));
}

/// What IAM checks of an operation; `None` if the operation is newer than the facts.
pub fn permission(operation: &str) -> Option<&'static Permission> {
    let found = PERMISSIONS.binary_search_by(|permission| permission.operation.cmp(operation));
    found.ok().map(|found| &PERMISSIONS[found])
}

/// The ARNs of a resource type of IAM; `None` if there is no such type.
pub fn arn_form(resource_type: &str) -> Option<&'static str> {
    let found = ARN_FORMS.binary_search_by(|arn| arn.resource_type.cmp(resource_type));
    found.ok().map(|found| ARN_FORMS[found].form)
}

/// The resource type of an ARN in IAM: of those whose form fits, the one with the most parts. `None`: of no type.
pub fn arn_type(arn: &str) -> Option<&'static str> {
    let path = Arn::parse(arn)?.resource;
    let fitting = ARN_FORMS.iter().filter(|of_type| of_type.fits(path));
    fitting.max_by_key(|of_type| of_type.form.split('/').count()).map(|of_type| of_type.resource_type)
}

/// The definition of a resource type such as `sagemaker_model`; `None` if there is no such resource.
pub fn resource(type_name: &str) -> Option<&'static Resource> {
    RESOURCES.binary_search_by(|resource| resource.type_name.cmp(type_name)).ok().map(|found| &RESOURCES[found])
}

/// The registry that hosts a repository; `None` if the repository is unknown.
pub fn registry(repository: &str) -> Option<&'static Registry> {
    REGISTRIES.iter().find(|registry| registry.repositories.contains(&repository))
}

/// The DNS suffix of a region: `amazonaws.com`, or that of its partition.
pub fn dns_suffix(region: &str) -> &'static str {
    let special = SUFFIXES.iter().find(|(beginning, _)| region.starts_with(beginning));
    special.map_or("amazonaws.com", |(_, suffix)| *suffix)
}

/// The query of a data source such as `sagemaker_models`; `None` if there is no such query.
pub fn query(type_name: &str) -> Option<&'static Call> {
    QUERIES.binary_search_by(|query| query.type_name.cmp(type_name)).ok().map(|found| &QUERIES[found])
}

/// The query that calls the list operation of a resource; `None` if the API cannot list the objects.
pub fn listing_query(resource: &Resource) -> Option<&'static Call> {
    let list = resource.operations.list?;
    QUERIES.iter().find(|query| query.operation.name == list.name)
}

/// The definition of an ephemeral resource; `None` if there is no such type.
pub fn ephemeral(type_name: &str) -> Option<&'static Call> {
    EPHEMERALS.iter().find(|call| call.type_name == type_name)
}

/// The definition of an action; `None` if there is no such action.
pub fn action(type_name: &str) -> Option<&'static Action> {
    ACTIONS.iter().find(|action| action.call.type_name == type_name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn queries_are_found_by_type_and_are_not_resources() {
        assert!(QUERIES.iter().all(|found| query(found.type_name).is_some_and(|same| std::ptr::eq(same, found))));
        assert!(QUERIES.iter().all(|found| resource(found.type_name).is_none()));
    }

    #[test]
    fn every_operation_has_an_action_or_is_newer_than_the_facts() {
        let lacks =
            |operation: &&&service::Operation| permission(operation.name).is_some() == NEWER.contains(&operation.name);
        let lacking: Vec<&str> = service::OPERATIONS.iter().filter(lacks).map(|operation| operation.name).collect();
        assert_eq!(lacking, [""; 0], "run schemas/cut_iam.py");
        let gone: Vec<&&str> = NEWER.iter().filter(|name| service::operation(name).is_none()).collect();
        assert_eq!(gone, [&""; 0], "run schemas/cut_iam.py");
        let of_tags = ["AddTags", "DeleteTags", "ListTags"].map(|name| permission(name).map(|one| one.resources.len()));
        assert!(of_tags.iter().all(|types| types.is_some_and(|types| types > 50)), "{of_tags:?}");
        assert_eq!(permission("Search").map(|search| search.resources), Some(&[][..]));
        assert_eq!(arn_form("endpoint-config"), Some("endpoint-config/${EndpointConfigName}"));
    }

    #[test]
    fn an_arn_is_of_the_type_with_the_most_parts() {
        for (path, expected) in [
            ("model/m", Some("model")),
            ("model-package/g/1", Some("model-package")),
            ("model-card/c/export-job/j", Some("model-card-export-job")),
            ("hub-content/h/Model/m/1.0.0", Some("hub-content")),
            ("workteam/private-crowd/t", Some("workteam")),
            ("dragon/d", None),
        ] {
            assert_eq!(arn_type(&format!("arn:aws:sagemaker:eu-west-1:123456789012:{path}")), expected, "{path}");
        }
    }

    #[test]
    fn resources_are_found_by_type() {
        assert!(RESOURCES.is_sorted_by(|one, two| one.type_name < two.type_name));
        assert!(RESOURCES.iter().all(|found| resource(found.type_name).is_some_and(|same| std::ptr::eq(same, found))));
        assert!(resource("sagemaker_nothing").is_none());
    }

    #[test]
    fn every_level_of_attributes_is_sorted_and_described() {
        fn check(type_name: &str, attributes: &[Attribute]) {
            assert!(attributes.is_sorted_by(|one, two| one.name < two.name), "{type_name}");
            for attribute in attributes {
                assert!(!attribute.description.is_empty(), "{type_name}: {}", attribute.name);
                check(type_name, attribute.attributes());
            }
        }
        for resource in RESOURCES {
            check(resource.type_name, resource.attributes);
        }
        for query in QUERIES {
            check(query.type_name, query.attributes);
        }
    }

    #[test]
    fn attributes_refer_to_existing_members() {
        for resource in RESOURCES {
            let Operations { create, update, delete, .. } = &resource.operations;
            for attribute in resource.attributes {
                let Some(member) = attribute.member() else { continue };
                let on = |shape: &service::Shape, name: &str| shape.member(name).is_some();
                let place = format!("{}.{}", resource.type_name, attribute.name);
                assert!(!attribute.on_create || on(create.input, member), "{place}");
                // A special file carries out what no input has.
                let special = !attribute.on_create && attribute.observed;
                let on_update =
                    update.is_some_and(|update| on(update.input, attribute.update_member().unwrap_or_default()));
                assert!(!attribute.on_update || on_update || special, "{place}");
                let in_read = attribute.read_member().unwrap_or_default().split('.').next().unwrap_or_default();
                assert!(!attribute.observed || on(resource.object_shape(), in_read), "{place}");
                assert!(!attribute.on_delete || delete.is_some_and(|it| on(it.input, member)), "{place}");
                let Attribute { on_create, on_update, on_delete, observed, .. } = *attribute;
                assert!(on_create || on_update || on_delete || observed, "{place}");
            }
        }
    }
}
