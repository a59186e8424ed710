//! Writes any value of the tables as a Rust expression.
//!
//! The names of types and variants come from serde. Lists of structures and patterns, which occur in many places,
//! become statics that all places share.

use std::{collections::BTreeMap, fmt};

use serde::{
    Serialize, Serializer,
    ser::{self, Impossible, SerializeSeq, SerializeStruct, SerializeStructVariant, SerializeTuple},
};

/// Structures that the tables hold by reference.
const BY_REFERENCE: &[&str] = &["Pattern"];

/// The statics written so far.
pub(super) struct Literals {
    /// The prefix of the names of the statics.
    prefix: &'static str,
    /// The number of the static, by type and expression.
    shared: BTreeMap<(String, String), usize>,
}

impl Literals {
    pub(super) fn new(prefix: &'static str) -> Self {
        Self { prefix, shared: BTreeMap::new() }
    }

    /// The expression of a value.
    pub(super) fn write(&mut self, value: &(impl Serialize + ?Sized)) -> String {
        value.serialize(Writer(self)).expect("a table holds only what can be written")
    }

    /// The source of all statics.
    pub(super) fn statics(&self) -> String {
        let write = |((kind, text), number): (&(String, String), &usize)| {
            format!("static {}_{number}: {kind} = {text};\n", self.prefix)
        };
        self.shared.iter().map(write).collect()
    }

    /// The name of the static with that value.
    fn share(&mut self, kind: String, text: String) -> String {
        let next = self.shared.len();
        let number = *self.shared.entry((kind, text)).or_insert(next);
        format!("{}_{number}", self.prefix)
    }
}

/// Writes one value.
struct Writer<'a>(&'a mut Literals);

/// A value that cannot be part of a table.
#[derive(Debug)]
struct Unwritable(String);

impl fmt::Display for Unwritable {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}

impl std::error::Error for Unwritable {}

impl ser::Error for Unwritable {
    fn custom<T: fmt::Display>(message: T) -> Self {
        Self(message.to_string())
    }
}

fn unwritable<T>(what: &str) -> Result<T, Unwritable> {
    Err(Unwritable(format!("no table holds a {what}")))
}

/// The written parts of a structure, a variant or a list.
struct Parts<'a> {
    literals: &'a mut Literals,
    /// The path of the type or of the variant.
    path: String,
    parts: Vec<String>,
}

impl<'a> Parts<'a> {
    fn of(literals: &'a mut Literals, path: String) -> Self {
        Self { literals, path, parts: Vec::new() }
    }

    fn add(&mut self, value: &(impl Serialize + ?Sized)) {
        let part = self.literals.write(value);
        self.parts.push(part);
    }

    fn add_field(&mut self, name: &str, value: &(impl Serialize + ?Sized)) {
        let part = self.literals.write(value);
        self.parts.push(format!("{name}: {part}"));
    }

    fn structure(self) -> String {
        format!("{} {{ {} }}", self.path, self.parts.join(", "))
    }
}

impl SerializeStruct for Parts<'_> {
    type Ok = String;
    type Error = Unwritable;

    fn serialize_field<T: Serialize + ?Sized>(&mut self, name: &'static str, value: &T) -> Result<(), Unwritable> {
        self.add_field(name, value);
        Ok(())
    }

    fn end(self) -> Result<String, Unwritable> {
        if !BY_REFERENCE.contains(&self.path.as_str()) {
            return Ok(self.structure());
        }
        let kind = self.path.clone();
        let literals = self.literals;
        let text = format!("{kind} {{ {} }}", self.parts.join(", "));
        Ok(format!("&{}", literals.share(kind, text)))
    }
}

impl SerializeStructVariant for Parts<'_> {
    type Ok = String;
    type Error = Unwritable;

    fn serialize_field<T: Serialize + ?Sized>(&mut self, name: &'static str, value: &T) -> Result<(), Unwritable> {
        self.add_field(name, value);
        Ok(())
    }

    fn end(self) -> Result<String, Unwritable> {
        Ok(self.structure())
    }
}

impl SerializeSeq for Parts<'_> {
    type Ok = String;
    type Error = Unwritable;

    fn serialize_element<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), Unwritable> {
        self.add(value);
        Ok(())
    }

    fn end(self) -> Result<String, Unwritable> {
        let list = format!("&[{}]", self.parts.join(",\n"));
        match self.parts.first().and_then(|first| first.split_once(" { ")) {
            Some((kind, _)) if !kind.contains([':', '"', '&', '(']) => {
                Ok(self.literals.share(format!("&[{kind}]"), list))
            }
            _ => Ok(list),
        }
    }
}

