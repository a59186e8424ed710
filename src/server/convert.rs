//! Converts schemas, paths and diagnostics to protocol messages.

use std::collections::HashMap;

use super::{
    fault::Fault,
    protocol::tfplugin5::{
        ActionSchema, AttributePath, Diagnostic as Message, Function as FunctionMessage, ResourceIdentitySchema,
        Schema as SchemaMessage, ServerCapabilities, StringKind, attribute_path, diagnostic, function, get_metadata,
        get_provider_schema, get_resource_identity_schemas, resource_identity_schema, schema,
    },
};
use crate::{
    diag::{Diagnostic, Diagnostics, Severity},
    engine::Schemas,
    schema::{
        Attribute, Block, Function, IdentityAttribute, IdentitySchema, NestedBlock, Nesting, Parameter, Schema, Usage,
    },
    value::{Path, Step},
};

/// The optional protocol features that this server supports.
pub(super) const CAPABILITIES: ServerCapabilities = ServerCapabilities {
    plan_destroy: true,
    get_provider_schema_optional: true,
    move_resource_state: true,
    generate_resource_config: true,
};

/// The response to GetSchema. Built for each request, since a process receives at most one.
pub(super) fn schemas(schemas: &Schemas) -> get_provider_schema::Response {
    let named = |(name, schema): (&&str, &Schema)| ((*name).to_owned(), schema_message(schema));
    let action =
        |(name, schema): (&&str, &Schema)| ((*name).to_owned(), ActionSchema { schema: Some(schema_message(schema)) });
    get_provider_schema::Response {
        provider: Some(schema_message(&schemas.provider)),
        resource_schemas: schemas.resources.iter().map(named).collect(),
        data_source_schemas: schemas.data_sources.iter().map(named).collect(),
        list_resource_schemas: schemas.lists.iter().map(named).collect(),
        ephemeral_resource_schemas: schemas.ephemerals.iter().map(named).collect(),
        functions: function_messages(schemas),
        action_schemas: schemas.actions.iter().map(action).collect(),
        server_capabilities: Some(CAPABILITIES),
        ..Default::default()
    }
}

/// The response to GetMetadata: the names of all that [`schemas`] describes.
pub(super) fn metadata(schemas: &Schemas) -> get_metadata::Response {
    let resource = |name: &&str| get_metadata::ResourceMetadata { type_name: (*name).to_owned() };
    let data_source = |name: &&str| get_metadata::DataSourceMetadata { type_name: (*name).to_owned() };
    let ephemeral = |name: &&str| get_metadata::EphemeralResourceMetadata { type_name: (*name).to_owned() };
    let action = |name: &&str| get_metadata::ActionMetadata { type_name: (*name).to_owned() };
    let function = |name: &&str| get_metadata::FunctionMetadata { name: (*name).to_owned() };
    let list_resource = |name: &&str| get_metadata::ListResourceMetadata { type_name: (*name).to_owned() };
    get_metadata::Response {
        server_capabilities: Some(CAPABILITIES),
        resources: schemas.resources.keys().map(resource).collect(),
        data_sources: schemas.data_sources.keys().map(data_source).collect(),
        list_resources: schemas.lists.keys().map(list_resource).collect(),
        ephemeral_resources: schemas.ephemerals.keys().map(ephemeral).collect(),
        functions: schemas.functions.keys().map(function).collect(),
        actions: schemas.actions.keys().map(action).collect(),
        ..Default::default()
    }
}

/// All functions by name.
pub(super) fn function_messages(schemas: &Schemas) -> HashMap<String, FunctionMessage> {
    schemas.functions.iter().map(|(name, function)| ((*name).to_owned(), function_message(function))).collect()
}

fn function_message(function: &Function) -> FunctionMessage {
    FunctionMessage {
        parameters: function.parameters.iter().map(parameter).collect(),
        variadic_parameter: function.variadic.as_ref().map(parameter),
        r#return: Some(function::Return { r#type: function.returns.to_json().into_bytes() }),
        summary: function.summary.to_owned(),
        description: function.description.to_owned(),
        description_kind: StringKind::Markdown.into(),
        deprecation_message: String::new(),
    }
}

fn parameter(parameter: &Parameter) -> function::Parameter {
    function::Parameter {
        name: parameter.name.to_owned(),
        r#type: parameter.r#type.to_json().into_bytes(),
        allow_null_value: false,
        allow_unknown_values: false,
        description: parameter.description.to_owned(),
        description_kind: StringKind::Markdown.into(),
    }
}

/// The response to GetResourceIdentitySchemas.
pub(super) fn identities(schemas: &Schemas) -> get_resource_identity_schemas::Response {
    let identity = |(name, schema): (&&str, &IdentitySchema)| ((*name).to_owned(), identity_message(schema));
    get_resource_identity_schemas::Response {
        identity_schemas: schemas.identities.iter().map(identity).collect(),
        diagnostics: Vec::new(),
    }
}

fn identity_message(schema: &IdentitySchema) -> ResourceIdentitySchema {
    use resource_identity_schema::IdentityAttribute as Message;
    let attribute = |attribute: &IdentityAttribute| Message {
        name: attribute.name.to_owned(),
        r#type: attribute.r#type.to_json().into_bytes(),
        required_for_import: attribute.required,
        optional_for_import: !attribute.required,
        description: attribute.description.to_owned(),
    };
    ResourceIdentitySchema {
        version: schema.version,
        identity_attributes: schema.attributes.iter().map(attribute).collect(),
    }
}

