//! The MessagePack form: every value that travels between host and provider.
//!
//! Every extension is an unknown value. Terraform uses number 12 with the refinements of the value as payload, or
//! number 0 without refinements; the payload is kept and passed on unchanged.

use std::collections::BTreeMap;

use rmp::{Marker, encode, encode::ByteBuf};

use super::{Reason, WireError, composed, expected, kind, position::Position};
use crate::{
    schema::Type,
    value::{Map, Number, Unknown, Value},
};

/// The extension for unknown values with refinements.
const REFINED: i8 = 12;

/// An unknown value without refinements.
const PLAIN_UNKNOWN: [u8; 3] = [0xd4, 0, 0];

/// Reads a value of type `type`. Objects must have exactly the members of their type; null and unknown are allowed
/// everywhere.
pub fn decode(bytes: &[u8], r#type: &Type) -> Result<Value, WireError> {
    let mut reader = Reader { bytes };
    let value = reader.value(r#type, &Position::Root)?;
    match reader.bytes.len() {
        0 => Ok(value),
        left => Err(Position::Root.error(Reason::LeftOver(left))),
    }
}

/// Writes a value as type `type`, under the same rules.
pub fn encode(value: &Value, r#type: &Type) -> Result<Vec<u8>, WireError> {
    let mut writer = Writer { bytes: ByteBuf::new() };
    writer.value(value, r#type, &Position::Root)?;
    Ok(writer.bytes.into_vec())
}

struct Reader<'a> {
    bytes: &'a [u8],
}

/// A marker with its length.
enum Token<'a> {
    Null,
    Unknown(Unknown),
    Bool(bool),
    Integer(Number),
    Float(f64),
    Text(&'a [u8]),
    Array(usize),
    Map(usize),
    Bytes,
    Reserved,
}

impl<'a> Reader<'a> {
    fn value(&mut self, r#type: &Type, place: &Position<'_>) -> Result<Value, WireError> {
        let token = self.token().map_err(|reason| place.error(reason))?;
        match (r#type, token) {
            (_, Token::Null) => Ok(Value::Null),
            (_, Token::Unknown(unknown)) => Ok(Value::Unknown(unknown)),
            (Type::Bool, Token::Bool(value)) => Ok(Value::Bool(value)),
            (Type::Number, Token::Integer(number)) => Ok(Value::Number(number)),
            (Type::Number, Token::Float(value)) => {
                Number::from_f64(value).map(Value::Number).ok_or_else(|| place.error(Reason::NotFinite))
            }
            (Type::Number, Token::Text(bytes)) => {
                text(bytes, place)?.parse().map(Value::Number).map_err(|_| place.error(Reason::Number))
            }
            (Type::String, Token::Text(bytes)) => Ok(Value::String(composed(text(bytes, place)?).into_owned())),
            (Type::List(element), Token::Array(length)) => self.list(length, element, place).map(Value::List),
            (Type::Set(element), Token::Array(length)) => self.set(length, element, place),
            (Type::Map(element), Token::Map(length)) => self.map(length, element, place).map(Value::Map),
            (Type::Object(members), Token::Map(length)) => self.object(length, members, place).map(Value::Map),
            (_, token) => Err(place.mismatch(expected(r#type), token.kind())),
        }
    }

    fn list(&mut self, length: usize, element: &Type, place: &Position<'_>) -> Result<Vec<Value>, WireError> {
        let mut elements = Vec::new();
        for index in 0..length {
            elements.push(self.value(element, &Position::Index(place, index))?);
        }
        Ok(elements)
    }

    fn set(&mut self, length: usize, element: &Type, place: &Position<'_>) -> Result<Value, WireError> {
        let mut elements = Vec::new();
        for _ in 0..length {
            elements.push(self.value(element, &Position::Element(place))?);
        }
        Ok(Value::set(elements))
    }

    fn map(&mut self, length: usize, element: &Type, place: &Position<'_>) -> Result<Map, WireError> {
        let mut members = Map::new();
        for _ in 0..length {
            let key = self.key(place)?;
            let value = self.value(element, &Position::Key(place, key))?;
            members.insert(composed(key).into_owned(), value);
        }
        Ok(members)
    }

    fn object(
        &mut self,
        length: usize,
        types: &BTreeMap<String, Type>,
        place: &Position<'_>,
    ) -> Result<Map, WireError> {
        let mut members = Map::new();
        for _ in 0..length {
            let name = self.key(place)?;
            let r#type = types.get(name).ok_or_else(|| place.error(Reason::NotInSchema(name.to_owned())))?;
            let value = self.value(r#type, &Position::Attribute(place, name))?;
            members.insert(name.to_owned(), value);
        }
        match types.keys().find(|name| !members.contains_key(*name)) {
            None => Ok(members),
            Some(missing) => Err(place.error(Reason::Missing(missing.clone()))),
        }
    }

    fn key(&mut self, place: &Position<'_>) -> Result<&'a str, WireError> {
        match self.token().map_err(|reason| place.error(reason))? {
            Token::Text(bytes) => text(bytes, place),
            token => Err(place.mismatch("a string as key", token.kind())),
        }
    }

    fn token(&mut self) -> Result<Token<'a>, Reason> {
        Ok(match Marker::from_u8(self.take(1)?[0]) {
            Marker::Null => Token::Null,
            Marker::True => Token::Bool(true),
            Marker::False => Token::Bool(false),
            Marker::FixPos(value) => Token::Integer(Number::from(i64::from(value))),
            Marker::FixNeg(value) => Token::Integer(Number::from(i64::from(value))),
            Marker::U8 => Token::Integer(Number::from(i64::from(u8::from_be_bytes(self.array()?)))),
            Marker::U16 => Token::Integer(Number::from(i64::from(u16::from_be_bytes(self.array()?)))),
            Marker::U32 => Token::Integer(Number::from(i64::from(u32::from_be_bytes(self.array()?)))),
            Marker::U64 => Token::Integer(Number::from(u64::from_be_bytes(self.array()?))),
            Marker::I8 => Token::Integer(Number::from(i64::from(i8::from_be_bytes(self.array()?)))),
            Marker::I16 => Token::Integer(Number::from(i64::from(i16::from_be_bytes(self.array()?)))),
            Marker::I32 => Token::Integer(Number::from(i64::from(i32::from_be_bytes(self.array()?)))),
            Marker::I64 => Token::Integer(Number::from(i64::from_be_bytes(self.array()?))),
            Marker::F32 => Token::Float(f64::from(f32::from_be_bytes(self.array()?))),
            Marker::F64 => Token::Float(f64::from_be_bytes(self.array()?)),
            Marker::FixStr(length) => Token::Text(self.take(usize::from(length))?),
            Marker::Str8 => self.sized(1)?,
            Marker::Str16 => self.sized(2)?,
            Marker::Str32 => self.sized(4)?,
            Marker::FixArray(length) => Token::Array(usize::from(length)),
            Marker::Array16 => Token::Array(self.length(2)?),
            Marker::Array32 => Token::Array(self.length(4)?),
            Marker::FixMap(length) => Token::Map(usize::from(length)),
            Marker::Map16 => Token::Map(self.length(2)?),
            Marker::Map32 => Token::Map(self.length(4)?),
            Marker::FixExt1 => self.extension(1)?,
            Marker::FixExt2 => self.extension(2)?,
            Marker::FixExt4 => self.extension(4)?,
            Marker::FixExt8 => self.extension(8)?,
            Marker::FixExt16 => self.extension(16)?,
            Marker::Ext8 => self.sized_extension(1)?,
            Marker::Ext16 => self.sized_extension(2)?,
            Marker::Ext32 => self.sized_extension(4)?,
            Marker::Bin8 | Marker::Bin16 | Marker::Bin32 => Token::Bytes,
            Marker::Reserved => Token::Reserved,
        })
    }

    fn sized(&mut self, width: usize) -> Result<Token<'a>, Reason> {
        let length = self.length(width)?;
        self.take(length).map(Token::Text)
    }

    fn sized_extension(&mut self, width: usize) -> Result<Token<'a>, Reason> {
        let length = self.length(width)?;
        self.extension(length)
    }

    fn extension(&mut self, length: usize) -> Result<Token<'a>, Reason> {
        let number = i8::from_be_bytes(self.array()?);
        let payload = self.take(length)?;
        let refinements = if number == REFINED { payload.to_vec() } else { Vec::new() };
        Ok(Token::Unknown(Unknown(refinements)))
    }

    /// A length of `width` bytes.
    fn length(&mut self, width: usize) -> Result<usize, Reason> {
        Ok(self.take(width)?.iter().fold(0, |length, byte| length << 8 | usize::from(*byte)))
    }

    fn array<const N: usize>(&mut self) -> Result<[u8; N], Reason> {
        let (array, rest) = self.bytes.split_first_chunk().ok_or(Reason::Truncated)?;
        self.bytes = rest;
        Ok(*array)
    }

    fn take(&mut self, length: usize) -> Result<&'a [u8], Reason> {
        let (taken, rest) = self.bytes.split_at_checked(length).ok_or(Reason::Truncated)?;
        self.bytes = rest;
        Ok(taken)
    }
}

impl Token<'_> {
    fn kind(&self) -> &'static str {
        match self {
            Self::Null => "null",
            Self::Unknown(_) => "an unknown value",
            Self::Bool(_) => "a bool",
            Self::Integer(_) | Self::Float(_) => "a number",
            Self::Text(_) => "a string",
            Self::Array(_) => "a list",
            Self::Map(_) => "a map",
            Self::Bytes => "bytes",
            Self::Reserved => "the reserved marker 0xc1",
        }
    }
}

