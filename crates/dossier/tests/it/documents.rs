//! Documents in the formats of offices: web pages, Word, PDF.

use std::fs;
use std::io::Write as _;
use std::path::Path;

use lopdf::content::{Content, Operation};
use lopdf::{Document as Pdf, Object, Stream, StringFormat, dictionary};
use zhidian_dossier::{Limits, Options, read_text};
use zip::write::SimpleFileOptions;

fn read(name: &str, bytes: &[u8], options: &Options) -> (Option<String>, Vec<String>) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join(name);
    fs::write(&path, bytes).unwrap();
    let (text, problems) = read_text(&path, options);
    (text, problems.into_iter().map(|problem| problem.code).collect())
}

fn word(body: &str) -> Vec<u8> {
    let mut bytes = Vec::new();
    let mut archive = zip::ZipWriter::new(std::io::Cursor::new(&mut bytes));
    archive.start_file("word/document.xml", SimpleFileOptions::default()).unwrap();
    let open = r#"<?xml version="1.0"?><w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>"#;
    write!(archive, "{open}{body}</w:body></w:document>").unwrap();
    archive.finish().unwrap();
    bytes
}

#[test]
fn a_web_page_in_gb18030() {
    let page = "<html><head><meta charset=gb2312><title>公报</title></head><body><h1>统计公报</h1>\
        <p>全年进出口总额<b>356</b>亿元，增长9.1%。</p><script>var x = 1 < 2;</script></body></html>";
    let bytes = encoding_rs::GB18030.encode(page).0.into_owned();
    let (text, problems) = read("公报.html", &bytes, &Options::default());
    assert_eq!(text.unwrap(), "# 统计公报\u{2029}\n全年进出口总额356亿元，增长9.1%。\u{2029}\n");
    assert_eq!(problems, ["encoding.legacy"]);
}

#[test]
fn a_word_document_with_a_table_and_marked_changes() {
    let bytes = word(
        r#"<w:p><w:pPr><w:pStyle w:val="Heading1"/></w:pPr><w:r><w:t>工作&amp;计划</w:t></w:r></w:p>
        <w:p><w:r><w:t>全市生产总值</w:t></w:r><w:del><w:r><w:delText>850</w:delText></w:r></w:del><w:ins><w:r><w:t>860亿元</w:t></w:r></w:ins></w:p>
        <w:tbl><w:tr><w:tc><w:p><w:r><w:t>指标</w:t></w:r></w:p></w:tc><w:tc><w:p><w:r><w:t>增长（%）</w:t></w:r></w:p></w:tc></w:tr>
        <w:tr><w:tc><w:p><w:r><w:t>出口</w:t></w:r></w:p></w:tc><w:tc><w:p><w:r><w:t>3.2</w:t></w:r></w:p></w:tc></w:tr></w:tbl>"#,
    );
    let (text, problems) = read("report.docx", &bytes, &Options::default());
    assert_eq!(
        text.unwrap(),
        "# 工作&计划\u{2029}\n全市生产总值860亿元\u{2029}\n| 指标 | 增长（%） |\n|---|---|\n| 出口 | 3.2 |\n"
    );
    assert!(problems.is_empty(), "{problems:?}");
}

#[test]
fn a_word_document_that_unpacks_to_too_much_or_is_none() {
    let limits = Limits { document: 1 << 10, ..Limits::default() };
    let bytes = word(&"<w:p><w:r><w:t>甲乙丙丁</w:t></w:r></w:p>".repeat(100_000));
    assert!(bytes.len() < 1 << 15, "it packs well: {}", bytes.len());
    let roomy = Options { limits: Limits { document: 1 << 16, ..Limits::default() } };
    assert_eq!(read("bomb.docx", &bytes, &roomy).1, ["file.too_large"]);
    assert_eq!(read("long.docx", &bytes, &Options { limits }).1, ["file.too_large"]);
    assert_eq!(read("none.docx", b"PK no zip", &Options::default()).1, ["file.unreadable"]);
    let deep = word(&"<w:p>".repeat(5_000));
    assert_eq!(read("deep.docx", &deep, &Options::default()).1, ["file.unreadable"]);
}

