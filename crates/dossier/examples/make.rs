//! Makes a new dossier: `cargo run --example make -- FOLDER NAME`.
fn main() -> Result<(), zhidian_dossier::InitError> {
    let mut arguments = std::env::args().skip(1);
    let folder = arguments.next().unwrap_or_else(|| "new".into());
    let name = arguments.next().unwrap_or_else(|| "new".into());
    zhidian_dossier::init(folder.as_ref(), &name, Some(330_800), "衢州")
}
