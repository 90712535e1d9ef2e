//! Rows: filtered, sorted, found again.

use crate::support::{Back, get, quzhou};
use axum::Router;
use serde_json::Value;

const OBSERVATIONS: &str = "/api/tables/observations";

async fn rows(routes: &Router, query: &str) -> Value {
    let back: Back = get(routes, &format!("{OBSERVATIONS}?{query}")).await;
    assert_eq!(back.status, 200, "{query}: {}", back.text());
    back.json()
}

fn column(page: &Value, name: &str) -> usize {
    page["columns"].as_array().unwrap().iter().position(|column| column["name"] == name).unwrap()
}

fn cells(page: &Value, name: &str) -> Vec<String> {
    let at = column(page, name);
    let rows = page["rows"].as_array().unwrap();
    rows.iter().map(|row| row["cells"][at].as_str().unwrap_or_default().to_owned()).collect()
}

#[tokio::test]
async fn rows_are_filtered_sorted_and_counted() {
    let routes = quzhou().await;
    let all = rows(&routes, "limit=1").await;
    let total = all["matching"].as_u64().unwrap();
    assert_eq!(all["table"]["rows"].as_u64(), Some(total));
    let own =
        rows(&routes, "where.subject=330800&where.measure=gdp.growth.real&sort=value&order=desc&limit=500")
            .await;
    let values: Vec<f64> = cells(&own, "value").iter().map(|value| value.parse().unwrap()).collect();
    assert!(values.len() > 5 && values.is_sorted_by(|a, b| a >= b), "{values:?}");
    assert!(cells(&own, "subject").iter().all(|subject| subject == "330800"));
    let facets = own["facets"].as_array().unwrap();
    let subject = facets.iter().find(|facet| facet["column"] == "subject").unwrap();
    assert_eq!(subject["values"][0]["rows"], own["matching"]);
    assert_eq!(subject["values"][0]["words"]["en"], "Quzhou");
    let either = rows(&routes, "where.subject=330800&where.subject=410700&limit=1").await["matching"].clone();
    let one =
        async |subject| rows(&routes, &format!("where.subject={subject}&limit=1")).await["matching"].as_u64();
    let (quzhou, xinxiang) = (one("330800").await.unwrap(), one("410700").await.unwrap());
    assert!(quzhou > 0 && xinxiang > 0);
    assert_eq!(either, quzhou + xinxiang);
    let words = rows(&routes, "q=GDP.growth.REAL&limit=1").await;
    assert!(words["matching"].as_u64().unwrap() < total);
}

#[tokio::test]
async fn every_row_is_found_again_by_its_file_and_number() {
    let routes = quzhou().await;
    let query = "sort=value&order=asc&q=gdp";
    let page = rows(&routes, &format!("{query}&offset=100&limit=50")).await;
    for row in page["rows"].as_array().unwrap() {
        let (file, number) = (row["file"].as_str().unwrap(), row["row"].as_u64().unwrap());
        let again = rows(&routes, &format!("{query}&file={file}&row={number}&limit=50")).await;
        assert_eq!(again["offset"], 100);
        assert!(again["rows"].as_array().unwrap().contains(row));
    }
    let gone = "where.subject=330800&file=none.csv&row=2";
    get(&routes, &format!("{OBSERVATIONS}?{gone}")).await.refused(404);
}

#[tokio::test]
async fn pages_together_are_the_whole_table() {
    let routes = quzhou().await;
    let mut seen = std::collections::BTreeSet::new();
    let first = rows(&routes, "where.subject=330800&limit=100").await;
    let total = first["matching"].as_u64().unwrap();
    for offset in (0..total).step_by(100) {
        let page = rows(&routes, &format!("where.subject=330800&limit=100&offset={offset}")).await;
        seen.extend(
            page["rows"].as_array().unwrap().iter().map(|row| format!("{}:{}", row["file"], row["row"])),
        );
    }
    assert_eq!(seen.len() as u64, total);
    let csv = get(&routes, "/api/tables/observations.csv?where.subject=330800").await.text();
    assert_eq!(csv.lines().count() as u64, total + 1);
    assert!(rows(&routes, "offset=999999999").await["rows"].as_array().unwrap().is_empty());
}

#[tokio::test]
async fn what_is_asked_wrongly_is_refused() {
    let routes = quzhou().await;
    for (query, status) in [
        ("limit=0", 400),
        ("limit=501", 400),
        ("limit=abc", 400),
        ("order=up", 400),
        ("offset=-1", 400),
        ("unknown=1", 400),
        ("q=a&q=b", 400),
        ("where.unit=a&where.unit=a", 400),
        ("q=%ff", 400),
        ("sort=nothing", 404),
        ("where.nothing=1", 404),
    ] {
        get(&routes, &format!("{OBSERVATIONS}?{query}")).await.refused(status);
    }
    let long = format!("{OBSERVATIONS}?q={}", "a".repeat(501));
    get(&routes, &long).await.refused(400);
    get(&routes, "/api/problems?limit=0").await.refused(400);
}

#[tokio::test]
async fn a_table_that_is_missing_says_what_it_would_decide() {
    let routes = quzhou().await;
    let tables = get(&routes, "/api/tables").await.json();
    let projects = tables.as_array().unwrap().iter().find(|table| table["id"] == "projects").unwrap().clone();
    assert_eq!(projects["rows"], Value::Null);
    assert!(projects["would_decide"].as_u64().unwrap() > 0);
    let page = get(&routes, "/api/tables/projects").await.json();
    assert_eq!(page["matching"], 0);
    assert!(!page["columns"].as_array().unwrap().is_empty());
}
