//! Durations in Go's format, as definitions and users of Terraform write them.
//!
//! The build of the definitions includes this file too, so it names nothing else of the crate.

use std::time::Duration;

/// Parses a duration: `90s`, `1h30m`, `1.5h`, `250ms`.
pub(crate) fn parse(text: &str) -> Option<Duration> {
    let mut rest = text;
    let mut total = 0.0_f64;
    if rest.is_empty() {
        return None;
    }
    while !rest.is_empty() {
        let digits = rest.find(|character: char| !character.is_ascii_digit() && character != '.')?;
        let (number, after) = rest.split_at(digits);
        let unit_end = after.find(|character: char| character.is_ascii_digit()).unwrap_or(after.len());
        let (unit, after) = after.split_at(unit_end);
        let seconds = match unit {
            "ms" => 0.001,
            "s" => 1.0,
            "m" => 60.0,
            "h" => 3_600.0,
            _ => return None,
        };
        total += number.parse::<f64>().ok()? * seconds;
        rest = after;
    }
    Duration::try_from_secs_f64(total).ok()
}

/// A duration in this format: `45s`, `20m`, `1h30m`.
pub(crate) fn text(seconds: u64) -> String {
    let parts = [(seconds / 3_600, "h"), (seconds % 3_600 / 60, "m"), (seconds % 60, "s")];
    let parts = parts.iter().filter(|(count, _)| *count > 0).map(|(count, unit)| format!("{count}{unit}"));
    let text: String = parts.collect();
    if text.is_empty() { "0s".to_owned() } else { text }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn durations_have_the_format_of_go() {
        let cases = [
            ("90s", Some(90_000)),
            ("1h30m", Some(5_400_000)),
            ("1.5h", Some(5_400_000)),
            ("250ms", Some(250)),
            ("", None),
            ("10", None),
            ("ten minutes", None),
            ("5 m", None),
            ("-5m", None),
            ("99999999999999999999h", None),
        ];
        for (text, milliseconds) in cases {
            assert_eq!(parse(text), milliseconds.map(Duration::from_millis), "{text}");
        }
    }

    #[test]
    fn what_is_written_is_parsed_again() {
        for (seconds, expected) in
            [(0, "0s"), (45, "45s"), (90, "1m30s"), (1_200, "20m"), (3_600, "1h"), (5_405, "1h30m5s")]
        {
            assert_eq!(text(seconds), expected);
            assert_eq!(parse(expected), Some(Duration::from_secs(seconds)));
        }
    }
}
