//! A result as lines of a table, cells parted by tabs.

/// A result that prints as a table.
pub(super) trait Lines {
    /// The header.
    fn header(&self) -> Vec<String>;
    /// The rows.
    fn rows(&self) -> Vec<Vec<String>>;
    /// More tables below, each under a line with its name.
    fn more(&self) -> Vec<(String, Vec<Vec<String>>)> {
        vec![]
    }
}

/// The table, its lines ended.
pub(super) fn table(result: &impl Lines) -> String {
    let line = |cells: Vec<String>| cells.join("\t") + "\n";
    let mut out: String = std::iter::once(result.header()).chain(result.rows()).map(line).collect();
    for (name, rows) in result.more() {
        out += &format!("\n# {name}\n");
        out.extend(rows.into_iter().map(line));
    }
    out
}

/// A number as short as it can be said; nothing for a missing one.
pub(super) fn cell(x: Option<f64>) -> String {
    x.map(|x| x.to_string()).unwrap_or_default()
}
