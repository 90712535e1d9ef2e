//! The embedded tables: tab-separated text, `#` for comments, one row a line.

/// The rows of an embedded table, each with exactly `N` cells.
///
/// # Panics
/// If a row has another number of cells. The tables are part of the build and every one is read by the tests, so this
/// cannot happen to a user.
pub(crate) fn rows<const N: usize>(text: &'static str) -> impl Iterator<Item = [&'static str; N]> {
    text.lines().filter(|line| !line.is_empty() && !line.starts_with('#')).map(|line| {
        let mut cells = [""; N];
        let mut count = 0;
        for cell in line.split('\t') {
            assert!(count < N, "embedded table: more than {N} cells in “{line}”");
            cells[count] = cell;
            count += 1;
        }
        assert!(count == N, "embedded table: {count} cells for {N} in “{line}”");
        cells
    })
}

/// The parts of a cell that holds a list, separated by `|`.
pub(crate) fn list(cell: &'static str) -> impl Iterator<Item = &'static str> {
    cell.split('|').filter(|part| !part.is_empty())
}
