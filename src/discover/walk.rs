//! The walk: every region, every type that can be listed, and what is listed only inside something.

use tokio::sync::mpsc::channel;

use super::{
    found::{Found, Object},
    options::Options,
    output,
    texts::texts,
};
use crate::{
    definition::{self, Attribute, AttributeKind, RESOURCES},
    diag::Severity,
    engine::{ListOptions, Listed, Provider},
    schema::Usage,
    value::Value,
};

/// Objects that are listed ahead of their reader.
const AHEAD: usize = 64;

/// Where the values of a required argument come from.
enum Source {
    /// The values of an enumeration.
    Values(Vec<Value>),
    /// An attribute of all objects of a type.
    Parents { type_name: &'static str, attribute: &'static str },
}

/// A walk through an account.
pub(super) struct Walk<'a> {
    provider: &'a dyn Provider,
    options: &'a Options,
}

impl<'a> Walk<'a> {
    pub(super) fn new(provider: &'a dyn Provider, options: &'a Options) -> Self {
        Self { provider, options }
    }

    pub(super) async fn run(&self) -> Found {
        let mut found = Found::default();
        let regions: Vec<Option<&str>> = match self.options.regions.as_slice() {
            [] => vec![None],
            regions => regions.iter().map(|region| Some(region.as_str())).collect(),
        };
        for unknown in
            self.options.types.iter().filter(|wanted| !self.provider.schemas().lists.contains_key(wanted.as_str()))
        {
            found
                .failures
                .push(format!("`{unknown}` cannot be listed: the API has no operation for it, or it is no type."));
        }
        for region in regions {
            for type_name in self.types() {
                output::progress(&format!(
                    "listing {type_name}{}",
                    region.map(|region| format!(" in {region}")).unwrap_or_default()
                ));
                self.walk_type(region, type_name, &mut found).await;
            }
        }
        output::progress("");
        found
            .objects
            .sort_by(|one, two| (&one.region, &one.type_name, &one.id).cmp(&(&two.region, &two.type_name, &two.id)));
        found.objects.dedup();
        found
    }

