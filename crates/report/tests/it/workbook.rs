//! The workbook as a spreadsheet program reads it.

use crate::fixture::{assessment, texts};
use calamine::{Data, Reader, Xlsx};
use std::io::Cursor;
use zhidian_report::{Language, checklist};

fn workbook(language: Language) -> Xlsx<Cursor<Vec<u8>>> {
    let bytes = checklist(&assessment(), &texts(), language).expect("a workbook");
    Xlsx::new(Cursor::new(bytes)).expect("a workbook that opens")
}

fn rows(book: &mut Xlsx<Cursor<Vec<u8>>>, sheet: usize) -> Vec<Vec<String>> {
    let name = book.sheet_names()[sheet].clone();
    let range = book.worksheet_range(&name).expect("the sheet");
    range.rows().map(|row| row.iter().map(ToString::to_string).collect()).collect()
}

#[test]
fn one_row_a_statement_and_chinese_stays_whole() {
    let mut book = workbook(Language::Zh);
    assert_eq!(book.sheet_names(), ["核对表", "缺表", "事实与证据", "来源", "问题"]);
    let rows = rows(&mut book, 0);
    let assessment = assessment();
    assert_eq!(rows.len(), assessment.answers.len() + 1);
    for (row, answer) in rows[1..].iter().zip(&assessment.answers) {
        assert_eq!(row[0], answer.id);
        assert_eq!(row[4], answer.outcome.words().0);
    }
    let third = &rows[2];
    assert_eq!(third[2], "增幅居全省第三");
    assert_eq!((third[5].as_str(), third[6].as_str()), ("第三", "第 3 位，共 11 个"));
    assert_eq!(third[7], "0.05个百分点（对嘉兴）");
    assert_eq!((third[8].as_str(), third[12].as_str()), ("汇编转录", "2–12"));
    assert!(third[13].starts_with("某统计局：年鉴（转载）"), "{}", third[13]);
}

#[test]
fn needs_findings_origins_and_problems_are_all_there() {
    let mut book = workbook(Language::En);
    assert_eq!(rows(&mut book, 1)[1][..3], ["2", "project register", "projects"]);
    let evidence: usize = assessment().findings.iter().map(|finding| finding.evidence.len()).sum();
    assert_eq!(rows(&mut book, 2).len(), evidence + 1);
    assert_eq!(rows(&mut book, 3).len(), 5);
    assert_eq!(rows(&mut book, 4).len(), 3);
}

#[test]
fn nothing_is_a_formula() {
    let mut book = workbook(Language::Zh);
    for name in book.sheet_names() {
        let formulas = book.worksheet_formula(&name).expect("the sheet");
        assert!(formulas.used_cells().all(|(.., formula)| formula.is_empty()), "{name}");
        let range = book.worksheet_range(&name).expect("the sheet");
        for (_, _, cell) in range.used_cells() {
            assert!(!matches!(cell, Data::Error(_)), "{name}: {cell}");
        }
    }
    let all: Vec<String> = (0..5).flat_map(|sheet| rows(&mut book, sheet)).flatten().collect();
    for text in ["=1+1", "=cmd()", "@title"] {
        assert!(all.iter().any(|cell| cell == text), "{text} stands as text");
    }
}

#[test]
fn the_same_input_gives_the_same_bytes() {
    let make = || checklist(&assessment(), &texts(), Language::Zh).expect("a workbook");
    assert_eq!(make(), make());
}
