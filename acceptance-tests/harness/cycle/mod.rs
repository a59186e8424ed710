//! The life cycle of resources under Terraform, from the first plan until nothing is left.
//!
//! The cases go through it in groups: each is a module of one root configuration, so that a step takes a few commands for
//! all of them. A failure names its case, which then leaves the group, and the others go on without it.

mod expectations;
mod member;

use std::{collections::BTreeSet, fmt::Write as _, sync::Arc};

use serde_json::{Value as Json, json};

use self::{
    expectations::{
        expect_action, expect_nothing_planned, expect_pure_import, expect_pure_move, expect_same_state,
        expect_same_when_looked_up, find, generated, lookups,
    },
    member::Member,
};
use super::{
    aws, awscc,
    backend::Backend,
    case::{Case, Given, STEPS, Step},
    plan::Plan,
    run::Run,
    state::State,
    state_file::{Address, StateFile},
    workspace::{DESTROY, Workspace},
};

/// Takes the cases through their life cycle on a local SageMaker.
///
/// # Panics
/// With all failures, or if something is left although each of the cases leaves nothing.
pub(crate) fn on_local(cases: Vec<Case>) {
    let backend = Backend::local();
    let leaves_nothing = !cases.iter().any(Case::leaves_something);
    let mut group = Group::new(&backend, cases, |_| STEPS.to_vec());
    let names = group.members.iter().map(|member| format!("{} is {}\n", member.name, member.case.name));
    let names: String = names.collect();
    group.run();
    group.expect_no_failures();
    let objects = backend.objects();
    assert!(!leaves_nothing || is_empty(&objects), "left behind: {objects}\n{names}");
}

/// Takes the cases through as much of their life cycle as moto can follow.
///
/// # Panics
/// With all failures.
pub(crate) fn on_moto(cases: Vec<Case>) {
    let steps = |case: &Case| case.moto.as_ref().map(|moto| moto.steps.clone()).unwrap_or_default();
    let moto = Backend::moto();
    let mut group = Group::new(&moto, cases, steps);
    group.run();
    group.expect_no_failures();
}

/// Cases that share a state and a service.
struct Group<'a> {
    backend: &'a Backend,
    workspace: Workspace,
    members: Vec<Member>,
    /// What went wrong, each with the case and the step.
    failures: Vec<String>,
    /// The cases with which it went wrong.
    failed: BTreeSet<String>,
}

impl<'a> Group<'a> {
    /// The cases, each with its steps.
    fn new(backend: &'a Backend, cases: Vec<Case>, steps: impl Fn(&Case) -> Vec<Step>) -> Self {
        let member = |case: Case| Member {
            name: Workspace::unique_name(),
            steps: steps(&case),
            module: case.configuration("base.tf").map(|text| ("main.tf", text)).into_iter().collect(),
            case: Arc::new(case),
            root: String::new(),
        };
        Self::of(backend, cases.into_iter().map(member).collect())
    }

    /// These members in a workspace of their own, with an empty state.
    fn of(backend: &'a Backend, members: Vec<Member>) -> Self {
        let mut workspace = Workspace::new(backend);
        for command in ["plan", "apply", "destroy"] {
            workspace.set(&format!("TF_CLI_ARGS_{command}"), "-parallelism=50");
        }
        // Moto answers what it does not know with 500, and to try that again for long is of no use.
        if backend.is_moto() {
            workspace.set("AWS_MAX_ATTEMPTS", "2");
        }
        let group = Self { backend, workspace, members, failures: Vec::new(), failed: BTreeSet::new() };
        group.write();
        if group.members.iter().any(|member| !member.module.is_empty()) {
            group.workspace.get_modules();
        }
        group
    }

    /// Takes all members through their steps.
    fn run(&mut self) {
        for member in &self.members {
            for Given { operation, input } in &member.case.given {
                let input = input.to_string().replace("{name}", &member.name);
                self.backend.must(operation, &serde_json::from_str(&input).expect("a name is no more than letters"));
            }
        }
        for step in STEPS {
            if !self.takes(step).is_empty() {
                self.take(step);
            }
        }
    }

