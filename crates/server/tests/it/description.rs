//! The description of the API as it is kept for the page: its types are generated from it.

use std::path::Path;

#[test]
fn the_page_is_built_against_this_description() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../web/openapi.json");
    let described = serde_json::to_string_pretty(&zhidian_server::openapi()).unwrap() + "\n";
    if std::env::var_os("ZHIDIAN_BLESS").is_some() {
        std::fs::write(&path, &described).unwrap();
    }
    let kept = std::fs::read_to_string(&path).unwrap();
    assert!(kept == described, "web/openapi.json is out of date: zhidian schema openapi > web/openapi.json");
}
