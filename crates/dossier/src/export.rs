//! Tables out: CSV and XLSX that no spreadsheet takes for formulas.

/// Would a spreadsheet take this text for a formula?
pub(crate) fn starts_like_a_formula(text: &str) -> bool {
    text.starts_with(['=', '+', '-', '@', '\t', '\r'])
}