/// A PDF whose pages show these lines, from the top.
fn portable(pages: &[&[&str]]) -> Vec<u8> {
    let mut pdf = Pdf::with_version("1.5");
    let tree = pdf.new_object_id();
    let descendant = pdf.add_object(dictionary! {
        "Type" => "Font", "Subtype" => "CIDFontType0", "BaseFont" => "STSong-Light",
        "CIDSystemInfo" => dictionary! { "Registry" => "Adobe", "Ordering" => "GB1", "Supplement" => 2 },
    });
    let font = pdf.add_object(dictionary! {
        "Type" => "Font", "Subtype" => "Type0", "BaseFont" => "STSong-Light", "Encoding" => "UniGB-UCS2-H",
        "DescendantFonts" => vec![descendant.into()],
    });
    let resources = pdf.add_object(dictionary! { "Font" => dictionary! { "F1" => font } });
    let mut kids: Vec<Object> = Vec::new();
    for lines in pages {
        let mut operations =
            vec![Operation::new("BT", vec![]), Operation::new("Tf", vec!["F1".into(), 12.into()])];
        for (i, line) in lines.iter().enumerate() {
            let y = 800 - 20 * i64::try_from(i).unwrap();
            for (column, part) in line.split('\t').enumerate() {
                let x = 50 + 150 * i64::try_from(column).unwrap();
                let place = [1, 0, 0, 1, x, y].map(Object::from).to_vec();
                let wide: Vec<u8> = part.encode_utf16().flat_map(u16::to_be_bytes).collect();
                operations.push(Operation::new("Tm", place));
                operations.push(Operation::new("Tj", vec![Object::String(wide, StringFormat::Hexadecimal)]));
            }
        }
        operations.push(Operation::new("ET", vec![]));
        let content = Content { operations }.encode().unwrap();
        let content = pdf.add_object(Stream::new(dictionary! {}, content));
        let page = pdf.add_object(dictionary! {
            "Type" => "Page", "Parent" => tree, "Contents" => content, "Resources" => resources,
            "MediaBox" => vec![0.into(), 0.into(), 595.into(), 842.into()],
        });
        kids.push(page.into());
    }
    let count = i64::try_from(kids.len()).unwrap();
    pdf.objects.insert(tree, dictionary! { "Type" => "Pages", "Kids" => kids, "Count" => count }.into());
    let catalogue = pdf.add_object(dictionary! { "Type" => "Catalog", "Pages" => tree });
    pdf.trailer.set("Root", catalogue);
    let mut bytes = Vec::new();
    pdf.save_to(&mut bytes).unwrap();
    bytes
}

#[test]
fn a_pdf_with_words_tables_and_page_furniture() {
    let bytes = portable(&[
        &["某市统计局", "全年地区生产总值1850亿元，按不变价格计算，比上年", "增长5.6%。", "— 1 —"],
        &["某市统计局", "指标\t单位\t增长（%）", "出口\t亿元\t3.2", "— 2 —"],
        &["某市统计局", "全市常住人口略有增加，城镇化率继续提高。", "— 3 —"],
    ]);
    let (text, problems) = read("gongbao.pdf", &bytes, &Options::default());
    let text = text.unwrap();
    assert_eq!(
        text,
        "全年地区生产总值1850亿元，按不变价格计算，比上年\n增长5.6%。\n指标\t单位\t增长（%）\n出口\t亿元\t3.2\n全市常住人口略有增加，城镇化率继续提高。"
    );
    assert!(problems.is_empty(), "{problems:?}");
}

#[test]
fn a_pdf_without_words_and_none_at_all() {
    assert_eq!(read("scan.pdf", &portable(&[&[], &[]]), &Options::default()).1, ["document.no_text"]);
    assert_eq!(read("none.pdf", b"%PDF-1.7 and nothing else", &Options::default()).1, ["file.unreadable"]);
    let cut = &portable(&[&["全市地区生产总值1850亿元，比上年增长5.6%。"]])[..400];
    assert_eq!(read("cut.pdf", cut, &Options::default()).0, None);
    let limits = Limits { document: 64, ..Limits::default() };
    let long = portable(&[&[
        "全市地区生产总值1850亿元，比上年增长5.6%，全市地区生产总值1850亿元，比上年增长5.6%。",
    ]]);
    assert_eq!(read("long.pdf", &long, &Options { limits }).1, ["file.too_large"]);
}

#[test]
fn another_ending_says_what_is_read() {
    let (text, problems) = read("old.doc", b"words", &Options::default());
    assert_eq!((text, problems), (None, vec!["file.format".to_owned()]));
    assert!(Path::new("old.doc").extension().is_some());
}
