//! Terraform's side of a function: its parameters and the type of its result.

use super::types::Type;

/// The signature of a function.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Function {
    /// One sentence.
    pub summary: &'static str,
    /// Markdown.
    pub description: &'static str,
    /// In the order of the arguments.
    pub parameters: Vec<Parameter>,
    /// Takes any number of further arguments.
    pub variadic: Option<Parameter>,
    /// The type of the result.
    pub returns: Type,
}

/// One parameter. Arguments are never null, and known as a whole.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Parameter {
    /// As the documentation shows it.
    pub name: &'static str,
    /// The type that arguments are converted to.
    pub r#type: Type,
    /// Markdown.
    pub description: &'static str,
}

impl Function {
    /// The parameter of an argument, counted from 0; `None` if there are fewer.
    pub fn parameter(&self, argument: usize) -> Option<&Parameter> {
        self.parameters.get(argument).or(self.variadic.as_ref())
    }
}