fn text<'a>(bytes: &'a [u8], place: &Position<'_>) -> Result<&'a str, WireError> {
    str::from_utf8(bytes).map_err(|_| place.error(Reason::NotUtf8))
}

/// Why writes with `rmp` are expected to succeed: the error type of an in-memory buffer has no values.
const IN_MEMORY: &str = "writing to memory does not fail";

struct Writer {
    bytes: ByteBuf,
}

impl Writer {
    fn value(&mut self, value: &Value, r#type: &Type, place: &Position<'_>) -> Result<(), WireError> {
        match (r#type, value) {
            (_, Value::Null) => encode::write_nil(&mut self.bytes).expect(IN_MEMORY),
            (_, Value::Unknown(unknown)) => self.unknown(unknown, place)?,
            (Type::Bool, Value::Bool(value)) => encode::write_bool(&mut self.bytes, *value).expect(IN_MEMORY),
            (Type::Number, Value::Number(number)) => self.number(number),
            (Type::String, Value::String(text)) => self.text(text),
            (Type::List(element), Value::List(elements)) => {
                self.array(elements.len(), place)?;
                for (index, value) in elements.iter().enumerate() {
                    self.value(value, element, &Position::Index(place, index))?;
                }
            }
            (Type::Set(element), Value::List(elements)) => {
                self.array(elements.len(), place)?;
                for value in elements {
                    self.value(value, element, &Position::Element(place))?;
                }
            }
            (Type::Map(element), Value::Map(members)) => {
                self.map(members.len(), place)?;
                for (key, value) in members {
                    self.text(key);
                    self.value(value, element, &Position::Key(place, key))?;
                }
            }
            (Type::Object(types), Value::Map(members)) => self.object(members, types, place)?,
            _ => return Err(place.mismatch(expected(r#type), kind(value))),
        }
        Ok(())
    }

    fn object(&mut self, members: &Map, types: &BTreeMap<String, Type>, place: &Position<'_>) -> Result<(), WireError> {
        if let Some(name) = members.keys().find(|name| !types.contains_key(*name)) {
            return Err(place.error(Reason::NotInSchema(name.clone())));
        }
        self.map(types.len(), place)?;
        for (name, r#type) in types {
            let value = members.get(name).ok_or_else(|| place.error(Reason::Missing(name.clone())))?;
            self.text(name);
            self.value(value, r#type, &Position::Attribute(place, name))?;
        }
        Ok(())
    }

    fn unknown(&mut self, Unknown(refinements): &Unknown, place: &Position<'_>) -> Result<(), WireError> {
        if refinements.is_empty() {
            self.bytes.as_mut_vec().extend_from_slice(&PLAIN_UNKNOWN);
            return Ok(());
        }
        encode::write_ext_meta(&mut self.bytes, length(refinements.len(), place)?, REFINED).expect(IN_MEMORY);
        self.bytes.as_mut_vec().extend_from_slice(refinements);
        Ok(())
    }

    /// Writes small integers as integers, all other numbers as decimal text. A host parses a floating-point number at
    /// 53 bits and text at 512, so that 0.1 as a float would appear as 0.1000000000000000055… in a user's sums.
    fn number(&mut self, number: &Number) {
        match number.as_i64() {
            Some(integer) => {
                encode::write_sint(&mut self.bytes, integer).expect(IN_MEMORY);
            }
            None => self.text(&number.to_string()),
        }
    }

    fn text(&mut self, text: &str) {
        encode::write_str(&mut self.bytes, &composed(text)).expect(IN_MEMORY);
    }

    fn array(&mut self, elements: usize, place: &Position<'_>) -> Result<(), WireError> {
        encode::write_array_len(&mut self.bytes, length(elements, place)?).expect(IN_MEMORY);
        Ok(())
    }

    fn map(&mut self, members: usize, place: &Position<'_>) -> Result<(), WireError> {
        encode::write_map_len(&mut self.bytes, length(members, place)?).expect(IN_MEMORY);
        Ok(())
    }
}

fn length(length: usize, place: &Position<'_>) -> Result<u32, WireError> {
    u32::try_from(length).map_err(|_| place.error(Reason::TooLong))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::wire::random::{any_type, value_of};

    fn list(element: Type) -> Type {
        Type::List(Box::new(element))
    }

    fn object<const N: usize>(members: [(&str, Type); N]) -> Type {
        Type::Object(members.into_iter().map(|(name, member)| (name.to_owned(), member)).collect())
    }

    fn refusal(bytes: &[u8], r#type: &Type) -> String {
        decode(bytes, r#type).expect_err("refused").to_string()
    }

    proptest! {
        #[test]
        fn any_value_of_any_type_round_trips(
            (r#type, value) in any_type().prop_flat_map(|r#type| (Just(r#type.clone()), value_of(&r#type, true)))
        ) {
            let bytes = encode(&value, &r#type).expect("the value is of that type");
            let back = decode(&bytes, &r#type).expect("what we write we can read");
            // Equality ignores refinements, so they are compared separately.
            prop_assert_eq!(refinements(&back), refinements(&value));
            prop_assert_eq!(back, value);
        }

        #[test]
        fn no_bytes_cause_a_panic(r#type in any_type(), bytes in prop::collection::vec(any::<u8>(), 0..400)) {
            let _ = decode(&bytes, &r#type);
        }

        #[test]
        fn no_corruption_of_valid_bytes_causes_a_panic(
            (r#type, value) in any_type().prop_flat_map(|r#type| (Just(r#type.clone()), value_of(&r#type, true))),
            place in any::<prop::sample::Index>(),
            byte in any::<u8>(),
        ) {
            let mut bytes = encode(&value, &r#type).expect("the value is of that type");
            let place = place.index(bytes.len());
            bytes[place] = byte;
            if let Ok(value) = decode(&bytes, &r#type) {
                prop_assert!(r#type.admits(&value), "read {:?} as {:?}", value, r#type);
            }
            bytes.truncate(place);
            prop_assert!(decode(&bytes, &r#type).is_err());
        }
    }

    fn refinements(value: &Value) -> Vec<Vec<u8>> {
        match value {
            Value::Unknown(Unknown(refinements)) => vec![refinements.clone()],
            Value::List(elements) => elements.iter().flat_map(refinements).collect(),
            Value::Map(members) => members.values().flat_map(refinements).collect(),
            _ => Vec::new(),
        }
    }

    #[test]
    fn numbers_keep_every_digit() {
        for text in ["12345678901234567890", "-98765432109876543210.25", "0.1", "9223372036854775808", "-1", "1e300"] {
            let number: Number = text.parse().expect("a number");
            let bytes = encode(&Value::Number(number.clone()), &Type::Number).expect("written");
            assert_eq!(decode(&bytes, &Type::Number), Ok(Value::Number(number)), "{text}");
        }
    }

    #[test]
    fn numbers_are_read_in_every_form() {
        let cases: [(&[u8], &str); 9] = [
            (b"\x07", "7"),
            (b"\xe0", "-32"),
            (b"\xcc\xff", "255"),
            (b"\xcf\xff\xff\xff\xff\xff\xff\xff\xff", "18446744073709551615"),
            (b"\xd3\x80\0\0\0\0\0\0\0", "-9223372036854775808"),
            (b"\xca\x3f\xc0\0\0", "1.5"),
            (b"\xcb\x3f\xb9\x99\x99\x99\x99\x99\x9a", "0.1"),
            (b"\xa30.1", "0.1"),
            (b"\xa41e20", "100000000000000000000"),
        ];
        for (bytes, text) in cases {
            assert_eq!(decode(bytes, &Type::Number), Ok(Value::Number(text.parse().expect("a number"))), "{text}");
        }
    }

    #[test]
    fn invalid_numbers_are_rejected() {
        assert_eq!(refusal(b"\xcb\x7f\xf8\0\0\0\0\0\0", &Type::Number), "the number is not finite");
        assert_eq!(refusal(b"\xcb\x7f\xf0\0\0\0\0\0\0", &Type::Number), "the number is not finite");
        assert_eq!(refusal(b"\xa3ten", &Type::Number), "not a number that can be handled exactly");
    }

    #[test]
    fn every_extension_is_unknown_and_only_number_12_has_refinements() {
        let promised = b"\xc7\x03\x0c\x81\x01\xc2";
        assert_eq!(decode(promised, &Type::String), Ok(Value::unknown()));
        assert_eq!(encode(&Value::Unknown(Unknown(vec![0x81, 0x01, 0xc2])), &Type::String), Ok(promised.to_vec()));
        assert_eq!(encode(&decode(b"\xd5\x05ab", &Type::Bool).expect("read"), &Type::Bool), Ok(b"\xd4\0\0".to_vec()));
    }

    #[test]
    fn a_list_of_blocks_may_be_unknown() {
        let r#type = object([("variant", list(object([("name", Type::String)])))]);
        let bytes = b"\x81\xa7variant\xd4\0\0";
        let value = Value::from([("variant", Value::unknown())]);
        assert_eq!(decode(bytes, &r#type), Ok(value.clone()));
        assert_eq!(encode(&value, &r#type), Ok(bytes.to_vec()));
    }

    #[test]
    fn text_is_composed_both_ways() {
        let decomposed = "e\u{301}";
        assert_eq!(encode(&Value::from(decomposed), &Type::String), Ok(b"\xa2\xc3\xa9".to_vec()));
        assert_eq!(decode(b"\xa3e\xcc\x81", &Type::String), Ok(Value::from("\u{e9}")));
        assert_eq!(
            decode(b"\x81\xa3e\xcc\x81\xc0", &Type::Map(Box::new(Type::Bool))),
            Ok(Value::from([("\u{e9}", Value::Null)]))
        );
    }

    #[test]
    fn unknown_elements_of_a_set_are_not_merged() {
        let strings = Type::Set(Box::new(Type::String));
        let value = decode(b"\x93\xd4\0\0\xd4\0\0\xa1a", &strings).expect("read");
        assert_eq!(value.elements().len(), 3);
    }

    #[test]
    fn an_object_has_exactly_its_members() {
        let r#type = object([("outer", list(object([("a", Type::Bool), ("b", Type::Bool)])))]);
        assert_eq!(refusal(b"\x81\xa5outer\x91\x81\xa1a\xc3", &r#type), "outer[0]: `b` is missing");
        assert_eq!(refusal(b"\x81\xa5outer\x91\x81\xa1c\xc3", &r#type), "outer[0]: `c` is not in the schema");
        assert_eq!(refusal(b"\x80", &r#type), "`outer` is missing");
        let value = Value::from([("outer", vec![Value::from([("a", true.into())])].into())]);
        assert_eq!(encode(&value, &r#type).expect_err("refused").to_string(), "outer[0]: `b` is missing");
        let value = Value::from([("outer", Value::Null), ("other", Value::Null)]);
        assert_eq!(encode(&value, &r#type).expect_err("refused").to_string(), "`other` is not in the schema");
    }

    #[test]
    fn errors_name_the_place_and_stop_at_sets() {
        let strings = object([("m", Type::Map(Box::new(list(Type::String))))]);
        assert_eq!(
            refusal(b"\x81\xa1m\x81\xa1k\x92\xc0\x01", &strings),
            "m[\"k\"][1]: expected a string, found a number"
        );
        let set = object([("s", Type::Set(Box::new(object([("a", Type::Bool)]))))]);
        assert_eq!(refusal(b"\x81\xa1s\x91\x81\xa1a\x01", &set), "s: expected a bool, found a number");
    }

    #[test]
    fn claimed_lengths_are_not_trusted() {
        for bytes in [
            &b"\xdd\xff\xff\xff\xff"[..],
            b"\xdb\xff\xff\xff\xff",
            b"\xdf\xff\xff\xff\xff",
            b"\xc9\xff\xff\xff\xff\x0c",
        ] {
            assert_eq!(
                decode(bytes, &list(Type::String)).map_err(|error| error.reason).err(),
                match bytes[0] {
                    0xdf => Some(Reason::Mismatch { expected: "a list", found: "a map" }),
                    _ => Some(Reason::Truncated),
                }
            );
        }
    }

    #[test]
    fn depth_of_the_bytes_does_not_matter() {
        let bytes = vec![0x91; 1_000_000];
        assert_eq!(refusal(&bytes, &list(list(Type::String))), "[0][0]: expected a string, found a list");
    }

    #[test]
    fn nothing_may_follow_a_value() {
        assert_eq!(refusal(b"\xc0\xc0", &Type::String), "1 bytes follow the value");
        assert_eq!(refusal(b"", &Type::String), "the bytes end too early");
    }
}
