//! A dossier that means harm: script in names, a 5 MB document with thousands of statements, 50,000 rows.

use crate::support::{get, options, post, routes};
use serde_json::json;
use std::{fs, path::Path};

const SCRIPT: &str = "<script>alert(1)</script>";

fn write(dir: &Path) {
    fs::create_dir_all(dir.join("documents")).unwrap();
    let description = json!({
        "name": "hostile", "title": SCRIPT, "profile": "data-package",
        "resources": [
            {"name": "origins", "path": "origins.csv", "format": "csv", "zhidian": {"table": "origins"}},
            {"name": "observations", "path": "observations.csv", "format": "csv", "zhidian": {"table": "observations"}},
        ],
        "zhidian": {
            "format": "zhidian.dossier/1", "region": "330800", "reference_date": "2021-03-06",
            "documents": [
                {"id": "a/../b?c#d", "path": "documents/a.txt", "title": SCRIPT, "language": "zh", "dated": "2021-03-06"},
                {"id": "small", "path": "documents/b.txt", "title": SCRIPT, "language": "zh", "dated": "2021-03-06"},
            ],
        },
    });
    fs::write(dir.join("datapackage.json"), description.to_string()).unwrap();
    fs::write(
        dir.join("origins.csv"),
        format!("id,grade,publisher,title,address\no,official,{SCRIPT},\"=HYPERLINK(\"\"http://evil\"\")\",javascript:alert(1)\n"),
    )
    .unwrap();
    let mut rows = String::from("subject,measure,period,value,unit,edition,origin\n");
    for n in 0..50_000 {
        let city = 330_100 + n % 11 * 100;
        rows += &format!("{city},gdp,{},{n},亿元,=cmd|{n},o\n", 1950 + n % 70);
    }
    fs::write(dir.join("observations.csv"), rows).unwrap();
    let line = format!("2020年，衢州地区生产总值1639亿元。{SCRIPT}{}\n", "山水相依".repeat(32));
    fs::write(dir.join("documents/a.txt"), line.repeat((5 << 20) / line.len())).unwrap();
    fs::write(dir.join("documents/b.txt"), line).unwrap();
}

#[tokio::test]
async fn nothing_is_harmed() {
    let parent = tempfile::tempdir().unwrap();
    let dir = parent.path().join("hostile");
    write(&dir);
    let server = routes(options(vec![dir])).await;
    let home = get(&server, "/api").await;
    assert!(home.header("content-type").starts_with("application/json"), "never as a page");
    let id = "a%2F..%2Fb%3Fc%23d";
    let document = get(&server, &format!("/api/d/{id}")).await;
    assert_eq!(document.status, 200, "{}", document.text());
    let document = document.json();
    let statements = document["statements"].as_array().unwrap();
    assert!(statements.len() > 10_000, "{}", statements.len());
    let last = statements.last().unwrap()["id"].as_str().unwrap();
    let last: String =
        percent_encoding::utf8_percent_encode(last, percent_encoding::NON_ALPHANUMERIC).to_string();
    let statement = get(&server, &format!("/api/d/{id}/{last}")).await;
    assert_eq!(statement.status, 200);
    let table = get(&server, "/api/tables/observations?sort=value&order=desc&limit=500").await.json();
    assert_eq!(table["matching"], 50_000);
    assert_eq!(table["rows"].as_array().unwrap().len(), 500);
    let csv = get(&server, "/api/tables/observations.csv?where.period=1950").await.text();
    assert!(csv.contains(",'=cmd|0,") && !csv.contains(",=cmd"), "a formula goes out");
    let report = get(&server, "/api/d/small/report.html").await;
    assert!(!report.text().contains(SCRIPT));
    assert_eq!(report.header("x-content-type-options"), "nosniff");
    let origin = get(&server, "/api/origins/o").await;
    assert!(origin.header("content-type").starts_with("application/json"));
    let bytes = json!({"text": SCRIPT.repeat(100), "dossier": "hostile"});
    assert_eq!(post(&server, "/api/texts", &bytes).await.status, 202);
}
