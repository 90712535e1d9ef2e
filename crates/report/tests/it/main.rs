//! The report from the outside: one assessment that has every outcome, its page, its workbook and its summary.

mod fixture;
mod page;
mod summary;
mod workbook;
