//! Bounds of numbers, lengths and counts, and how messages and pages word them.

use std::fmt::Display;

use serde::Serialize;

/// Inclusive bounds; `None` means unbounded on that side.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Bounds<N = i64> {
    /// The least.
    pub min: Option<N>,
    /// The greatest.
    pub max: Option<N>,
}

impl<N> Bounds<N> {
    /// Unbounded on both sides.
    pub const NONE: Self = Self { min: None, max: None };
}

impl<N: Copy + PartialOrd + Display> Bounds<N> {
    /// True if the number is within the bounds.
    pub fn admit(&self, number: N) -> bool {
        self.min.is_none_or(|min| number >= min) && self.max.is_none_or(|max| number <= max)
    }

    /// Such as `1 to 5`; `None` without bounds.
    pub fn text(&self) -> Option<String> {
        match (self.min, self.max) {
            (Some(min), Some(max)) if min == max => Some(format!("exactly {min}")),
            (Some(min), Some(max)) => Some(format!("{min} to {max}")),
            (Some(min), None) => Some(format!("at least {min}")),
            (None, Some(max)) => Some(format!("at most {max}")),
            (None, None) => None,
        }
    }
}

impl Bounds {
    /// The same bounds of fractional numbers.
    pub fn to_f64(self) -> Bounds<f64> {
        Bounds { min: self.min.map(|min| min as f64), max: self.max.map(|max| max as f64) }
    }

    /// Such as `at least 1 element`; `None` without bounds. No count is below zero.
    pub fn count(&self, [one, many]: [&str; 2]) -> Option<String> {
        let text = Self { min: self.min.filter(|min| *min > 0), max: self.max }.text()?;
        let unit = if text.ends_with(" 1") { one } else { many };
        Some(format!("{text} {unit}"))
    }
}

/// The unit of a length, in the singular and the plural.
pub(crate) const CHARACTERS: [&str; 2] = ["character", "characters"];
/// The unit of the count of a list.
pub(crate) const ELEMENTS: [&str; 2] = ["element", "elements"];
/// The unit of the count of a map.
pub(crate) const ENTRIES: [&str; 2] = ["entry", "entries"];

#[cfg(test)]
mod tests {
    use super::*;

    fn text(min: Option<i64>, max: Option<i64>) -> [String; 2] {
        let bounds = Bounds { min, max };
        [bounds.text(), bounds.count(ELEMENTS)].map(Option::unwrap_or_default)
    }

    #[test]
    fn bounds_are_worded_with_the_number_of_the_noun() {
        assert_eq!(text(Some(1), None), ["at least 1", "at least 1 element"]);
        assert_eq!(text(Some(1), Some(1)), ["exactly 1", "exactly 1 element"]);
        assert_eq!(text(None, Some(2)), ["at most 2", "at most 2 elements"]);
        assert_eq!(text(Some(1), Some(5)), ["1 to 5", "1 to 5 elements"]);
        assert_eq!(text(None, None), ["", ""]);
    }

    #[test]
    fn zero_is_a_bound_of_numbers_and_not_of_counts() {
        assert_eq!(text(Some(0), Some(5)), ["0 to 5", "at most 5 elements"]);
        assert_eq!(text(Some(0), None), ["at least 0", ""]);
        assert!(!Bounds { min: Some(0), max: Some(5) }.admit(-1));
    }
}
