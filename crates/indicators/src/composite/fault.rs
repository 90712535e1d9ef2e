//! What is wrong with a declared index or its data, said once with its place. The rest is still computed.

use zhidian_model::Text;

/// One fault.
#[derive(Clone, Debug, PartialEq)]
pub struct Fault {
    /// A word for programs: `constant_column`.
    pub code: &'static str,
    /// The node or indicator.
    pub node: String,
    /// The unit, where it is one.
    pub unit: Option<String>,
    /// Row of the file, the header being row 1, where it is one.
    pub row: Option<u64>,
    /// What it is and what was done about it.
    pub text: Text,
}

impl Fault {
    /// A fault of a node or an indicator.
    pub fn of(code: &'static str, node: &str, zh: impl Into<String>, en: impl Into<String>) -> Self {
        Self { code, node: node.to_owned(), unit: None, row: None, text: Text::new(zh, en) }
    }

    /// The same at one unit.
    #[must_use]
    pub fn at(mut self, unit: &str) -> Self {
        self.unit = Some(unit.to_owned());
        self
    }

    /// The same in a row of a file.
    #[must_use]
    pub fn in_row(mut self, row: u64) -> Self {
        self.row = Some(row);
        self
    }
}

impl std::fmt::Display for Fault {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let row = self.row.map(|row| format!(", row {row}")).unwrap_or_default();
        let unit = self.unit.as_ref().map(|unit| format!(", {unit}")).unwrap_or_default();
        write!(f, "{}{unit}{row}: {}", self.node, self.text.en)
    }
}
