//! The life of one resource under Terraform, from its first plan until nothing is left, told by a directory of
//! `acceptance-tests/cases/`. `docs/testing.md` says what is in such a directory.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::PathBuf,
};

use serde::Deserialize;
use serde_json::{Map, Value as Json, json};

use super::{
    aws,
    backend::Backend,
    workspace::{Plan, State, Workspace, repository},
};

/// A case, as `case.toml` writes it.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Case {
    /// The resource that the case is about.
    address: String,
    #[serde(default)]
    import: Import,
    #[serde(default)]
    moved: Moved,
    /// Made by others before Terraform comes; `{name}` in a text is the name that the case goes by.
    #[serde(default)]
    given: Vec<Given>,
    /// Finds the object; after the end it has to find none.
    read: Call,
    /// What the service tells of an object that it has deleted but still shows.
    #[serde(default)]
    gone: BTreeMap<String, Json>,
    /// Removes the object behind Terraform's back.
    delete: Option<Call>,
    /// What the service shows all of a sudden.
    drift: Option<Drift>,
    /// The service cannot delete objects of this kind, so Terraform only forgets them.
    #[serde(default)]
    kept: bool,
    /// The same of something that it depends on.
    #[serde(default)]
    leaves: bool,
    /// The addresses of what it changes along, so that a refresh shows that something has happened there.
    #[serde(default)]
    touches: BTreeSet<String>,
    /// How far moto can follow; absent: not at all.
    moto: Option<Moto>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, default)]
struct Import {
    /// The attribute whose value is the id to import by.
    id: String,
    /// Attributes that the service never tells, so that an import cannot know them.
    ignore: BTreeSet<String>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct Moved {
    /// Attributes that hashicorp/aws does not keep and the service never tells.
    ignore: BTreeSet<String>,
}

/// A call of the API.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Call {
    operation: String,
    /// Input member → the attribute whose value it takes.
    input: BTreeMap<String, String>,
}

/// A call with an input of its own.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Given {
    operation: String,
    input: Json,
}

/// A change that nobody made with Terraform.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Drift {
    /// API member → what it says.
    members: BTreeMap<String, Json>,
    /// What Terraform is to do about it: `update` or `delete,create`.
    action: String,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Moto {
    steps: Vec<Step>,
}

/// What is done in a cycle, in this order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Step {
    /// Create everything.
    Base,
    /// Take it over from hashicorp/aws, if that has it.
    Move,
    /// Change the resource without replacing it.
    InPlace,
    /// Replace it.
    Replace,
    /// Have it changed behind Terraform's back and set it right again.
    Drift,
    /// Have it deleted behind Terraform's back and create it again.
    Vanish,
    /// Import everything into an empty state.
    Import,
    /// Import the object with configuration that Terraform generates.
    Generate,
    /// Destroy everything.
    Destroy,
}

const ALL: [Step; 9] = [
    Step::Base,
    Step::Move,
    Step::InPlace,
    Step::Replace,
    Step::Drift,
    Step::Vanish,
    Step::Import,
    Step::Generate,
    Step::Destroy,
];

impl Default for Import {
    fn default() -> Self {
        Self { id: "id".to_owned(), ignore: BTreeSet::new() }
    }
}

/// Goes through the whole life of the case's resource with the local SageMaker, which holds nothing in the end.
pub(crate) fn on_local(name: &str) {
    let backend = Backend::local();
    let cycle = Cycle::new(name, &backend);
    cycle.run(&ALL);
    let objects = backend.objects();
    let Case { kept, leaves, gone, .. } = &cycle.case;
    assert!(*kept || *leaves || !gone.is_empty() || is_empty(&objects), "left behind: {objects}");
}

/// Goes through as much of the life of the case's resource as moto can follow.
pub(crate) fn on_moto(name: &str) {
    let backend = Backend::moto();
    let cycle = Cycle::new(name, &backend);
    let moto = cycle.case.moto.as_ref().unwrap_or_else(|| panic!("the case {name} has nothing for moto"));
    cycle.run(&moto.steps.clone());
}

/// The names of all cases.
pub(crate) fn names() -> BTreeSet<String> {
    let cases = repository().join("acceptance-tests/cases");
    let entries = fs::read_dir(&cases).unwrap_or_else(|error| panic!("{}: {error}", cases.display()));
    entries.map(|entry| entry.expect("a readable entry").file_name().to_string_lossy().into_owned()).collect()
}

