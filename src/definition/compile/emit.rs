//! Writes the tables as Rust source: the statics that `definition::service` and `definition` include.

use std::collections::BTreeMap;

use super::{
    file::{ErrorMatch, Identity, Naming, Operations, Retry, Tags, Wait},
    images::{Images, Registry},
    joined::{Attribute, Clearing, Kind, Query, Resource, Rule, Shape},
    model::{self, Member, Model, Operation},
    pattern,
};

/// The source of `service.rs`: all operations and shapes.
pub(crate) fn service(model: &Model) -> String {
    let mut patterns = Patterns::default();
    let shapes: String = model.shapes().map(|shape| write_shape(shape, &mut patterns)).collect();
    let references: String = model.shapes().map(|(name, _)| format!("&shapes::{name},\n")).collect();
    let operations: String = model.operations.iter().map(write_operation).collect();
    format!(
        "pub(super) mod shapes {{\n\
         #![expect(non_upper_case_globals, reason = \"shapes are named as the API names them\")]\n\
         use super::*;\n{patterns}{shapes}}}\n\
         pub static SHAPES: &[&Shape] = &[\n{references}];\n\
         pub static OPERATIONS: &[Operation] = &[\n{operations}];\n\
         {tags}",
        patterns = patterns.statics(),
        tags = write_tag_map(model),
    )
}

/// Terraform's form of the API's list of tags, with the same limits.
fn write_tag_map(model: &Model) -> String {
    let Some(list) = model.find_shape("TagList") else { return String::new() };
    let max = list.max.map(|max| max as i64);
    format!(
        "/// Tags as Terraform has them: values by key.\n\
         pub static TAG_MAP: Shape = Shape {{ name: \"TagMap\", sensitive: false, kind: ShapeKind::Map {{ \
         key: &shapes::TagKey, value: &shapes::TagValue, min: None, max: {max:?} }} }};\n"
    )
}

fn write_operation((name, operation): (&String, &Operation)) -> String {
    let Operation { input, output, errors, pages } = operation;
    let output = output.as_ref().map_or("NOTHING".to_owned(), |output| format!("shapes::{output}"));
    format!(
        "Operation {{ name: {name:?}, input: &shapes::{input}, output: &{output}, errors: &{errors:?}, \
         pages: {pages:?} }},\n"
    )
}

fn write_shape<'a>((name, shape): (&str, &'a model::Shape), patterns: &mut Patterns<'a>) -> String {
    format!(
        "pub(crate) static {name}: Shape = Shape {{ name: {name:?}, kind: ShapeKind::{}, sensitive: {} }};\n",
        write_kind(shape, patterns),
        shape.sensitive
    )
}

fn write_kind<'a>(shape: &'a model::Shape, patterns: &mut Patterns<'a>) -> String {
    // Only floating-point numbers have bounds with a fraction: `Model::read` refuses others.
    let [min, max] = [shape.min, shape.max].map(|bound| bound.map(|bound| bound as i64));
    let bounds = format!("min: {min:?}, max: {max:?}");
    match &shape.kind {
        model::Kind::String { pattern, values } => {
            let pattern = pattern.as_ref().map(|pattern| patterns.reference(pattern));
            let pattern = pattern.map_or("None".to_owned(), |pattern| format!("Some(&{pattern})"));
            format!("String {{ {bounds}, pattern: {pattern}, values: &{values:?} }}")
        }
        model::Kind::Integer { long } => format!("Integer {{ long: {long}, {bounds} }}"),
        model::Kind::Float { .. } => format!("Float {{ min: {:?}, max: {:?} }}", shape.min, shape.max),
        model::Kind::Boolean => "Boolean".to_owned(),
        model::Kind::Timestamp => "Timestamp".to_owned(),
        model::Kind::List { element } => format!("List {{ element: &{element}, {bounds} }}"),
        model::Kind::Map { key, value } => format!("Map {{ key: &{key}, value: &{value}, {bounds} }}"),
        model::Kind::Structure { members, union } => {
            let members: String = members.iter().map(write_member).collect();
            format!("Structure {{ members: &[{members}], union: {union} }}")
        }
    }
}

fn write_member(member: &Member) -> String {
    let Member { name, shape, required, token } = member;
    format!("Member {{ name: {name:?}, shape: &{shape}, required: {required}, idempotency_token: {token} }},")
}

/// The patterns met so far, each of which becomes one static.
#[derive(Default)]
struct Patterns<'a>(BTreeMap<&'a str, usize>);

impl<'a> Patterns<'a> {
    /// The static of a pattern.
    fn reference(&mut self, source: &'a str) -> String {
        let next = self.0.len();
        pattern_name(*self.0.entry(source).or_insert(next))
    }

