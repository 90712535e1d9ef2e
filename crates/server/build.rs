//! The page is built before the program and held in it: when it changes, the program is built again.

fn main() {
    // A path that is not there counts as changed every time; its folder is looked at instead.
    let page = "../../web/dist";
    let watched = if std::path::Path::new(page).exists() { page } else { "../../web" };
    println!("cargo::rerun-if-changed={watched}");
    println!("cargo::rerun-if-changed=build.rs");
}