fn schema_message(schema: &Schema) -> SchemaMessage {
    SchemaMessage { version: schema.version, block: Some(block(&schema.block)) }
}

fn block(block: &Block) -> schema::Block {
    schema::Block {
        version: 0,
        attributes: block.attributes.iter().map(attribute).collect(),
        block_types: block.blocks.iter().map(nested_block).collect(),
        description: block.description.to_owned(),
        description_kind: StringKind::Markdown.into(),
        deprecated: block.deprecated.is_some(),
        deprecation_message: block.deprecated.unwrap_or_default().to_owned(),
    }
}

fn attribute(attribute: &Attribute) -> schema::Attribute {
    schema::Attribute {
        name: attribute.name.to_owned(),
        r#type: attribute.r#type.to_json().into_bytes(),
        description: attribute.description.to_owned(),
        required: attribute.usage == Usage::Required,
        optional: matches!(attribute.usage, Usage::Optional | Usage::OptionalComputed),
        computed: attribute.usage.is_computed(),
        sensitive: attribute.sensitive,
        description_kind: StringKind::Markdown.into(),
        deprecated: attribute.deprecated.is_some(),
        write_only: attribute.write_only,
        deprecation_message: attribute.deprecated.unwrap_or_default().to_owned(),
    }
}

fn nested_block(nested: &NestedBlock) -> schema::NestedBlock {
    use schema::nested_block::NestingMode;
    let nesting = match nested.nesting {
        Nesting::Single => NestingMode::Single,
        Nesting::List => NestingMode::List,
        Nesting::Set => NestingMode::Set,
    };
    schema::NestedBlock {
        type_name: nested.name.to_owned(),
        block: Some(block(&nested.block)),
        nesting: nesting.into(),
        min_items: nested.min_items,
        max_items: nested.max_items,
    }
}

/// The written value, if any, and the diagnostics including the fault.
pub(super) fn unless_faulty<T>(written: Result<T, Fault>, mut diagnostics: Diagnostics) -> (Option<T>, Vec<Message>) {
    let written = written.map_err(|fault| diagnostics.push(fault.into())).ok();
    (written, messages(diagnostics))
}

pub(super) fn messages(diagnostics: Diagnostics) -> Vec<Message> {
    diagnostics.into_iter().map(message).collect()
}

pub(super) fn message(diagnostic: Diagnostic) -> Message {
    let severity = match diagnostic.severity {
        Severity::Error => diagnostic::Severity::Error,
        Severity::Warning => diagnostic::Severity::Warning,
    };
    Message {
        severity: severity.into(),
        summary: diagnostic.summary,
        detail: diagnostic.detail,
        attribute: (!diagnostic.path.steps().is_empty()).then(|| path(&diagnostic.path)),
    }
}

pub(super) fn path(path: &Path) -> AttributePath {
    use attribute_path::step::Selector;
    let step = |step: &Step| {
        let selector = match step {
            Step::Attribute(name) => Selector::AttributeName(name.clone()),
            Step::Key(key) => Selector::ElementKeyString(key.clone()),
            Step::Index(index) => Selector::ElementKeyInt(i64::try_from(*index).unwrap_or(i64::MAX)),
        };
        attribute_path::Step { selector: Some(selector) }
    };
    AttributePath { steps: path.steps().iter().map(step).collect() }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::schema::Type;

    #[test]
    fn a_schema_states_who_sets_an_attribute() {
        let flags = |usage| {
            let message = attribute(&Attribute {
                name: "a",
                r#type: Type::Map(Box::new(Type::Number)),
                description: "d",
                usage,
                sensitive: true,
                write_only: false,
                deprecated: None,
            });
            assert_eq!((message.r#type, message.sensitive), (b"[\"map\",\"number\"]".to_vec(), true));
            (message.required, message.optional, message.computed)
        };
        assert_eq!(flags(Usage::Required), (true, false, false));
        assert_eq!(flags(Usage::Optional), (false, true, false));
        assert_eq!(flags(Usage::OptionalComputed), (false, true, true));
        assert_eq!(flags(Usage::Computed), (false, false, true));
    }

    #[test]
    fn a_deprecation_has_its_message() {
        let message = block(&Block { deprecated: Some("Use b."), ..Block::default() });
        assert!(message.deprecated);
        assert_eq!(message.deprecation_message, "Use b.");
    }

    #[test]
    fn a_diagnostic_has_its_attribute_path() {
        use attribute_path::step::Selector;
        let at = Path::attribute("variant").index(2).then("tags").key("team");
        let message = message(Diagnostic::warning("s", "d").at(&at));
        assert_eq!(message.severity(), diagnostic::Severity::Warning);
        let selectors: Vec<_> =
            message.attribute.expect("a path").steps.into_iter().map(|step| step.selector.expect("set")).collect();
        assert_eq!(
            selectors,
            [
                Selector::AttributeName("variant".to_owned()),
                Selector::ElementKeyInt(2),
                Selector::AttributeName("tags".to_owned()),
                Selector::ElementKeyString("team".to_owned()),
            ]
        );
        assert_eq!(super::message(Diagnostic::error("s", "d")).attribute, None);
    }
}
