//! Exact numbers: Terraform's are decimals of up to 512 bits, the service's are 64-bit integers and short fractions.

use std::{cmp::Ordering, fmt, str::FromStr};

use bigdecimal::{BigDecimal, Signed, ToPrimitive, Zero};

/// Larger exponents are rejected, since such a number written out would exhaust the memory.
const MAX_EXPONENT: i64 = 5_000;

/// A decimal number without rounding. Numerically equal numbers are equal regardless of their spelling.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Number(Repr);

/// Canonical: a number that fits an `i64` is `Integer`, and a decimal has no trailing zeros.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Repr {
    Integer(i64),
    Decimal(Box<BigDecimal>),
}

/// The text is not a number, or the number is too large.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` is not a number that can be handled exactly")]
pub struct InvalidNumber(String);

impl Number {
    /// The integer, if it is one and fits.
    pub fn as_i64(&self) -> Option<i64> {
        match &self.0 {
            Repr::Integer(value) => Some(*value),
            Repr::Decimal(_) => None,
        }
    }

    /// The nearest floating-point number.
    pub fn to_f64(&self) -> f64 {
        match &self.0 {
            Repr::Integer(value) => *value as f64,
            // Converts via text, since the crate's own conversion is wrong in the last digits.
            Repr::Decimal(_) => self.to_string().parse().expect("a decimal number is a number to the parser of floats"),
        }
    }

    /// The number denoted by the shortest text of `value`, or `None` if it is not finite.
    ///
    /// `0.1_f64` becomes exactly 0.1, as the sender of a floating-point number intended.
    pub fn from_f64(value: f64) -> Option<Self> {
        if value.is_finite() { value.to_string().parse().ok() } else { None }
    }

    /// True if there is no fraction, regardless of the size.
    pub fn is_integer(&self) -> bool {
        match &self.0 {
            Repr::Integer(_) => true,
            Repr::Decimal(value) => value.is_integer(),
        }
    }

    /// True for 0.
    pub fn is_zero(&self) -> bool {
        self.0 == Repr::Integer(0)
    }

    fn decimal(&self) -> BigDecimal {
        match &self.0 {
            Repr::Integer(value) => BigDecimal::from(*value),
            Repr::Decimal(value) => (**value).clone(),
        }
    }
}

impl From<i64> for Number {
    fn from(value: i64) -> Self {
        Self(Repr::Integer(value))
    }
}

impl From<u64> for Number {
    fn from(value: u64) -> Self {
        match i64::try_from(value) {
            Ok(value) => Self(Repr::Integer(value)),
            Err(_) => Self(Repr::Decimal(Box::new(BigDecimal::from(value).normalized()))),
        }
    }
}

impl FromStr for Number {
    type Err = InvalidNumber;

    fn from_str(text: &str) -> Result<Self, InvalidNumber> {
        if let Ok(value) = text.parse::<i64>() {
            return Ok(Self(Repr::Integer(value)));
        }
        let invalid = || InvalidNumber(text.chars().take(60).collect());
        let value = text.parse::<BigDecimal>().map_err(|_| invalid())?.normalized();
        if value.is_zero() {
            return Ok(Self(Repr::Integer(0)));
        }
        let (_, exponent) = value.as_bigint_and_exponent();
        if exponent.abs() > MAX_EXPONENT {
            return Err(invalid());
        }
        match value.is_integer().then(|| value.to_i64()).flatten() {
            Some(integer) => Ok(Self(Repr::Integer(integer))),
            None => Ok(Self(Repr::Decimal(Box::new(value)))),
        }
    }
}

impl PartialOrd for Number {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Number {
    fn cmp(&self, other: &Self) -> Ordering {
        match (&self.0, &other.0) {
            (Repr::Integer(one), Repr::Integer(two)) => one.cmp(two),
            _ => self.decimal().cmp(&other.decimal()),
        }
    }
}

/// Written out in full, without an exponent: `0.25`, `18446744073709551616`.
impl fmt::Display for Number {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.0 {
            Repr::Integer(value) => value.fmt(formatter),
            Repr::Decimal(value) => {
                let sign = if value.is_negative() { "-" } else { "" };
                write!(formatter, "{sign}{}", value.abs().to_plain_string())
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn number(text: &str) -> Number {
        text.parse().expect("a number")
    }

    #[test]
    fn the_spelling_of_a_number_does_not_matter() {
        assert_eq!(number("1.0"), Number::from(1_i64));
        assert_eq!(number("1e2"), Number::from(100_i64));
        assert_eq!(number("0.10"), number("1e-1"));
        assert_eq!(number("-0"), Number::from(0_i64));
    }

    #[test]
    fn twenty_digits_survive() {
        assert_eq!(number("12345678901234567890").to_string(), "12345678901234567890");
        assert_eq!(number("-0.12345678901234567890123").to_string(), "-0.12345678901234567890123");
    }

    #[test]
    fn a_float_becomes_its_shortest_decimal() {
        assert_eq!(Number::from_f64(0.1), Some(number("0.1")));
        assert_eq!(Number::from_f64(f64::NAN), None);
        assert_eq!(Number::from_f64(1e300).map(|number| number.to_f64()), Some(1e300));
    }

    #[test]
    fn order_is_numeric() {
        assert!(number("0.5") < Number::from(1_i64));
        assert!(number("12345678901234567890") > Number::from(i64::MAX));
    }

    #[test]
    fn huge_exponents_and_invalid_text_are_rejected() {
        assert!("1e999999999".parse::<Number>().is_err());
        assert!("ten".parse::<Number>().is_err());
        assert!("".parse::<Number>().is_err());
    }
}
