//! No bytes, wherever they stand, make a panic or an error of opening; all that is wrong is a problem.

use crate::folder::{self, Folder, HEADER, ORIGINS};
use proptest::prelude::*;
use zhidian_dossier::{Dossiers, Options, check, read_text};

const ROW: &str = "330800,gdp,2020,,1639.12,亿元,2,A,2021-03-01,快报,good\n";

const PARAMETERS: &str = "[[parameter]]\nname = \"a\"\nvalue = \"0.05\"\nunit = \"%\"\nvalid = \"2000..\"\norigin = \"good\"\nreference = \"r\"\n";

const SCENARIO: &str = "title = \"t\"\n[[rows.observations]]\nsubject = \"330800\"\nmeasure = \"gdp\"\nperiod = \"2020\"\nvalue = 1.0\nunit = \"亿元\"\n";

/// A sound dossier with a file of every kind.
fn sound() -> Folder {
    let folder = Folder::new();
    let tables = [
        ("observations", "o.csv"),
        ("observations", "o.xlsx"),
        ("origins", "origins.csv"),
        ("rosters", "rosters.csv"),
        ("lists", "lists.csv"),
        ("items", "items.csv"),
        ("own", "own.csv"),
    ];
    let documents = r#"{"id": "d", "path": "d.txt", "language": "zh"}"#;
    folder.write("d/datapackage.json", &folder::package("d", &[], &tables, documents));
    folder.write("d/o.csv", &[HEADER, ROW].concat());
    folder.write_bytes("d/o.xlsx", &workbook());
    folder.write("d/origins.csv", ORIGINS);
    folder.write(
        "d/rosters.csv",
        "roster,title,reads,member,from,to,origin\nr,R,330000/prefecture,330800,2000-01-01,,good\n",
    );
    folder.write("d/lists.csv", "list,title,complete,origin\nl,L,for:330800,good\n");
    folder.write("d/items.csv", "list,item,subject,origin\nl,衢州市,330800,good\n");
    folder.write("d/own.csv", "a,b,origin\n1,2,good\n");
    folder.write("d/parameters.toml", PARAMETERS);
    folder.write("d/scenarios/s.toml", SCENARIO);
    folder.write("d/d.txt", "衢州的增速居第三位。");
    folder
}

fn workbook() -> Vec<u8> {
    let mut book = rust_xlsxwriter::Workbook::new();
    let sheet = book.add_worksheet();
    for (row, line) in (0_u32..).zip([HEADER, ROW]) {
        for (column, cell) in (0_u16..).zip(line.trim().split(',')) {
            sheet.write_string(row, column, cell.replace("2020", "2019")).unwrap();
        }
    }
    book.save_to_buffer().unwrap()
}

const FILES: [&str; 11] = [
    "datapackage.json",
    "o.csv",
    "o.xlsx",
    "origins.csv",
    "rosters.csv",
    "lists.csv",
    "items.csv",
    "own.csv",
    "d.txt",
    "parameters.toml",
    "scenarios/s.toml",
];

fn open(folder: &Folder) {
    let dossiers = Dossiers::open(&[folder.path("d")], &Options::default()).unwrap();
    for scenario in dossiers.scenarios() {
        dossiers.with_scenario(&scenario.name).unwrap();
    }
    for problem in dossiers.problems() {
        assert!(!problem.remedy.zh.is_empty() && !problem.remedy.en.is_empty());
    }
}

#[test]
fn the_sound_dossier_is_sound() {
    let folder = sound();
    let (_, problems) = check(&folder.path("d"), &Options::default()).unwrap();
    let codes: Vec<&str> = problems.iter().map(|problem| &*problem.code).collect();
    assert_eq!(codes, ["schema.none", "cell.number_as_text", "cell.number_as_text"], "{problems:#?}");
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 128, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_bytes(bytes in prop::collection::vec(any::<u8>(), 0..300), file in 0..FILES.len()) {
        let folder = sound();
        folder.write_bytes(&format!("d/{}", FILES[file]), &bytes);
        open(&folder);
        folder.write_bytes("t.txt", &bytes);
        read_text(&folder.path("t.txt"), &Options::default());
    }

    #[test]
    fn any_text(text in "[a-z0-9衢\"',;=.\\[\\]{}:#\\r\\n\\t\0-]{0,200}", file in 0..FILES.len()) {
        let folder = sound();
        folder.write(&format!("d/{}", FILES[file]), &text);
        open(&folder);
    }

    #[test]
    fn a_sound_file_with_some_bytes_changed(
        changes in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..4), file in 0..FILES.len(),
    ) {
        let folder = sound();
        let path = folder.path(&format!("d/{}", FILES[file]));
        let mut bytes = std::fs::read(&path).unwrap();
        for (at, byte) in &changes {
            let at = at.index(bytes.len());
            bytes[at] = *byte;
        }
        std::fs::write(&path, &bytes).unwrap();
        open(&folder);
    }

    #[test]
    fn a_sound_file_cut_short(at in any::<prop::sample::Index>(), file in 0..FILES.len()) {
        let folder = sound();
        let path = folder.path(&format!("d/{}", FILES[file]));
        let mut bytes = std::fs::read(&path).unwrap();
        bytes.truncate(at.index(bytes.len()));
        std::fs::write(&path, &bytes).unwrap();
        open(&folder);
    }
}
