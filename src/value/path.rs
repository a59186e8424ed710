//! The path to a value inside a resource.

use std::fmt;

/// One step into a value.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Step {
    /// Into an object, by attribute or block name.
    Attribute(String),
    /// Into a list, counted from 0. Elements of sets have no address: a path ends at the set.
    Index(usize),
    /// Into a map.
    Key(String),
}

/// The location of a value, from the resource inwards. The empty path is the resource itself.
#[derive(Debug, Clone, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Path(Vec<Step>);

impl Path {
    /// The resource itself.
    pub fn root() -> Self {
        Self::default()
    }

    /// An attribute of the resource.
    pub fn attribute(name: &str) -> Self {
        Self::root().then(name)
    }

    /// This path extended by the attribute `name`.
    pub fn then(&self, name: &str) -> Self {
        self.with(Step::Attribute(name.to_owned()))
    }

    /// This path extended by the list element `index`.
    pub fn index(&self, index: usize) -> Self {
        self.with(Step::Index(index))
    }

    /// This path extended by the map element `key`.
    pub fn key(&self, key: &str) -> Self {
        self.with(Step::Key(key.to_owned()))
    }

    /// The steps from the resource inwards.
    pub fn steps(&self) -> &[Step] {
        &self.0
    }

    /// This path extended by this step.
    pub fn with(&self, step: Step) -> Self {
        let mut steps = self.0.clone();
        steps.push(step);
        Self(steps)
    }
}

/// Formatted as users write it: `production_variants[0].instance_type`, `tags["team"]`.
impl fmt::Display for Path {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (position, step) in self.0.iter().enumerate() {
            match step {
                Step::Attribute(name) if position == 0 => formatter.write_str(name)?,
                Step::Attribute(name) => write!(formatter, ".{name}")?,
                Step::Index(index) => write!(formatter, "[{index}]")?,
                Step::Key(key) => write!(formatter, "[{key:?}]")?,
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_reads_as_a_user_would_write_it() {
        let path = Path::attribute("production_variants").index(1).then("environment").key("A B");
        assert_eq!(path.to_string(), "production_variants[1].environment[\"A B\"]");
    }
}