    fn statics(&self) -> String {
        let write = |(source, number): (&&str, &usize)| {
            let (name, regex) = (pattern_name(*number), pattern::translate(source));
            format!("static {name}: Pattern = Pattern {{ source: {source:?}, regex: {regex:?} }};\n")
        };
        self.0.iter().map(write).collect()
    }
}

fn pattern_name(number: usize) -> String {
    format!("PATTERN_{number}")
}

/// The source of `definitions.rs`: all resources and queries, and who hosts prebuilt images.
pub(super) fn definitions(model: &Model, resources: &[Resource], queries: &[Query], images: &Images) -> String {
    let operations = model.operations.keys().enumerate().map(|(index, name)| (name.as_str(), index)).collect();
    let mut tables = Tables { operations, lists: BTreeMap::new(), statics: String::new() };
    let resources: String = resources.iter().map(|resource| tables.resource(resource)).collect();
    let queries: String = queries.iter().map(|query| tables.query(query)).collect();
    format!(
        "{}pub static RESOURCES: &[Resource] = &[\n{resources}];\npub static QUERIES: &[Query] = &[\n{queries}];\n{}",
        tables.statics,
        write_images(images)
    )
}

fn write_images(Images { suffixes, registry }: &Images) -> String {
    let registries: String = registry
        .iter()
        .map(|Registry { repositories, accounts }| {
            let accounts: Vec<_> = accounts.iter().collect();
            format!("Registry {{ repositories: &{repositories:?}, accounts: &{accounts:?} }},\n")
        })
        .collect();
    let suffixes: Vec<_> = suffixes.iter().collect();
    format!(
        "pub static REGISTRIES: &[Registry] = &[\n{registries}];\n\
         pub static SUFFIXES: &[(&str, &str)] = &{suffixes:?};\n"
    )
}

/// The statics that resources share.
struct Tables<'a> {
    /// Where each operation stands in `OPERATIONS`.
    operations: BTreeMap<&'a str, usize>,
    /// Each list of attributes with the number of its static: the same settings occur again and again.
    lists: BTreeMap<String, usize>,
    statics: String,
}

impl Tables<'_> {
    fn resource(&mut self, resource: &Resource) -> String {
        let Resource { file, attributes, rules } = resource;
        format!(
            "Resource {{ type_name: {:?}, noun: {:?}, description: {:?}, schema_version: {}, log_group: {:?}, \
             operations: {}, identity: {}, attributes: {}, rules: &[{}], tags: {}, create_wait: {}, update_wait: {}, \
             stop_wait: {}, delete_wait: {}, completion: {}, retries: &[{}], update_sends: UpdateSends::{:?}, \
             update_needs: {:?}, loses: {:?}, in_use: {:?} }},\n",
            file.type_name(),
            file.noun,
            file.description,
            file.schema_version,
            file.log_group,
            self.write_operations(&file.operations),
            write_identity(&file.identity),
            self.list(attributes),
            rules.iter().map(write_rule).collect::<String>(),
            write_option(&file.tags, write_tags),
            write_option(&file.wait.create, write_wait),
            write_option(&file.wait.update, write_wait),
            write_option(&file.wait.stop, write_wait),
            write_option(&file.wait.delete, write_wait),
            write_option(&file.wait.completion, write_wait),
            file.retries.iter().map(write_retry).collect::<String>(),
            file.update_sends,
            file.update_needs,
            file.loses(),
            file.in_use,
        )
    }

    fn query(&mut self, query: &Query) -> String {
        let Query { type_name, operation, noun, description, attributes } = query;
        format!(
            "Query {{ type_name: {type_name:?}, noun: {noun:?}, description: {description:?}, operation: {}, \
             attributes: {} }},\n",
            self.operation(operation),
            self.list(attributes),
        )
    }

    fn write_operations(&self, operations: &Operations) -> String {
        let Operations { create, read, object, update, delete, stop, list } = operations;
        format!(
            "Operations {{ create: {}, read: {}, object: {object:?}, update: {}, delete: {}, stop: {}, list: {} }}",
            self.operation(create),
            self.operation(read),
            write_option(update, |name| self.operation(name)),
            write_option(delete, |name| self.operation(name)),
            write_option(stop, |name| self.operation(name)),
            write_option(list, |name| self.operation(name)),
        )
    }

    fn operation(&self, name: &str) -> String {
        format!("&service::OPERATIONS[{}]", self.operations[name])
    }

    /// The static that holds the attributes.
    fn list(&mut self, attributes: &[Attribute]) -> String {
        let text: String = attributes.iter().map(|attribute| self.attribute(attribute)).collect();
        let next = self.lists.len();
        let number = *self.lists.entry(text).or_insert_with_key(|text| {
            self.statics += &format!("static ATTRIBUTES_{next}: &[Attribute] = &[\n{text}];\n");
            next
        });
        format!("ATTRIBUTES_{number}")
    }

    fn attribute(&mut self, attribute: &Attribute) -> String {
        let Attribute {
            name, description, origin, in_update, in_read, only, kind, usage, sensitive, concealed, ..
        } = attribute;
        let Attribute { on_create, on_update, on_delete, observed, change, closed, key, .. } = attribute;
        let Attribute { additions, made_up, filled_in, deprecated, .. } = attribute;
        format!(
            "Attribute {{ name: {name:?}, description: {description:?}, origin: Origin::{origin:?}, \
             in_update: {in_update:?}, in_read: {in_read:?}, only: {only:?}, kind: {}, \
             usage: crate::schema::Usage::{usage:?}, sensitive: {sensitive}, concealed: {concealed}, deprecated: {deprecated:?}, \
             on_create: {on_create}, on_update: {on_update}, on_delete: {on_delete}, observed: {observed}, change: Change::{change:?}, \
             default: {}, equality: Equality::{}, closed: {closed}, key: {key:?}, clearing: Clearing::{}, \
             additions: {additions:?}, made_up: {made_up}, filled_in: {filled_in} }},\n",
            self.kind(kind),
            write_option(&attribute.default, |default| format!("Literal::{default:?}")),
            attribute.equality.map_or("Exact".to_owned(), |equality| format!("{equality:?}")),
            attribute.clearing.as_ref().map_or("Omit".to_owned(), write_clearing),
        )
    }

    fn kind(&mut self, kind: &Kind) -> String {
        match kind {
            Kind::Plain { shape, set } => format!("Kind::Plain {{ shape: {}, set: {set} }}", reference(shape)),
            Kind::Block { shape, nesting, single, min_items, max_items, attributes } => format!(
                "Kind::Block {{ shape: {}, nesting: crate::schema::Nesting::{nesting:?}, single: {single}, \
                 min_items: {min_items}, max_items: {max_items}, attributes: {} }}",
                reference(shape),
                self.list(attributes)
            ),
            Kind::Objects { shape, set, single, max_items, attributes } => format!(
                "Kind::Objects {{ shape: {}, set: {set}, single: {single}, max_items: {max_items}, attributes: {} }}",
                reference(shape),
                self.list(attributes)
            ),
        }
    }
}