    /// The types to walk. Types without tags have no objects with a tag.
    fn types(&self) -> Vec<&'static str> {
        let lists = &self.provider.schemas().lists;
        let selected =
            |name: &&'static str| self.options.types.is_empty() || self.options.types.iter().any(|one| one == name);
        let has_tags =
            |name: &&'static str| lists[name].block.attributes.iter().any(|attribute| attribute.name == "tags");
        // Tags belong to the configurations of the objects that have them.
        let listed = lists.keys().copied().filter(|name| *name != "sagemaker_tag");
        listed.filter(selected).filter(|name| self.options.tags.is_empty() || has_tags(name)).collect()
    }

    async fn walk_type(&self, region: Option<&str>, type_name: &'static str, found: &mut Found) {
        let configs = match self.configs(region, type_name).await {
            Ok(configs) => configs,
            Err(failure) => return found.failures.push(format!("{type_name}: {failure}")),
        };
        let mut complete = true;
        let mut region_of_objects = region.unwrap_or_default().to_owned();
        for mut config in configs {
            if !self.options.tags.is_empty() {
                let tags = self.options.tags.iter().map(|(key, value)| (key.clone(), value.as_str().into()));
                config.insert("tags", Value::Map(tags.collect()));
            }
            match self.list(type_name, &config, self.options.config).await {
                Ok(listed) => {
                    for listed in listed {
                        let name = &listed.display_name;
                        // An import block without its configuration would stop the next plan.
                        let unread = listed.is_incomplete && (self.options.config || listed.identity.is_null());
                        if unread || listed.import_id.is_empty() {
                            complete = false;
                            let what = if unread { "" } else { "the id of " };
                            found.failures.push(format!("{type_name}: {what}`{name}` cannot be read"));
                            continue;
                        }
                        let object = object(type_name, &listed);
                        region_of_objects.clone_from(&object.region);
                        found.objects.push(object);
                    }
                }
                Err(failure) => {
                    complete = false;
                    found.failures.push(format!("{type_name}: {failure}"));
                }
            }
        }
        if complete {
            found.walked.insert((region_of_objects, type_name.to_owned()));
        }
    }

    /// The configurations that list all objects of a type: one for each combination of required arguments.
    async fn configs(&self, region: Option<&str>, type_name: &'static str) -> Result<Vec<Value>, String> {
        let base = region.map_or_else(Value::object, |region| Value::from([("region", region.into())]));
        let attributes = &self.provider.schemas().lists[type_name].block.attributes;
        let mut configs = vec![base.clone()];
        for argument in attributes.iter().filter(|attribute| attribute.usage == Usage::Required) {
            let source = source(self.provider, type_name, argument.name)
                .ok_or_else(|| format!("no source has the values of `{}`", argument.name))?;
            let values = match source {
                Source::Values(values) => values,
                Source::Parents { type_name, attribute } => {
                    let parents = self.list(type_name, &base, true).await?;
                    parents.iter().map(|parent| parent.object.get(attribute).clone()).collect()
                }
            };
            configs = product(&configs, argument.name, &values);
        }
        Ok(configs)
    }

    async fn list(&self, type_name: &str, config: &Value, with_objects: bool) -> Result<Vec<Listed>, String> {
        let (sender, mut receiver) = channel(AHEAD);
        let options = ListOptions { with_objects, with_import_ids: true, limit: usize::MAX };
        let listing = self.provider.list(type_name, config, options, sender);
        let receiving = async {
            let mut objects = Vec::new();
            while let Some(object) = receiver.recv().await {
                objects.push(object);
            }
            objects
        };
        let ((), objects) = tokio::join!(listing, receiving);
        for object in &objects {
            let errors = texts(&object.diagnostics, Severity::Error);
            if !errors.is_empty() {
                return Err(errors.join("\n"));
            }
            texts(&object.diagnostics, Severity::Warning).iter().for_each(|warning| output::warn(warning));
        }
        Ok(objects)
    }
}

fn object(type_name: &str, listed: &Listed) -> Object {
    Object {
        region: listed.identity.get("region").as_str().unwrap_or_default().to_owned(),
        type_name: type_name.to_owned(),
        id: listed.import_id.clone(),
        display_name: listed.display_name.clone(),
        state: listed.object.clone(),
    }
}

/// Where the values of a required argument come from: an enumeration, the objects that it names, or their ARNs.
fn source(provider: &dyn Provider, type_name: &str, argument: &str) -> Option<Source> {
    let attribute = definition::resource(type_name)?.attributes.iter().find(|attribute| attribute.name == argument);
    if let Some(AttributeKind::Plain { shape, .. }) = attribute.map(|attribute| attribute.kind)
        && !shape.values().is_empty()
    {
        return Some(Source::Values(shape.values().iter().map(|value| (*value).into()).collect()));
    }
    let member = attribute.and_then(Attribute::member)?;
    // The service's own name of what the argument names is that of the object's identity.
    let parents = RESOURCES.iter().filter(|parent| parent.identity.members == [member]);
    let mut listed = parents.filter(|parent| provider.schemas().lists.contains_key(parent.type_name));
    let by_name = listed.find_map(|parent| Some((parent.type_name, parent.attribute_of(member)?.name)));
    let by_arn = || {
        let parent = definition::resource(&format!("sagemaker_{}", argument.strip_suffix("_arn")?))?;
        Some((parent.type_name, parent.arn()?.name))
    };
    by_name.or_else(by_arn).map(|(type_name, attribute)| Source::Parents { type_name, attribute })
}

/// Each configuration with each of the values.
fn product(configs: &[Value], argument: &str, values: &[Value]) -> Vec<Value> {
    let with = |config: &Value, value: &Value| {
        let mut config = config.clone();
        config.insert(argument, value.clone());
        config
    };
    configs.iter().flat_map(|config| values.iter().map(move |value| with(config, value))).collect()
}
