//! A result as lines of a table, cells parted by tabs.

/// A result that prints as a table.
pub(super) trait Lines {
    /// The header.
    fn header(&self) -> Vec<String>;
    /// The rows.
    fn rows(&self) -> Vec<Vec<String>>;
}

/// The table, its lines ended.
pub(super) fn table(result: &impl Lines) -> String {
    let lines = std::iter::once(result.header()).chain(result.rows());
    lines.map(|cells| cells.join("\t") + "\n").collect()
}

/// A number as short as it can be said; nothing for a missing one.
pub(super) fn cell(x: Option<f64>) -> String {
    x.map(|x| x.to_string()).unwrap_or_default()
}
