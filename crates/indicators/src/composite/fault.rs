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
    /// What it is and what was done about it.
    pub text: Text,
}

impl Fault {
    /// A fault of a node or an indicator.
    pub fn of(code: &'static str, node: &str, zh: impl Into<String>, en: impl Into<String>) -> Self {
        Self { code, node: node.to_owned(), unit: None, text: Text::new(zh, en) }
    }

    /// The same at one unit.
    #[must_use]
    pub fn at(mut self, unit: &str) -> Self {
        self.unit = Some(unit.to_owned());
        self
    }
}

impl std::fmt::Display for Fault {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match &self.unit {
            Some(unit) => write!(f, "{}, {unit}: {}", self.node, self.text.en),
            None => write!(f, "{}: {}", self.node, self.text.en),
        }
    }
}