/// The resource type that the case of this name is about.
pub(crate) fn resource_type(name: &str) -> String {
    resource_type_of(&Case::read(name).address).to_owned()
}

fn resource_type_of(address: &str) -> &str {
    address.split('.').next().unwrap_or_default()
}

/// True if the case of this name is for moto too.
pub(crate) fn is_for_moto(name: &str) -> bool {
    Case::read(name).moto.is_some()
}

struct Cycle<'a> {
    case: Case,
    directory: PathBuf,
    backend: &'a Backend,
    workspace: Workspace,
}

impl Case {
    fn directory(name: &str) -> PathBuf {
        repository().join("acceptance-tests/cases").join(name)
    }

    fn read(name: &str) -> Self {
        let file = Self::directory(name).join("case.toml");
        let text = fs::read_to_string(&file).unwrap_or_else(|error| panic!("{}: {error}", file.display()));
        toml::from_str(&text).unwrap_or_else(|error| panic!("{}: {error}", file.display()))
    }
}

impl<'a> Cycle<'a> {
    fn new(name: &str, backend: &'a Backend) -> Self {
        let case = Case::read(name);
        Self { case, directory: Case::directory(name), backend, workspace: Workspace::new(backend) }
    }

    fn run(&self, steps: &[Step]) {
        for Given { operation, input } in &self.case.given {
            let input = input.to_string().replace("{name}", &self.workspace.name);
            self.backend.must(operation, &serde_json::from_str(&input).expect("a name is no more than letters"));
        }
        for step in ALL.iter().filter(|step| steps.contains(step)) {
            match step {
                Step::Base => self.change("base.tf", &["create"]),
                Step::Move => self.take_over(),
                Step::InPlace => self.change("in_place.tf", &["update"]),
                Step::Replace => self.change("replace.tf", &["delete,create", "create,delete"]),
                Step::Drift => self.drift(),
                Step::Vanish => self.vanish(),
                Step::Import => self.import(),
                Step::Generate => self.generate(),
                Step::Destroy => self.destroy(),
            }
        }
    }

    /// One step as Terraform's own test framework does it: plan, look at the plan, apply that plan, then plan twice
    /// more, without and with a refresh, and find nothing to do.
    fn change(&self, file: &str, expected: &[&str]) {
        // A case has no file for a kind of change that its resource does not know.
        let Ok(configuration) = fs::read_to_string(self.directory.join(file)) else {
            assert!(file != "base.tf", "{} has no base.tf", self.directory.display());
            return;
        };
        self.workspace.configure(&configuration);
        let plan = self.workspace.plan();
        let action = plan.action(&self.case.address);
        assert!(
            expected.contains(&action.as_str()),
            "{file} is to {expected:?} {}, but the plan is to {action}\n{plan}",
            self.case.address
        );
        self.workspace.apply_plan();
        self.workspace.expect_settled_but_for(&self.case.touches);
        self.find().unwrap_or_else(|body| panic!("after {file} there is no {}: {body}", self.case.address));
    }

    /// Lets a fresh workspace have a state as hashicorp/aws writes it, and moves it. That must change nothing.
    fn take_over(&self) {
        let mut parts = self.case.address.split(['.', '[']);
        let (resource_type, name) = (parts.next().unwrap_or_default(), parts.next().unwrap_or_default());
        let Some(schema) = aws::schema_of(resource_type) else { return };
        let file = |name: &str| fs::read_to_string(self.workspace.root().join(name)).expect("there was a step before");
        for habit in aws::HABITS {
            let mut fresh = Workspace::new(self.backend);
            fresh.set("TF_VAR_name", &self.workspace.name).beside_aws();
            fresh.write(
                "terraform.tfstate",
                &aws::state(&file("terraform.tfstate"), (resource_type, name), &schema, *habit),
            );
            fresh.configure(&file("main.tf"));
            let addresses = format!("  from = aws_{resource_type}.{name}\n  to = {resource_type}.{name}\n");
            fresh.write("moved.tf", &format!("moved {{\n{addresses}}}\n"));
            self.expect_pure_move(&fresh.plan(), *habit);
        }
    }

