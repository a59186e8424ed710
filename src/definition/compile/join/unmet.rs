//! Reports settings that the walk has not reached.

use std::collections::BTreeSet;

use super::{Join, level::Level};
use crate::definition::{
    compile::{files::key_of, problem::listed},
    shape::{Member, Shape},
};

impl Join<'_> {
    /// Reports settings of members and structures that the walk has not reached.
    pub(super) fn report_unmet(&mut self, top: &Level) {
        for path in self.overrides.members.attributes.keys().filter(|path| !self.met.contains(*path)) {
            let reason = self.explain_unmet(top, path);
            self.problems.add(self.overrides.file, key_of("attributes", path), reason);
        }
        for name in self.overrides.members.descriptions.keys() {
            if !self.met.contains(name) {
                let reason = self.explain_unmet(top, name);
                self.problems.add(self.overrides.file, key_of("descriptions", name), reason);
            }
        }
        for structure in
            self.overrides.members.shapes.keys().filter(|name| !self.met_structures.contains(name.as_str()))
        {
            let reason = "is not a structure inside this resource";
            self.problems.add(self.overrides.file, key_of("shapes", structure), reason);
        }
    }

    fn explain_unmet(&self, top: &Level, path: &str) -> String {
        let mut structures: Vec<&'static Shape> = top.structures().collect();
        for name in path.split('.') {
            let all: Vec<&Member> = structures.iter().flat_map(|structure| structure.members()).collect();
            let shapes: Vec<&'static Shape> =
                all.iter().filter(|member| member.name == name).map(|member| member.shape).collect();
            if shapes.is_empty() {
                let names: BTreeSet<&str> = all.iter().map(|member| member.name).collect();
                return format!("the API has no `{name}` there; it has {}", listed(names));
            }
            structures = shapes.into_iter().filter_map(|shape| self.model.structure_in(shape)).collect();
        }
        "has no effect, since the provider uses the member itself, or one around it is ignored".to_owned()
    }
}
