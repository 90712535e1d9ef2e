//! A dossier with one of every fault: each is reported with its place, and the rest is read.

use std::fs;

use crate::folder::{self, Folder, HEADER, ORIGINS};
use zhidian_dossier::{Dossiers, Options};
use zhidian_model::{Problem, Severity, Tables};

/// What must be reported: code, file, row, column, and a part of what was found.
type Expected = (&'static str, &'static str, Option<u64>, Option<&'static str>, &'static str);

fn assert_reported(problems: &[Problem], expected: &[Expected]) {
    for (code, file, row, column, found) in expected {
        let hit = problems.iter().any(|problem| {
            problem.code == *code
                && problem.file == *file
                && problem.row == *row
                && problem.column.as_deref() == *column
                && problem.found.contains(found)
        });
        assert!(
            hit,
            "not reported: {code} {file} {row:?} {column:?} {found:?}; reported:\n{}",
            list(problems)
        );
    }
}

fn list(problems: &[Problem]) -> String {
    let line = |problem: &Problem| {
        format!(
            "{} {} {:?} {:?} {:?}\n",
            problem.code, problem.file, problem.row, problem.column, problem.found
        )
    };
    problems.iter().map(line).collect()
}

fn rows(dossiers: &Dossiers, table: &str, file: &str) -> Vec<u64> {
    let mut rows = Vec::new();
    dossiers.tables().each(table, &mut |row| {
        if row.place.file.ends_with(file) {
            rows.push(row.place.row);
        }
    });
    rows
}

