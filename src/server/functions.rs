//! The calls about functions. Their errors are no diagnostics: they name an argument by its number.

use super::{
    calls::Calls,
    convert::function_messages,
    fault::Fault,
    protocol::tfplugin5::{self as proto, DynamicValue, call_function, get_functions},
    values::{encode, read_argument},
};
use crate::{diag::Diagnostics, engine::FunctionError, schema::Function, value::Value};

impl Calls {
    pub(super) fn functions(&self) -> get_functions::Response {
        get_functions::Response { functions: function_messages(self.provider.schemas()), diagnostics: Vec::new() }
    }

    pub(super) fn call_function(&self, request: call_function::Request) -> Result<call_function::Response, Fault> {
        let name = request.name;
        let function = self.provider.schemas().functions.get(name.as_str());
        let function = function.ok_or_else(|| Fault::NotOffered { kind: "function", name: name.clone() })?;
        let arguments = arguments(function, &request.arguments)?;
        Ok(match self.provider.call_function(&name, &arguments) {
            Ok(result) => {
                let result = encode(&result, &function.returns)?;
                call_function::Response { result: Some(result), error: None }
            }
            Err(error) => refused(&error),
        })
    }
}

fn arguments(function: &Function, arguments: &[DynamicValue]) -> Result<Vec<Value>, Fault> {
    if arguments.len() < function.parameters.len() {
        return Err(Fault::Empty { field: "arguments" });
    }
    let read = |(index, argument): (usize, &DynamicValue)| {
        let parameter = function.parameter(index).ok_or(Fault::TooMany { field: "arguments" })?;
        read_argument(argument, &parameter.r#type)
    };
    arguments.iter().enumerate().map(read).collect()
}

/// Terraform puts the text into a sentence of its own, and a period at its end.
fn refused(error: &FunctionError) -> call_function::Response {
    let function_argument = error.argument.and_then(|argument| i64::try_from(argument).ok());
    let text = error.text.strip_suffix('.').unwrap_or(&error.text).to_owned();
    call_function::Response { result: None, error: Some(proto::FunctionError { text, function_argument }) }
}

/// A fault of the call is at no argument.
impl From<Diagnostics> for call_function::Response {
    fn from(diagnostics: Diagnostics) -> Self {
        let details: Vec<String> = diagnostics.into_iter().map(|diagnostic| diagnostic.detail).collect();
        refused(&FunctionError { argument: None, text: details.join("\n\n") })
    }
}
