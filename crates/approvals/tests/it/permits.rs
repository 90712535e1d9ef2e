//! The made-up permits of the shipped dossier are what their generator writes.

#[path = "../../examples/permits/generate.rs"]
mod generate;

#[test]
fn the_shipped_permits_are_generated() {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../../dossiers/xinxiang/tables");
    let shipped = |name: &str| std::fs::read_to_string(folder.join(name)).unwrap();
    assert_eq!(shipped("approval_items.csv"), generate::items(), "run the example permits");
    assert_eq!(
        shipped("case_log.csv"),
        generate::log(generate::CASES, generate::SEED),
        "run the example permits"
    );
}

#[test]
fn another_seed_gives_other_cases() {
    assert_ne!(generate::log(5, 1), generate::log(5, 2));
    assert_eq!(generate::log(5, 1), generate::log(5, 1));
}