fn write_clearing(clearing: &Clearing) -> String {
    match clearing {
        Clearing::EmptyStructure => "Empty".to_owned(),
        other => format!("{other:?}"),
    }
}

fn reference(shape: &Shape) -> String {
    match shape {
        Shape::Model(name) => format!("&service::shapes::{name}"),
        Shape::BuiltIn(name) => format!("&service::{name}"),
    }
}

fn write_identity(identity: &Identity) -> String {
    let Identity { members, id, separator, arn, inputs, constants, absent, absent_states, naming } = identity;
    format!(
        "Identity {{ members: &{members:?}, id: {id:?}, separator: {separator:?}, arn: {arn:?}, inputs: &{:?}, constants: &{:?}, absent: &[{}], \
         absent_states: &{absent_states:?}, naming: {} }}",
        inputs.iter().collect::<Vec<_>>(),
        constants.iter().collect::<Vec<_>>(),
        absent.iter().map(|error| write_error(error) + ",").collect::<String>(),
        write_option(naming, |Naming { member, prefix, max, .. }| {
            format!("Naming {{ member: {member:?}, prefix: {prefix:?}, max: {max} }}")
        }),
    )
}

fn write_error(ErrorMatch { code, message }: &ErrorMatch) -> String {
    format!("ErrorMatch {{ code: {code:?}, message: {message:?} }}")
}

fn write_rule(Rule { check, within, names, on_create }: &Rule) -> String {
    format!("Rule {{ check: Check::{check:?}, within: {within:?}, names: &{names:?}, on_create: {on_create} }},")
}

fn write_tags(Tags { replace, unless }: &Tags) -> String {
    format!("Tags {{ replace: {replace}, unless: {unless:?} }}")
}

fn write_wait(wait: &Wait) -> String {
    let Wait { field, pending, done, failed, reasons, wanted, restores, timeout } = wait;
    format!(
        "Wait {{ field: {field:?}, pending: &{pending:?}, done: &{done:?}, failed: &{failed:?}, reasons: &{reasons:?}, \
         wanted: &{wanted:?}, restores: &{restores:?}, timeout: {} }}",
        timeout.0
    )
}

fn write_retry(retry: &Retry) -> String {
    let error = ErrorMatch { code: retry.code.clone(), message: retry.message.clone() };
    let (operation, timeout) = (&retry.operation, retry.timeout.0);
    format!("Retry {{ operation: {operation:?}, error: {}, timeout: {timeout} }},", write_error(&error))
}

fn write_option<T>(option: &Option<T>, write: impl FnOnce(&T) -> String) -> String {
    option.as_ref().map_or("None".to_owned(), |some| format!("Some({})", write(some)))
}