    #[track_caller]
    fn expect_no_failures(&self) {
        assert!(self.failures.is_empty(), "{} failed\n\n{}", self.failures.len(), self.failures.join("\n\n"));
    }

    fn take(&mut self, step: Step) {
        match step {
            Step::Base => self.change(step, "base.tf", &["create"]),
            Step::Move => self.take_over_from_others(),
            Step::InPlace => self.change(step, "in_place.tf", &["update"]),
            Step::Replace => self.change(step, "replace.tf", &["delete,create", "create,delete"]),
            Step::Drift => self.drift(),
            Step::Vanish => self.vanish(),
            Step::Import => self.import(),
            Step::Generate => self.generate(),
            Step::Destroy => self.destroy(),
        }
    }

    /// One step as Terraform's own test framework does it: plan, look at the plan, apply that plan, then plan twice
    /// more, without and with a refresh, and find nothing to do.
    fn change(&mut self, step: Step, file: &str, expected: &[&str]) {
        let mut changed = BTreeSet::new();
        for member in self.members.iter_mut().filter(|member| member.steps.contains(&step)) {
            if let Some(configuration) = member.case.configuration(file) {
                member.module.insert("main.tf", configuration);
                changed.insert(member.case.name.clone());
            }
        }
        if changed.is_empty() {
            return;
        }
        self.write();
        let Some(plan) = self.plan(file, &[]) else { return };
        self.check(file, |member| {
            if changed.contains(&member.case.name) {
                expect_action(member, &plan, expected)
            } else {
                expect_nothing_planned(member, &plan)
            }
        });
        self.apply(file);
        self.expect_no_changes(file);
        let (state, backend) = (self.workspace.state(), self.backend);
        self.check(file, |member| find(backend, member, &state).map(drop));
    }

    /// Takes everything over from hashicorp/aws, in each of its dialects, and from hashicorp/awscc.
    fn take_over_from_others(&mut self) {
        for dialect in aws::DIALECTS {
            let theirs = |member: &Member, _: &State| {
                let resource_type = member.case.resource_type();
                let schema = aws::schema_of(resource_type)?;
                let attributes = move |ours: &Json| aws::attributes(ours, &schema, *dialect);
                Some((format!("aws_{resource_type}"), Box::new(attributes) as Box<dyn Fn(&Json) -> Json>))
            };
            self.take_over(&format!("move, {dialect:?}"), theirs, |case| case.moved.ignore.clone());
        }
        let backend = self.backend;
        let theirs = |member: &Member, state: &State| {
            // The name that differs, if there are two: the other one needs no table.
            let (their_type, properties) = awscc::types_of(member.case.resource_type()).pop_first()?;
            let body = find(backend, member, state).ok().filter(|body| properties.can_have(body))?;
            let attributes = move |ours: &Json| properties.attributes(&body, ours);
            Some((format!("awscc_{their_type}"), Box::new(attributes) as Box<dyn Fn(&Json) -> Json>))
        };
        self.take_over("move from awscc", theirs, |case| case.import.ignore.clone());
    }

    /// Gives a fresh workspace the state of another provider, and moves it. That must change nothing but what the other
    /// provider cannot know.
    fn take_over(
        &mut self,
        what: &str,
        theirs: impl Fn(&Member, &State) -> Option<(String, Box<dyn Fn(&Json) -> Json>)>,
        unknown: impl Fn(&Case) -> BTreeSet<String>,
    ) {
        let (mut file, state) = (StateFile::read(&self.workspace), self.workspace.state());
        let mut members = Vec::new();
        for mut member in self.takes(Step::Move) {
            let Some((their_type, attributes)) = theirs(&member, &state) else { continue };
            let resource_type = member.case.resource_type();
            let name = member.case.address.split(['.', '[']).nth(1).unwrap_or_default();
            file.hand_over(Address { module: &member.case.name, resource_type, name }, &their_type, attributes);
            let moved = format!("moved {{\n  from = {their_type}.{name}\n  to = {resource_type}.{name}\n}}\n");
            member.module.insert("moved.tf", moved);
            members.push(member);
        }
        if members.is_empty() {
            return;
        }
        let mut fresh = Self::of(self.backend, members);
        fresh.workspace.beside_others().write("terraform.tfstate", &file.of_modules(&fresh.names()));
        if let Some(plan) = fresh.plan(what, &[]) {
            fresh.check(what, |member| expect_pure_move(member, &plan, &unknown(&member.case)));
        }
        self.absorb(fresh);
    }

