//! Why data is not enough: the operations take a list of tags, of which this is one.

use async_trait::async_trait;

use crate::{
    definition::names::tag as names,
    engine::{CallContext, Failure, Special},
    value::Value,
};

pub(super) struct Tag;

#[async_trait]
impl Special for Tag {
    async fn before_create(
        &self,
        _context: CallContext<'_>,
        planned: &Value,
        input: &mut Value,
    ) -> Result<(), Failure> {
        *input = complete(planned);
        Ok(())
    }

    async fn before_update(
        &self,
        _context: CallContext<'_>,
        prior: &Value,
        planned: &Value,
        input: &mut Value,
    ) -> Result<(), Failure> {
        // A create has already set the tag: the address alone requests no change.
        *input = if prior.get(names::VALUE).is_null() { address(planned) } else { complete(planned) };
        Ok(())
    }
}

fn address(tag: &Value) -> Value {
    Value::from([("ResourceArn", tag.get(names::RESOURCE_ARN).clone())])
}

fn complete(tag: &Value) -> Value {
    let pair = [("Key", names::KEY), ("Value", names::VALUE)].map(|(member, name)| (member, tag.get(name).clone()));
    let mut complete = address(tag);
    complete.insert("Tags", Value::List(vec![Value::from(pair)]));
    complete
}