impl SerializeTuple for Parts<'_> {
    type Ok = String;
    type Error = Unwritable;

    fn serialize_element<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), Unwritable> {
        self.add(value);
        Ok(())
    }

    fn end(self) -> Result<String, Unwritable> {
        Ok(format!("({})", self.parts.join(", ")))
    }
}

/// Numbers and other scalars, which are written as `Debug` formats them.
macro_rules! plain {
    ($($method:ident: $type:ty,)*) => {
        $(fn $method(self, value: $type) -> Result<String, Unwritable> {
            Ok(format!("{value:?}"))
        })*
    };
}

impl<'a> Serializer for Writer<'a> {
    type Ok = String;
    type Error = Unwritable;
    type SerializeSeq = Parts<'a>;
    type SerializeTuple = Parts<'a>;
    type SerializeTupleStruct = Impossible<String, Unwritable>;
    type SerializeTupleVariant = Impossible<String, Unwritable>;
    type SerializeMap = Impossible<String, Unwritable>;
    type SerializeStruct = Parts<'a>;
    type SerializeStructVariant = Parts<'a>;

    plain! {
        serialize_bool: bool,
        serialize_i8: i8,
        serialize_i16: i16,
        serialize_i32: i32,
        serialize_i64: i64,
        serialize_u8: u8,
        serialize_u16: u16,
        serialize_u32: u32,
        serialize_u64: u64,
        serialize_f32: f32,
        serialize_f64: f64,
        serialize_char: char,
        serialize_str: &str,
    }

    fn serialize_bytes(self, _: &[u8]) -> Result<String, Unwritable> {
        unwritable("string of bytes")
    }

    fn serialize_none(self) -> Result<String, Unwritable> {
        Ok("None".to_owned())
    }

    fn serialize_some<T: Serialize + ?Sized>(self, value: &T) -> Result<String, Unwritable> {
        Ok(format!("Some({})", self.0.write(value)))
    }

    fn serialize_unit(self) -> Result<String, Unwritable> {
        unwritable("unit")
    }

    fn serialize_unit_struct(self, _: &'static str) -> Result<String, Unwritable> {
        unwritable("structure without fields")
    }

    fn serialize_unit_variant(self, kind: &str, _: u32, variant: &str) -> Result<String, Unwritable> {
        Ok(format!("{kind}::{variant}"))
    }

    fn serialize_newtype_struct<T: Serialize + ?Sized>(self, _: &'static str, _: &T) -> Result<String, Unwritable> {
        unwritable("structure without names")
    }

    fn serialize_newtype_variant<T: Serialize + ?Sized>(
        self,
        kind: &'static str,
        _: u32,
        variant: &'static str,
        value: &T,
    ) -> Result<String, Unwritable> {
        Ok(format!("{kind}::{variant}({})", self.0.write(value)))
    }

    fn serialize_seq(self, _: Option<usize>) -> Result<Parts<'a>, Unwritable> {
        Ok(Parts::of(self.0, String::new()))
    }

    fn serialize_tuple(self, _: usize) -> Result<Parts<'a>, Unwritable> {
        Ok(Parts::of(self.0, String::new()))
    }

    fn serialize_tuple_struct(self, _: &'static str, _: usize) -> Result<Self::SerializeTupleStruct, Unwritable> {
        unwritable("structure without names")
    }

    fn serialize_tuple_variant(
        self,
        _: &'static str,
        _: u32,
        _: &'static str,
        _: usize,
    ) -> Result<Self::SerializeTupleVariant, Unwritable> {
        unwritable("variant with several values")
    }

    fn serialize_map(self, _: Option<usize>) -> Result<Self::SerializeMap, Unwritable> {
        unwritable("map")
    }

    fn serialize_struct(self, name: &'static str, _: usize) -> Result<Parts<'a>, Unwritable> {
        Ok(Parts::of(self.0, name.to_owned()))
    }

    fn serialize_struct_variant(
        self,
        kind: &'static str,
        _: u32,
        variant: &'static str,
        _: usize,
    ) -> Result<Parts<'a>, Unwritable> {
        Ok(Parts::of(self.0, format!("{kind}::{variant}")))
    }
}