/// Observations with a fault in every row but the first and the last.
const OBSERVATIONS: &str = "\
330800,gdp.growth.real,2020,,3.50,%,2,A,2021-03-01,,good
330100,gdp.growth.real,2020,,3.9 %,%,1,A,,,good
999999,gdp.growth.real,2020,,3.1,%,1,A,,,good
330200,gdp.growth.real,2020,,3.3,%,1,A,,,
330300,gdp.growth.real,2020,,3.4,%,1,A,,,nowhere
330800,gdp.growth.real,2020-01..2020-12,,3.6,%,1,A,,,good
330400,gdp.growth.real,2020,,3.5,亿元,1,A,,,good
330500,gdp.growth.real,2020,,3.3,瓣,1,A,,,good
330600,gdp.growth.real,2020年,,3.3,%,1,A,,,good
330700,gdp.growth.real,2020,,2.8,%,1,A,2021/03/01,,good
330900,gdp.growth.real,2020,,12.0,%,-1,A,,,good
331000,gdp.growth.real,2020,,3.45,%,1,A,,,good
331100,gdp.growth.real,2020,,3.4,%,1,Q,,,good
331100,gdp.growth.real,2019
331100,rank(gdp.growth.real),2020,nobody,4,位,0,A,,,good
331100,gross.domestic.happiness,2020,,7,%,0,A,,,good
331100,rank(gdp,2020,,7,位,0,A,,,good
衢州,gdp,2020,,1639.12,亿元,2,A,,,good
park:nowhere,gdp,2020,,1.0,亿元,1,A,,=HYPERLINK(),good
331100,gdp,2020,,,亿元,2,A,,,good
331100,gdp,2019,,1\0,亿元,2,A,,,good
331100,gdp,2018,,\"1,亿元,2,A,,,good
331100,gdp,2017,,9999999999999999999999999999999999,亿元,0,A,,,good
331100,gdp,2016,,1,亿\"元,0,A,,,good
330800,gdp,2020,,1639.12,亿元,2,A,,,good
";

#[test]
fn every_planted_fault_is_reported_in_its_place_and_the_rest_is_read() {
    let folder = Folder::new();
    folder.write("planted/tables/observations.csv", &[HEADER, OBSERVATIONS].concat());
    folder.write(
        "planted/origins.csv",
        &[
            ORIGINS,
            "odd,rumour,x,x,,,,,,,,\n",
            "copy,media,x,x,http://x,repost,,,,,lost,\n",
            "bare,media,x,x,,primary,,,,,,\n",
            "good,media,x,again,,,,,,,,\n",
        ]
        .concat(),
    );
    folder.write(
        "planted/rosters.csv",
        "roster,title,reads,member,from,to,origin\n\
         r,R,330000/prefecture,330100,,,good\n\
         r,R,330000/prefecture,999999,,,good\n\
         r,R,330000/prefecture,330800,2000-01-01,2010-12-31,good\n\
         r,R,330000/prefecture,330800,2010-01-01,,good\n\
         r,R,330000/prefecture,330700,2010-01-01,2009-01-01,good\n\
         r,Another,330000/prefecture,330600,,,good\n\
         s,S,999999/prefecture,330600,,,good\n",
    );
    folder.write(
        "planted/registers/lists.csv",
        "list,title,names,issuer,issued,complete,topic,about,origin,note\n\
         l,L,,,2009-03,yes,,,good,\n\
         m,M,,,lately,yes,,,good,\n\
         n,N,,,,perhaps,,,good,\n",
    );
    folder.write(
        "planted/registers/items.csv",
        "list,item,subject,names,class,rank,from,to,origin,note\n\
         l,合山市,451381,,,1,,,good,\n\
         lost,合山市,451381,,,,,,good,\n\
         l,来宾市,451300,,,first,,,good,\n\
         l,忻城县,451399,,,,,,good,\n",
    );
    folder.write(
        "planted/registers/entities.csv",
        "entity,name,names,name_en,region,origin\n330800,衢州,,,,good\n",
    );
    folder
        .write("planted/overrides.csv", "claim,answer,name,reason,date\nc1,agreed,N.N.,because,2021-03-01\n");
    folder.write(
        "planted/tables/missing_column.csv",
        "subject,measure,period,value,origin\n330800,gdp,2020,1,good\n",
    );
    folder.write("planted/tables/unexpected.csv", &format!("{},colour\n{GOOD},red\n", HEADER.trim()));
    folder.write("planted/tables/empty.csv", "");
    let wide: Vec<String> = (0..600).map(|column| format!("c{column}")).collect();
    folder.write("planted/tables/wide.csv", &(wide.join(",") + "\n"));
    folder.write_bytes(
        "planted/tables/bom.csv",
        &["\u{feff}", HEADER, &GOOD.replace("2020", "2018"), "\n"].concat().into_bytes(),
    );
    let chinese = [HEADER, "330800,fai.growth,2020,,5.0,%,1,A,,快报,good\n"].concat();
    folder.write_bytes("planted/tables/gb.csv", &encoding_rs::GB18030.encode(&chinese).0);
    let mut broken = [HEADER, "330800,fai.growth,2021,,5.0,%,1,A,,x"].concat().into_bytes();
    broken.extend(b"\xff\xff,good\n");
    folder.write_bytes("planted/tables/broken_bytes.csv", &broken);
    folder.write("planted/documents/empty.txt", " \n");
    folder.write("planted/documents/talk.doc", "PK");
    folder.write_bytes("planted/documents/large.txt", &vec![b'a'; 9 << 20]);
    folder.write("planted/documents/good.txt", "衢州的增速居第三位。");
    folder.write("planted/documents/left.txt", "unlisted");
    folder.write("secret.csv", &[HEADER, GOOD].concat());
    #[cfg(unix)]
    std::os::unix::fs::symlink("../../secret.csv", folder.path("planted/tables/link.csv")).unwrap();
    folder.write(
        "planted/parameters.toml",
        "[[parameter]]\nname = \"a\"\nvalue = \"0.05\"\nunit = \"%\"\nvalid = \"2000..\"\norigin = \"good\"\nreference = \"r\"\n\
         [[parameter]]\nname = \"a\"\nvalue = \"0.06\"\nunit = \"%\"\nvalid = \"2020\"\norigin = \"good\"\nreference = \"r\"\n\
         [[parameter]]\nname = \"b\"\nvalue = \"many\"\nunit = \"%\"\nvalid = \"2020\"\norigin = \"good\"\nreference = \"r\"\n\
         [[parameter]]\nname = \"c\"\nvalue = \"1\"\nunit = \"瓣\"\nvalid = \"then\"\norigin = \"lost\"\n",
    );
    folder.write("planted/scenarios/nowhere.toml", "[[rows.nowhere]]\na = 1\n");
    folder.write("planted/scenarios/broken.toml", "title = \n");
    folder.write(
        "planted/scenarios/faster.toml",
        "title = \"t\"\n[[rows.observations]]\nsubject = \"330800\"\nmeasure = \"gdp.growth.real\"\nperiod = \"2020\"\n\
         value = 3.60\nunit = \"%\"\n[[rows.observations]]\nsubject = \"330800\"\nmeasure = \"gdp\"\nperiod = \"2020\"\n\
         value = \"lots\"\nunit = \"亿元\"\n",
    );
    folder.write("broken/datapackage.json", "{\n  \"name\": \"broken\",\n  \"zhidian\": {,\n");
    folder.write("circle/datapackage.json", &folder::package("circle", &["../planted"], &[], ""));
    fs::create_dir_all(folder.path("not_a_dossier")).unwrap();
    folder.write(
        "planted/datapackage.json",
        &folder::package(
            "planted",
            &["../broken", "../circle", "../not_a_dossier", "/etc"],
            &[
                ("observations", "tables/observations.csv"),
                ("observations", "tables/missing_column.csv"),
                ("observations", "tables/unexpected.csv"),
                ("observations", "tables/empty.csv"),
                ("observations", "tables/bom.csv"),
                ("observations", "tables/gb.csv"),
                ("observations", "tables/broken_bytes.csv"),
                ("observations", "tables/wide.csv"),
                ("observations", "tables/lost.csv"),
                ("observations", "../secret.csv"),
                ("observations", "/etc/passwd.csv"),
                ("observations", "tables/link.csv"),
                ("observations", "tables/notes.docx"),
                ("origins", "origins.csv"),
                ("rosters", "rosters.csv"),
                ("lists", "registers/lists.csv"),
                ("items", "registers/items.csv"),
                ("entities", "registers/entities.csv"),
                ("overrides", "overrides.csv"),
            ],
            r#"{"id": "good", "path": "documents/good.txt", "language": "zh", "dated": "2021-03-06"},
               {"id": "empty", "path": "documents/empty.txt", "language": "zh"},
               {"id": "large", "path": "documents/large.txt", "language": "zh"},
               {"id": "lost", "path": "documents/lost.txt", "language": "zh"},
               {"id": "talk", "path": "documents/talk.doc", "language": "zh"},
               {"id": "good", "path": "documents/left.txt", "language": "fr", "dated": "yesterday"}"#,
        ),
    );

    let dossiers = Dossiers::open(&[folder.path("planted")], &Options::default()).unwrap();
    let problems = dossiers.problems();
    const O: &str = "planted/tables/observations.csv";
    const P: &str = "planted/datapackage.json";
    let json = fs::read_to_string(folder.path(P)).unwrap();
    let line = |text: &str| Some(1 + json.lines().position(|line| line.contains(text)).unwrap() as u64);
    assert_reported(
        problems,
        &[
            ("number.malformed", O, Some(3), Some("value"), "3.9 %"),
            ("region.unknown", O, Some(4), Some("subject"), "999999"),
            ("origin.missing", O, Some(5), Some("origin"), ""),
            ("origin.unknown", O, Some(6), Some("origin"), "nowhere"),
            ("key.repeated", O, Some(7), Some("subject"), "330800 gdp.growth.real"),
            ("unit.differs", O, Some(8), Some("unit"), "亿元"),
            ("unit.unknown", O, Some(9), Some("unit"), "瓣"),
            ("period.malformed", O, Some(10), Some("period"), "2020年"),
            ("date.malformed", O, Some(11), Some("published"), "2021/03/01"),
            ("decimals.malformed", O, Some(12), Some("decimals"), "-1"),
            ("decimals.few", O, Some(13), Some("decimals"), "1"),
            ("status.unknown", O, Some(14), Some("status"), "Q"),
            ("row.ragged", O, Some(15), None, "3 cells"),
            ("roster.unknown", O, Some(16), Some("scope"), "nobody"),
            ("measure.unknown", O, Some(17), Some("measure"), "happiness"),
            ("measure.malformed", O, Some(18), Some("measure"), "rank(gdp"),
            ("subject.malformed", O, Some(19), Some("subject"), "衢州"),
            ("entity.unknown", O, Some(20), Some("subject"), "park:nowhere"),
            ("text.formula", O, Some(20), Some("edition"), "=HYPERLINK"),
            ("value.missing", O, Some(21), Some("value"), "nothing"),
            ("text.nul", O, Some(22), Some("value"), "1"),
            ("quote.unclosed", O, Some(23), Some("value"), "1"),
            ("number.range", O, Some(24), Some("value"), "9999"),
            ("quote.stray", O, Some(25), Some("unit"), "亿\"元"),
            ("unit.unknown", O, Some(25), Some("unit"), "亿\"元"),
            ("origin.grade", "planted/origins.csv", Some(3), Some("grade"), "rumour"),
            ("origin.copy", "planted/origins.csv", Some(4), Some("copy_of"), "lost"),
            ("origin.address", "planted/origins.csv", Some(5), Some("address_kind"), "primary"),
            ("key.repeated", "planted/origins.csv", Some(6), Some("id"), "good"),
            ("region.unknown", "planted/rosters.csv", Some(3), Some("member"), "999999"),
            ("roster.overlap", "planted/rosters.csv", Some(5), Some("from"), "330800"),
            ("interval.empty", "planted/rosters.csv", Some(6), Some("from"), "2010-01-01"),
            ("roster.differs", "planted/rosters.csv", Some(7), Some("title"), "Another"),
            ("roster.reads", "planted/rosters.csv", Some(8), Some("reads"), "999999"),
            ("period.malformed", "planted/registers/lists.csv", Some(3), Some("issued"), "lately"),
            ("list.complete", "planted/registers/lists.csv", Some(4), Some("complete"), "perhaps"),
            ("list.unknown", "planted/registers/items.csv", Some(3), Some("list"), "lost"),
            ("integer.malformed", "planted/registers/items.csv", Some(4), Some("rank"), "first"),
            ("region.unknown", "planted/registers/items.csv", Some(5), Some("subject"), "451399"),
            ("subject.malformed", "planted/registers/entities.csv", Some(2), Some("entity"), "330800"),
            ("value.not_listed", "planted/overrides.csv", Some(2), Some("answer"), "agreed"),
            ("column.missing", "planted/tables/missing_column.csv", Some(1), Some("unit"), "subject"),
            ("column.unexpected", "planted/tables/unexpected.csv", Some(1), Some("colour"), "colour"),
            ("header.missing", "planted/tables/empty.csv", None, None, ""),
            ("encoding.bom", "planted/tables/bom.csv", None, None, ""),
            ("encoding.differs", "planted/tables/gb.csv", None, None, "gb18030"),
            ("text.unreadable", "planted/tables/broken_bytes.csv", Some(2), Some("edition"), "x"),
            ("columns.too_many", "planted/tables/wide.csv", Some(1), None, "600"),
            ("file.missing", P, line("tables/lost.csv"), Some("resources.path"), "tables/lost.csv"),
            ("path.escapes", P, line("../secret.csv"), Some("resources.path"), "../secret.csv"),
            ("path.escapes", P, line("/etc/passwd.csv"), Some("resources.path"), "/etc/passwd.csv"),
            ("file.format", P, line("tables/notes.docx"), Some("resources[12]"), "notes.docx"),
            ("path.escapes", P, line("\"/etc\""), Some("zhidian.uses"), "/etc"),
            ("package.missing", P, line("../not_a_dossier"), Some("zhidian.uses"), "../not_a_dossier"),
            (
                "package.malformed",
                "broken/datapackage.json",
                Some(3),
                Some("character 15"),
                "\"zhidian\": {,",
            ),
            ("uses.cycle", "circle/datapackage.json", Some(8), Some("zhidian.uses"), "../planted"),
            ("document.empty", "planted/documents/empty.txt", Some(1), None, ""),
            ("file.too_large", "planted/documents/large.txt", None, None, "9437184"),
            (
                "file.missing",
                P,
                line("documents/lost.txt"),
                Some("zhidian.documents.path"),
                "documents/lost.txt",
            ),
            ("file.missing", P, line("documents/lost.txt"), Some("zhidian.documents.path"), "lost"),
            ("file.format", "planted/documents/talk.doc", None, None, "doc"),
            (
                "document.property",
                P,
                line("\"good\", \"path\": \"documents/good"),
                Some("zhidian.documents[5]"),
                "good",
            ),
            ("package.property", P, line("yesterday"), Some("zhidian.documents[5].dated"), "yesterday"),
            ("file.unlisted", "planted/documents/left.txt", None, None, "left.txt"),
            ("parameter.overlap", "planted/parameters.toml", Some(8), Some("valid"), "a 2020"),
            ("parameter.malformed", "planted/parameters.toml", Some(17), Some("value"), "many"),
            ("unit.unknown", "planted/parameters.toml", Some(25), Some("unit"), "瓣"),
            ("parameter.malformed", "planted/parameters.toml", Some(26), Some("valid"), "then"),
            ("origin.unknown", "planted/parameters.toml", Some(27), Some("origin"), "lost"),
            ("parameter.malformed", "planted/parameters.toml", Some(22), Some("reference"), "nothing"),
            ("scenario.table", "planted/scenarios/nowhere.toml", Some(1), Some("rows"), "nowhere"),
            ("toml.malformed", "planted/scenarios/broken.toml", Some(1), None, "title"),
            ("number.malformed", "planted/scenarios/faster.toml", Some(8), Some("value"), "lots"),
        ],
    );
    #[cfg(unix)]
    assert_reported(
        problems,
        &[("path.escapes", P, line("tables/link.csv"), Some("resources.path"), "tables/link.csv")],
    );

    assert_eq!(rows(&dossiers, "observations", "observations.csv"), [2, 12, 13, 17, 20, 26]);
    assert_eq!(rows(&dossiers, "observations", "bom.csv"), [2]);
    assert_eq!(rows(&dossiers, "observations", "gb.csv"), [2]);
    assert_eq!(rows(&dossiers, "items", "items.csv"), [2, 4]);
    assert_eq!(dossiers.rosters().iter().map(|scope| scope.members.len()).collect::<Vec<_>>(), [3, 1]);
    assert_eq!(dossiers.lists().len(), 3);
    assert_eq!(dossiers.documents().len(), 1);
    assert_eq!(dossiers.parameters().all().count(), 1);
    assert_eq!(dossiers.scenarios().len(), 2);
    for problem in problems {
        let words = [&problem.remedy.zh, &problem.remedy.en, &problem.expected];
        assert!(words.iter().all(|words| !words.is_empty()), "{problem:?}");
        assert!(problem.found.chars().count() <= 80, "{problem:?}");
    }
}

const GOOD: &str = "330800,fai.growth.nominal,2020,,5.0,%,1,A,,,good";

#[test]
fn what_is_given_must_be_a_dossier() {
    let folder = Folder::new();
    fs::create_dir_all(folder.path("empty")).unwrap();
    for (paths, words) in [
        (vec![], "no folder was given"),
        (vec![folder.path("empty")], "no datapackage.json"),
        (vec![folder.path("lost")], "failed to open"),
    ] {
        let error = Dossiers::open(&paths, &Options::default()).unwrap_err().to_string();
        assert!(error.contains(words), "{error}");
    }
}

#[test]
fn a_broken_package_of_a_given_dossier_is_a_problem() {
    let folder = Folder::new();
    folder.write("broken/datapackage.json", "[1,\n2");
    let dossiers = Dossiers::open(&[folder.path("broken")], &Options::default()).unwrap();
    assert_eq!(dossiers.problems()[0].code, "package.malformed");
    assert_eq!(dossiers.problems()[0].severity, Severity::Fatal);
}
