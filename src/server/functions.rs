//! The calls about functions. Their errors are no diagnostics: they name an argument by its number.

use super::{
    calls::Calls,
    convert::function_messages,
    fault::Fault,
    protocol::tfplugin5::{self as proto, DynamicValue},
    values::{read_argument, write_result},
};
use crate::{diag::Diagnostic, engine::FunctionError, schema::Function, value::Value};

impl Calls {
    pub(super) fn functions(&self) -> proto::get_functions::Response {
        proto::get_functions::Response {
            functions: function_messages(self.provider.schemas()),
            diagnostics: Vec::new(),
        }
    }

    pub(super) fn call_function(&self, request: proto::call_function::Request) -> proto::call_function::Response {
        match self.result(request) {
            Ok(result) => proto::call_function::Response { result: Some(result), error: None },
            Err(error) => proto::call_function::Response { result: None, error: Some(message(error)) },
        }
    }

    fn result(&self, request: proto::call_function::Request) -> Result<DynamicValue, FunctionError> {
        let name = request.name;
        let schemas = self.provider.schemas();
        let function = schemas.functions.get(name.as_str());
        let function =
            function.ok_or_else(|| failed(None, Fault::NotOffered { kind: "function", name: name.clone() }))?;
        let arguments = arguments(function, request.arguments)?;
        let result = self.provider.call_function(&name, &arguments)?;
        write_result(&result, &function.returns).map_err(|fault| failed(None, fault))
    }
}

fn arguments(function: &Function, arguments: Vec<DynamicValue>) -> Result<Vec<Value>, FunctionError> {
    if arguments.len() < function.parameters.len() {
        return Err(failed(None, Fault::Empty { field: "arguments" }));
    }
    let read = |(index, argument): (usize, DynamicValue)| {
        let parameter = function.parameter(index);
        let parameter = parameter.ok_or_else(|| failed(Some(index), Fault::Empty { field: "parameters" }))?;
        read_argument(&argument, &parameter.r#type).map_err(|fault| failed(Some(index), fault))
    };
    arguments.into_iter().enumerate().map(read).collect()
}

fn failed(argument: Option<usize>, fault: Fault) -> FunctionError {
    FunctionError { argument, text: Diagnostic::from(fault).detail }
}

fn message(error: FunctionError) -> proto::FunctionError {
    let function_argument = error.argument.and_then(|argument| i64::try_from(argument).ok());
    proto::FunctionError { text: error.text, function_argument }
}
