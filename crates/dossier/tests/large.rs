//! One cell of 200 megabytes. It stands alone, since it looks at the memory of the process.

#[path = "it/folder.rs"]
mod folder;

use std::fs::{self, File};
use std::io::Write;

use folder::{Folder, HEADER, ORIGINS};
use zhidian_dossier::{Dossiers, Options};
use zhidian_model::Tables;

#[test]
fn a_cell_of_200_megabytes_costs_its_row_and_no_memory() {
    let folder = Folder::new();
    folder.write("big/origins.csv", ORIGINS);
    let resources = [("observations", "tables/observations.csv"), ("origins", "origins.csv")];
    folder.write("big/datapackage.json", &folder::package("big", &[], &resources, ""));
    fs::create_dir_all(folder.path("big/tables")).unwrap();
    let mut file = File::create(folder.path("big/tables/observations.csv")).unwrap();
    file.write_all(HEADER.as_bytes()).unwrap();
    file.write_all(
        "330800,fai.growth.nominal,2020,,5.0,%,1,A,,,good\n330800,gdp,2020,,1,亿元,0,A,,".as_bytes(),
    )
    .unwrap();
    let megabyte = vec![b'9'; 1 << 20];
    for _ in 0..200 {
        file.write_all(&megabyte).unwrap();
    }
    file.write_all(b",good\n330800,gdp,2019,,1,\xe4\xba\xbf\xe5\x85\x83,0,A,,,good\n").unwrap();
    drop(file);
    let before = peak_memory();
    let dossiers = Dossiers::open(&[folder.path("big")], &Options::default()).unwrap();
    let grown = peak_memory().saturating_sub(before);
    let [problem] = dossiers.problems() else { panic!("{:?}", dossiers.problems()) };
    assert_eq!((&*problem.code, &*problem.file), ("cell.too_long", "big/tables/observations.csv"));
    assert_eq!((problem.row, problem.column.as_deref()), (Some(3), Some("edition")));
    assert!(problem.found.starts_with("209715200 bytes"), "{}", problem.found);
    let mut rows = Vec::new();
    dossiers.tables().each("observations", &mut |row| rows.push(row.place.row));
    assert_eq!(rows, [2, 4]);
    assert!(grown < 32 << 20, "memory grew by {grown} bytes");
}

/// The most memory the process ever held, in bytes; zero where the system does not say.
fn peak_memory() -> u64 {
    let status = fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    line.and_then(|line| line.trim().trim_end_matches(" kB").parse::<u64>().ok()).unwrap_or_default() << 10
}
