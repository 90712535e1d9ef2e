//! TOML with the lines its values stand on.

use toml::de::{DeTable, DeValue};

use crate::faults::{At, Faults, TOML_MALFORMED};
use crate::limits::Limits;

/// Parses TOML. What is wrong with its syntax is noted with its line; nothing comes back then.
pub(crate) fn parse<'i>(
    text: &'i str,
    at: At<'_>,
    limits: &Limits,
    faults: &mut Faults,
) -> Option<DeTable<'i>> {
    // Dotted keys nest without a bracket; the parser guards brackets, this guards the rest.
    let dotted =
        text.lines().position(|line| line.bytes().filter(|b| *b == b'.').count() > 16 * limits.nesting);
    if let Some(line) = dotted {
        let most = format!("at most {} levels", limits.nesting);
        faults.add(TOML_MALFORMED, at.row(line as u64 + 1), "deeper nesting", most);
        return None;
    }
    match DeTable::parse(text) {
        Ok(table) => {
            let table = table.into_inner();
            if table.values().map(|value| depth(value.get_ref())).max().unwrap_or_default() < limits.nesting {
                return Some(table);
            }
            let most = format!("at most {} levels", limits.nesting);
            faults.add(TOML_MALFORMED, at.row(1), "deeper nesting", most);
        }
        Err(error) => {
            let line = error.span().map_or(1, |span| Lines::of(text).at(span.start));
            let found = text.lines().nth(line as usize - 1).unwrap_or_default();
            faults.add(TOML_MALFORMED, at.row(line), found, error.message());
        }
    }
    None
}

fn depth(value: &DeValue<'_>) -> usize {
    match value {
        DeValue::Array(values) => {
            1 + values.iter().map(|value| depth(value.get_ref())).max().unwrap_or_default()
        }
        DeValue::Table(values) => {
            1 + values.values().map(|value| depth(value.get_ref())).max().unwrap_or_default()
        }
        _ => 0,
    }
}

/// The lines of a text.
#[derive(Debug)]
pub(crate) struct Lines {
    /// Where each line end stands, in bytes.
    ends: Vec<usize>,
}

impl Lines {
    /// Finds the lines once, so that each value is placed without reading from the start.
    pub(crate) fn of(text: &str) -> Self {
        Self { ends: text.bytes().enumerate().filter(|(_, b)| *b == b'\n').map(|(at, _)| at).collect() }
    }

    /// The line of a byte, the first being 1.
    pub(crate) fn at(&self, byte: usize) -> u64 {
        1 + self.ends.partition_point(|end| *end < byte) as u64
    }
}

/// A plain value as it is written: a text, or the digits of a number with all its decimals.
pub(crate) fn written(value: &DeValue<'_>) -> Option<String> {
    match value {
        DeValue::String(text) => Some(text.to_string()),
        DeValue::Integer(number) if number.radix() == 10 => Some(number.as_str().replace('_', "")),
        DeValue::Float(number) => Some(number.as_str().replace('_', "")),
        DeValue::Boolean(truth) => Some(truth.to_string()),
        DeValue::Datetime(time) => Some(time.to_string()),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_keep_their_decimals_and_lines_are_known() {
        let mut faults = Faults::new(10);
        let text = "a = 0.50\n[b]\nc = \"x\"\n";
        let table = parse(text, At::file("f"), &Limits::default(), &mut faults).unwrap();
        assert_eq!(written(table["a"].get_ref()).unwrap(), "0.50");
        assert_eq!(Lines::of(text).at(table["b"].get_ref().get("c").unwrap().span().start), 3);
    }

    #[test]
    fn deep_and_broken_toml_is_refused() {
        let dotted = format!("{}a = 1", "a.".repeat(100_000));
        let brackets = format!("a = {}1{}", "[".repeat(100_000), "]".repeat(100_000));
        let forty = format!("a = {}1{}", "[".repeat(40), "]".repeat(40));
        for text in ["a = ", "a = 1\na = 2", &dotted, &brackets, &forty] {
            let mut faults = Faults::new(10);
            assert!(parse(text, At::file("f"), &Limits::default(), &mut faults).is_none());
            assert_eq!(faults.finish().len(), 1);
        }
    }
}