    fn drift(&mut self) {
        let what = "drift";
        let (state, backend) = (self.workspace.state(), self.backend);
        let drifting = |member: &Member| member.case.drift.is_some() && member.steps.contains(&Step::Drift);
        if !self.members.iter().any(drifting) {
            return;
        }
        self.check(what, |member| {
            if let Some(drift) = member.case.drift.as_ref().filter(|_| drifting(member)) {
                backend.change_out_of_band(member.text(&state, "arn")?, &json!(drift.members));
            }
            Ok(())
        });
        let Some(plan) = self.plan(what, &[]) else { return };
        self.check(what, |member| {
            let Some(drift) = member.case.drift.as_ref().filter(|_| drifting(member)) else {
                return expect_nothing_planned(member, &plan);
            };
            let seen: Vec<&str> = plan.drift().into_iter().filter(|it| it.starts_with(&member.prefix())).collect();
            if seen != [member.address()] {
                return Err(format!("the refresh finds changes of {seen:?} instead\n{}", plan.diff(&member.prefix())));
            }
            expect_action(member, &plan, &[&drift.action])
        });
        self.apply(what);
        self.expect_no_changes(what);
    }

    fn vanish(&mut self) {
        let what = "vanish";
        let (state, backend) = (self.workspace.state(), self.backend);
        let vanishing = |member: &Member| member.case.delete.is_some() && member.steps.contains(&Step::Vanish);
        if !self.members.iter().any(vanishing) {
            return;
        }
        self.check(what, |member| {
            let Some(delete) = member.case.delete.as_ref().filter(|_| vanishing(member)) else { return Ok(()) };
            let deleted = backend.call(&delete.operation, &member.input(delete, &state)?);
            deleted.map(drop).map_err(|refusal| format!("{}: {}", delete.operation, refusal.body))
        });
        self.check(what, |member| {
            let is_gone = !vanishing(member) || backend.wait_for(|_| find(backend, member, &state).is_err());
            if is_gone { Ok(()) } else { Err("the object is not gone within a minute".to_owned()) }
        });
        let Some(plan) = self.plan(what, &[]) else { return };
        self.check(what, |member| {
            if vanishing(member) {
                expect_action(member, &plan, &["create"])
            } else {
                expect_nothing_planned(member, &plan)
            }
        });
        self.apply(what);
        self.expect_no_changes(what);
    }

    /// Imports everything into a fresh workspace with the same configuration. That must change nothing, and the new
    /// state must be like the old one; data sources that look the objects up must agree with it.
    fn import(&mut self) {
        let what = "import";
        let exported = self.workspace.state();
        let members = self.takes(Step::Import).into_iter().map(|mut member| {
            let resources = member.resources(&exported);
            let blocks = resources.iter().map(|(from, values)| member.import_block(&member.within(from), from, values));
            member.root = blocks.collect();
            member.module.insert("lookups.tf", lookups(&member, &exported));
            member
        });
        let mut fresh = Self::of(self.backend, members.collect());
        if let Some(plan) = fresh.plan(what, &[]) {
            fresh.check(what, |member| expect_pure_import(member, &plan, &exported));
        }
        fresh.apply(what);
        let imported = fresh.workspace.state();
        fresh.check(what, |member| {
            expect_same_state(member, &exported, &imported)?;
            expect_same_when_looked_up(member, &imported)
        });
        fresh.expect_no_changes(what);
        self.absorb(fresh);
    }

