//! Schedules of other programs: MSPDI read and written, PMXML and XER read, registers written as workbooks.

pub mod mspdi;
pub mod plan;
pub mod primavera;
pub mod register;
pub mod workbook;
pub mod xml;

pub use plan::{Assignment, Calendar, FormatError, Link, LinkKind, Plan, Resource, Task};

/// Reads a schedule of any of the formats, told by how it begins.
///
/// # Errors
/// When it is none of them, or damaged.
pub fn read(text: &str) -> Result<Plan, FormatError> {
    let start = text.trim_start_matches('\u{feff}').trim_start();
    if start.starts_with("ERMHDR") {
        return primavera::read_xer(text);
    }
    if !start.starts_with('<') {
        return Err(FormatError("neither XER nor XML".into()));
    }
    if start.contains("APIBusinessObjects") {
        primavera::read_pmxml(text)
    } else {
        mspdi::read(text).map(|document| document.plan)
    }
}