    fn expect_pure_move(&self, plan: &Plan, habit: aws::Habit) {
        assert!(plan.moved_from(&self.case.address).is_some(), "{} is to be moved\n{plan}", self.case.address);
        for (address, action) in plan.actions() {
            let changed = plan.changed_attributes(address);
            let ignored = *address == self.case.address && changed.is_subset(&self.case.moved.ignore);
            assert!(
                action == "update" && ignored,
                "{habit:?}: the move of {address} is to {action} {changed:?}\n{plan}"
            );
        }
    }

    fn drift(&self) {
        let Some(drift) = &self.case.drift else { return };
        let arn = self.workspace.state().text(&self.case.address, "arn").to_owned();
        self.backend.tamper(&arn, &json!(drift.members));
        let plan = self.workspace.plan();
        assert_eq!(plan.drift(), [self.case.address.as_str()], "the change shows\n{plan}");
        assert_eq!(plan.action(&self.case.address), drift.action, "the change is to be undone\n{plan}");
        self.workspace.apply_plan();
        self.workspace.expect_settled();
    }

    fn vanish(&self) {
        let Some(delete) = &self.case.delete else { return };
        self.backend.must(&delete.operation, &self.input(delete, &self.workspace.state()));
        self.backend.until("the object is gone", |_| self.find().is_err());
        let plan = self.workspace.plan();
        assert_eq!(plan.action(&self.case.address), "create", "a vanished object is made again\n{plan}");
        self.workspace.apply_plan();
        self.workspace.expect_settled();
    }

    /// Imports everything into a fresh workspace with the same configuration. That must change nothing, and the new
    /// state must be like the old one.
    fn import(&self) {
        let exported = self.workspace.state();
        let mut fresh = Workspace::new(self.backend);
        fresh.set("TF_VAR_name", &self.workspace.name);
        let configuration = fs::read_to_string(self.workspace.root().join("main.tf")).expect("there was a step before");
        fresh.configure(&configuration).write("imports.tf", &self.import_blocks(&exported));
        fresh.write("lookups.tf", &self.lookups(&exported));
        let plan = fresh.plan();
        self.expect_pure_import(&plan, &exported);
        fresh.apply_plan();
        let imported = fresh.state();
        let untouched = exported.resources.iter().filter(|(address, _)| !self.case.touches.contains(*address));
        for (address, values) in untouched {
            let (before, after) = (self.known(address, values), self.known(address, imported.resource(address)));
            let differing: Vec<_> = before.iter().filter(|(name, value)| after.get(*name) != Some(*value)).collect();
            let instead: Vec<_> = differing.iter().map(|(name, _)| after.get(*name)).collect();
            assert!(differing.is_empty(), "{address}: imported without {differing:#?} but {instead:#?}");
        }
        self.expect_same_when_looked_up(&imported);
        fresh.expect_settled();
    }

    /// Generated configuration is valid and changes nothing. What the service never tells it cannot have.
    fn generate(&self) {
        if !self.case.import.ignore.is_empty() {
            return;
        }
        let mut fresh = Workspace::new(self.backend);
        fresh.set("TF_VAR_name", &self.workspace.name);
        fresh.configure(&self.import_block(&self.case.address, &self.workspace.state()));
        let plan = fresh.plan_with(&["-generate-config-out=generated.tf"]);
        let changed = plan.changed_attributes(&self.case.address);
        assert_eq!(plan.action(&self.case.address), "no-op", "generated configuration changes {changed:?}\n{plan}");
    }

    /// Data sources that look the object up by its id and by its ARN.
    fn lookups(&self, exported: &State) -> String {
        let resource_type = resource_type_of(&self.case.address);
        let lookup = |way: &str| {
            let text = exported.resource(&self.case.address)[way].as_str()?;
            Some(format!("data \"{resource_type}\" \"by_{way}\" {{\n  {way} = {text:?}\n}}\n"))
        };
        ["id", "arn"].into_iter().filter_map(lookup).collect()
    }

    /// A data source tells of the object what the resource tells.
    fn expect_same_when_looked_up(&self, imported: &State) {
        let resource = imported.resource(&self.case.address);
        assert!(!imported.data.is_empty(), "nothing was looked up");
        for (address, told) in &imported.data {
            for (name, value) in told.as_object().into_iter().flatten() {
                let expected = if name == "tags" { &resource["tags_all"] } else { &resource[name] };
                let untold = self.case.import.ignore.contains(name);
                assert!(untold || value == expected, "{address}.{name} is {value}, but the resource has {expected}");
            }
        }
    }