    /// Generated configuration is valid and changes nothing. What the service never returns it cannot have. Terraform
    /// generates configuration in the root module only, where each resource is named after its case.
    fn generate(&mut self) {
        let what = "generate";
        let state = self.workspace.state();
        let members = self.takes(Step::Generate).into_iter().filter(|member| member.case.import.ignore.is_empty());
        let members = members.filter_map(|mut member| {
            let block = member.import_block(&generated(&member), &member.case.address, member.values(&state).ok()?);
            member.root = block;
            member.module.clear();
            Some(member)
        });
        let mut fresh = Self::of(self.backend, members.collect());
        if let Some(plan) = fresh.plan(what, &["-generate-config-out=generated.tf"]) {
            fresh.check(what, |member| match plan.action_at(&generated(member)) {
                Some(action) if action == "no-op" => Ok(()),
                _ => Err(format!("generated configuration changes something\n{}", plan.diff(&generated(member)))),
            });
        }
        self.absorb(fresh);
    }

    fn destroy(&mut self) {
        let what = "destroy";
        let staying = self.members.iter().filter(|member| !member.steps.contains(&Step::Destroy));
        self.leave(&staying.map(|member| member.case.name.clone()).collect());
        let (state, backend) = (self.workspace.state(), self.backend);
        while !self.members.is_empty() {
            let run = self.workspace.run(DESTROY);
            if run.code == Some(0) {
                break;
            }
            self.blame(what, &run);
        }
        let left = self.workspace.state();
        self.check(what, |member| {
            let in_state = member.resources(&left);
            if !in_state.is_empty() {
                return Err(format!("a state of nothing is left: {in_state:?}"));
            }
            let Case { read, kept, .. } = &*member.case;
            match backend.call(&read.operation, &member.input(read, &state)?) {
                Ok(found) if *kept || member.case.is_gone(&found) => Ok(()),
                Ok(found) => Err(format!("left behind: {found}")),
                Err(refusal) if refusal.status == 400 && !kept => Ok(()),
                Err(refusal) => Err(format!("{}: {} {}", read.operation, refusal.status, refusal.body)),
            }
        });
    }

    /// Copies of the members that take this step.
    fn takes(&self, step: Step) -> Vec<Member> {
        self.members.iter().filter(|member| member.steps.contains(&step)).cloned().collect()
    }

    fn names(&self) -> BTreeSet<String> {
        self.members.iter().map(|member| member.case.name.clone()).collect()
    }

    /// Writes the configuration of all members.
    fn write(&self) {
        let mut root = String::new();
        for Member { case, name, module, root: own, .. } in &self.members {
            if !module.is_empty() {
                let _ = writeln!(root, "module {0:?} {{\n  source = \"./{0}\"\n  name   = {name:?}\n}}\n", case.name);
                self.workspace.write_module(&case.name, module);
            }
            root += own;
        }
        self.workspace.configure(&root);
    }

    /// Plans; None if nobody is left.
    fn plan(&mut self, what: &str, options: &[&str]) -> Option<Plan> {
        while !self.members.is_empty() {
            match self.workspace.try_plan_with(options) {
                Ok(plan) => return Some(plan),
                Err(run) => self.blame(what, &run),
            }
        }
        None
    }

    /// Applies the last plan, or a new one if the group has become smaller since.
    fn apply(&mut self, what: &str) {
        while !self.members.is_empty() {
            let run =
                if self.workspace.has_plan() { self.workspace.try_apply_plan() } else { self.workspace.try_apply(&[]) };
            if run.code == Some(0) {
                return;
            }
            self.blame(what, &run);
        }
    }

    /// There is nothing left to do: neither by the state alone nor after a look at the service, which must not have
    /// changed anything in the state either.
    fn expect_no_changes(&mut self, what: &str) {
        for options in [&["-refresh=false"][..], &[]] {
            let Some(plan) = self.plan(what, options) else { return };
            self.check(what, |member| {
                expect_nothing_planned(member, &plan)?;
                let touched: BTreeSet<String> = member.case.touches.iter().map(|it| member.within(it)).collect();
                let drift = plan.drift().into_iter().filter(|address| address.starts_with(&member.prefix()));
                let drift: Vec<&str> = drift.filter(|address| !touched.contains(*address)).collect();
                if drift.is_empty() {
                    Ok(())
                } else {
                    Err(format!("a refresh finds changes that nobody made: {drift:?}"))
                }
            });
        }
    }

