//! Writes the made-up register and log of construction permits of `dossiers/xinxiang`:
//! `cargo run -p zhidian-approvals --example permits -- dossiers/xinxiang/tables`. The seed is fixed, so the files are always the same;
//! a test holds them to it.
#![allow(
    clippy::unwrap_used,
    reason = "a tool for whoever changes the example: it stops at the first mistake"
)]

mod generate;

fn main() {
    let folder = std::path::PathBuf::from(std::env::args().nth(1).unwrap());
    std::fs::write(folder.join("approval_items.csv"), generate::items()).unwrap();
    std::fs::write(folder.join("case_log.csv"), generate::log(generate::CASES, generate::SEED)).unwrap();
}
