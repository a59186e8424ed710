//! A line of the data file: changes that became durable together, after a checksum, the length and the number of the
//! line, so that a changed byte and a missing line are found.

use std::cmp::Ordering;

use crate::{local::json, value::Value};

/// The line of this number, with its line break.
pub(super) fn write(number: usize, changes: &[String]) -> String {
    let content = format!("{number} [{}]", changes.join(","));
    format!("{:08x} {} {content}\n", checksum(content.as_bytes()), content.len())
}

/// What is wrong with a line.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Flaw {
    /// The line is shorter than the length that it states, or than the minimum.
    BreaksOff,
    Damage(String),
}

impl Flaw {
    pub(super) fn text(self) -> String {
        match self {
            Self::BreaksOff => "it breaks off".to_owned(),
            Self::Damage(text) => text,
        }
    }
}

/// The changes in the line of this number, passed without its line break.
pub(super) fn read(number: usize, line: &[u8]) -> Result<Vec<Value>, Flaw> {
    let damage = |text: &str| Flaw::Damage(text.to_owned());
    let mut parts = line.splitn(3, |byte| *byte == b' ');
    let (Some(sum), Some(length), Some(content)) = (parts.next(), parts.next(), parts.next()) else {
        return Err(Flaw::BreaksOff);
    };
    let length: usize =
        str::from_utf8(length).ok().and_then(|length| length.parse().ok()).ok_or(damage(WRONG_LENGTH))?;
    match content.len().cmp(&length) {
        Ordering::Less => return Err(Flaw::BreaksOff),
        Ordering::Greater => return Err(damage(WRONG_LENGTH)),
        Ordering::Equal => {}
    }
    if sum != format!("{:08x}", checksum(content)).as_bytes() {
        return Err(damage("its checksum is wrong"));
    }
    let content = str::from_utf8(content).map_err(|_| damage("it is not UTF-8"))?;
    let (theirs, json) = content.split_once(' ').ok_or_else(|| damage("it has no number"))?;
    if theirs != number.to_string() {
        return Err(Flaw::Damage(format!("it was written as line {theirs}, so that lines are missing or repeated")));
    }
    match json::read(json.as_bytes()) {
        Ok(Value::List(changes)) => Ok(changes),
        Ok(_) => Err(damage("it is not a list")),
        Err(error) => Err(Flaw::Damage(error.to_string())),
    }
}

const WRONG_LENGTH: &str = "its length is wrong";

/// CRC-32 as in Ethernet and zip: detects every burst error of up to 32 bits.
fn checksum(bytes: &[u8]) -> u32 {
    !bytes.iter().fold(!0, |sum, byte| TABLE[usize::from(sum.to_le_bytes()[0] ^ byte)] ^ (sum >> 8))
}

const TABLE: [u32; 256] = {
    let mut table = [0; 256];
    let mut index = 0;
    while index < table.len() {
        let mut sum = index as u32;
        let mut bit = 0;
        while bit < 8 {
            sum = if sum & 1 == 1 { 0xedb8_8320 ^ (sum >> 1) } else { sum >> 1 };
            bit += 1;
        }
        table[index] = sum;
        index += 1;
    }
    table
};

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_checksum_is_the_usual_one() {
        assert_eq!(checksum(b"123456789"), 0xcbf4_3926);
    }

    #[test]
    fn changes_that_were_written_together_are_read_together() {
        let line = write(7, &["1".to_owned(), "{}".to_owned()]);
        assert_eq!(read(7, line.trim_end().as_bytes()), Ok(vec![1.into(), Value::object()]));
    }
}