    /// Looks at each member; those with whom something is wrong leave the group.
    fn check(&mut self, what: &str, check: impl Fn(&Member) -> Result<(), String>) {
        let failures = self.members.iter().filter_map(|member| Some((member, check(member).err()?)));
        let failures: Vec<(String, String)> = failures
            .map(|(member, failure)| {
                let Member { case, name, .. } = member;
                let failure = format!("{} ({name}), {what}: {failure}\n{}", case.name, member.configuration());
                (case.name.clone(), failure)
            })
            .collect();
        let (names, failures): (BTreeSet<String>, Vec<String>) = failures.into_iter().unzip();
        self.failures.extend(failures);
        self.fail(&names);
    }

    /// A command has failed: those members that its errors name leave the group, or all if they name none.
    fn blame(&mut self, what: &str, run: &Run) {
        let named = self.members.iter().filter(|member| member.is_named_in(&run.stderr));
        let mut blamed: Vec<&Member> = named.collect();
        if blamed.is_empty() {
            blamed.extend(&self.members);
        }
        let names: BTreeSet<String> = blamed.iter().map(|member| member.case.name.clone()).collect();
        let configuration: String = blamed.iter().map(|member| member.configuration()).collect();
        self.failures.push(format!("{names:?}, {what}: {}\n{}\n{configuration}", run.command, run.stderr));
        self.fail(&names);
    }

    fn fail(&mut self, names: &BTreeSet<String>) {
        self.failed.extend(names.iter().cloned());
        self.leave(names);
    }

    /// Terraform forgets these members and all that they have.
    fn leave(&mut self, names: &BTreeSet<String>) {
        if names.is_empty() {
            return;
        }
        self.members.retain(|member| !names.contains(&member.case.name));
        self.write();
        self.workspace.drop_plan();
        for name in names {
            // Fails for those of which nothing is in the state.
            self.workspace.run(&["state", "rm", &format!("module.{name}")]);
        }
    }

    /// Takes over the failures of a group of the same members in another workspace, which then is kept to look at.
    fn absorb(&mut self, other: Self) {
        if other.failures.is_empty() {
            return;
        }
        other.workspace.keep();
        self.failures.extend(other.failures);
        self.fail(&other.failed);
    }
}

fn is_empty(objects: &Json) -> bool {
    match objects {
        Json::Array(elements) => elements.iter().all(is_empty),
        Json::Object(members) => members.values().all(is_empty),
        _ => false,
    }
}

#[test]
fn a_case_that_fails_is_named_and_leaves_its_group() {
    let backend = Backend::local();
    let mut cases: Vec<Case> = Case::all();
    cases.retain(|case| ["experiment", "hub", "model"].contains(&case.name.as_str()));
    // An action that the plan does not have, and one that no plan can have since the command fails.
    "sagemaker_experiment.other".clone_into(&mut cases[0].address);
    backend.refuse("CreateHub", "ValidationException", "It is not allowed.");
    let mut group = Group::new(&backend, cases, |_| vec![Step::Base, Step::Destroy]);
    group.run();
    let failures: Vec<&str> = group.failures.iter().map(String::as_str).collect();
    let [first, second] = failures[..] else { panic!("{failures:#?}") };
    assert!(first.starts_with("experiment (acc-") && first.contains(", base.tf: the plan should be"), "{first}");
    assert!(second.starts_with("{\"hub\"}, base.tf: ") && second.contains("It is not allowed."), "{second}");
    assert_eq!(group.names(), ["model".to_owned()].into());
    assert_eq!(
        backend.count_by_kind(),
        [].into(),
        "nothing was applied of what left before, and the rest is destroyed"
    );
}