    fn destroy(&self) {
        let state = self.workspace.state();
        let input = self.input(&self.case.read, &state);
        self.workspace.destroy();
        assert!(self.workspace.state().resources.is_empty(), "a state of nothing is left");
        match self.backend.call(&self.case.read.operation, &input) {
            Ok(found) => assert!(self.case.kept || self.is_gone(&found), "left behind: {found}"),
            Err(refusal) => {
                assert!(refusal.status == 400 && !self.case.kept, "{}: {}", self.case.read.operation, refusal.body);
            }
        }
    }

    /// The object as the service tells it, or why not.
    fn find(&self) -> Result<Json, String> {
        let input = self.input(&self.case.read, &self.workspace.state());
        let found = self.backend.call(&self.case.read.operation, &input).map_err(|refusal| refusal.body)?;
        if self.is_gone(&found) { Err(found.to_string()) } else { Ok(found) }
    }

    fn is_gone(&self, found: &Json) -> bool {
        !self.case.gone.is_empty() && self.case.gone.iter().all(|(member, value)| found[member] == *value)
    }

    fn input(&self, call: &Call, state: &State) -> Json {
        let values = state.resource(&self.case.address);
        let member = |(member, attribute): (&String, &String)| {
            let value = &values[attribute];
            assert!(!value.is_null(), "{} needs {}.{attribute}, which is null", call.operation, self.case.address);
            (member.clone(), value.clone())
        };
        Json::Object(call.input.iter().map(member).collect::<Map<_, _>>())
    }

    fn import_blocks(&self, exported: &State) -> String {
        exported.resources.keys().map(|address| self.import_block(address, exported)).collect()
    }

    fn import_block(&self, address: &str, exported: &State) -> String {
        let attribute = if address == self.case.address { &self.case.import.id } else { "id" };
        format!("import {{\n  to = {address}\n  id = {:?}\n}}\n", exported.text(address, attribute))
    }

    fn expect_pure_import(&self, plan: &Plan, exported: &State) {
        for address in exported.resources.keys() {
            assert!(plan.change(address)["importing"].is_object(), "{address} is to be imported\n{plan}");
            let changed = plan.changed_attributes(address);
            let ignored = changed.is_subset(&self.untold(address));
            assert!(
                plan.action(address) == "no-op" || (plan.action(address) == "update" && ignored),
                "the import of {address} also changes {changed:?}\n{plan}"
            );
        }
    }

    /// The values of a resource without those that an import cannot know. An import shows zeros that the service returns,
    /// where an apply leaves them unset.
    fn known(&self, address: &str, values: &Json) -> BTreeMap<String, Json> {
        let all = values.as_object().into_iter().flatten().map(|(name, value)| (name.clone(), without_zeros(value)));
        let untold = self.untold(address);
        all.filter(|(name, _)| !untold.contains(name)).collect()
    }

    /// The attributes that an import cannot know; for what the resource depends on, those that its own case names.
    fn untold(&self, address: &str) -> BTreeSet<String> {
        if *address == self.case.address {
            return self.case.import.ignore.clone();
        }
        let name = address.split('.').next().unwrap_or_default().trim_start_matches("sagemaker_");
        if Case::directory(name).exists() { Case::read(name).import.ignore } else { BTreeSet::new() }
    }
}

/// The value without what is null, false, zero or empty.
fn without_zeros(value: &Json) -> Json {
    let is_zero = |value: &Json| {
        let zeros = [json!(null), json!(false), json!(0), json!(0.0), json!(""), json!([]), json!({})];
        zeros.contains(value)
    };
    match value {
        Json::Array(elements) => elements.iter().map(without_zeros).collect(),
        Json::Object(members) => {
            let members = members.iter().map(|(name, value)| (name.clone(), without_zeros(value)));
            members.filter(|(_, value)| !is_zero(value)).collect()
        }
        zero if is_zero(zero) => Json::Null,
        other => other.clone(),
    }
}

fn is_empty(objects: &Json) -> bool {
    match objects {
        Json::Array(elements) => elements.iter().all(is_empty),
        Json::Object(members) => members.values().all(is_empty),
        _ => false,
    }
}
