//! The pages of the dossier of Quzhou.

use crate::support::{asking, get, post, quzhou, send};
use axum::body::Body;
use serde_json::json;

#[tokio::test]
async fn every_page_has_its_twin() {
    let routes = quzhou().await;
    let home = get(&routes, "/api").await.json();
    assert_eq!(home["documents"][0]["id"], "quzhou-zh");
    assert_eq!(home["overrule"], false);
    assert_eq!(home["generation"], 1);
    let document = get(&routes, "/api/d/quzhou-zh").await.json();
    let text: Vec<char> = document["text"].as_str().unwrap().chars().collect();
    let statements = document["statements"].as_array().unwrap();
    assert!(statements.len() > 30);
    for (mark, number) in statements.iter().zip(1..) {
        assert_eq!(mark["number"], number);
        let id = mark["id"].as_str().unwrap();
        let page = get(&routes, &format!("/api/d/quzhou-zh/{id}")).await.json();
        assert_eq!(page["answer"]["id"], id);
        assert_eq!(page["number"], number);
        let [from, to] = [0, 1].map(|end| mark["span"][end].as_u64().unwrap() as usize);
        let stated: String = text[from..to].iter().collect();
        assert_eq!(page["answer"]["claim"]["text"], stated, "{id}: the span is not where the words are");
        for finding in page["findings"].as_array().unwrap() {
            let id = finding["id"].as_str().unwrap();
            let tree = get(&routes, &format!("/api/f/{id}")).await.json();
            assert_eq!(tree["finding"]["id"], id);
            assert!(tree["statements"].as_array().unwrap().iter().any(|own| own["id"] == mark["id"]));
            assert_eq!(tree["tree"]["grade"], finding["grade"], "a tree is as strong as its finding");
            for origin in tree["origins"].as_array().unwrap() {
                let id = origin["id"].as_str().unwrap();
                let page = get(&routes, &format!("/api/origins/{id}")).await.json();
                assert_eq!(page["origin"]["id"], id);
                assert!(!page["statements"].as_array().unwrap().is_empty());
            }
        }
    }
    let counts = document["document"]["counts"].as_array().unwrap();
    let counted: u64 = counts.iter().map(|count| count["statements"].as_u64().unwrap()).sum();
    assert_eq!(counted, statements.len() as u64);
}

#[tokio::test]
async fn every_cited_cell_is_found_in_its_table() {
    let routes = quzhou().await;
    let page = get(&routes, "/api/d/quzhou-zh/quzhou-zh-005").await.json();
    let cells = page["findings"][0]["evidence"].as_array().unwrap();
    assert!(cells.len() > 10);
    for cell in cells {
        let cited = page["files"].as_array().unwrap().iter().find(|cited| cited["file"] == cell["file"]);
        let (table, file) = (cited.unwrap()["table"].as_str().unwrap(), cell["file"].as_str().unwrap());
        let row = &cell["row"];
        let shown = get(&routes, &format!("/api/tables/{table}?file={file}&row={row}")).await.json();
        let at = shown["rows"].as_array().unwrap().iter().find(|held| held["row"] == *row).unwrap();
        assert!(at["cells"].as_array().unwrap().contains(&cell["value"]));
    }
}

#[tokio::test]
async fn neighbours_lead_through_the_document() {
    let routes = quzhou().await;
    let mut at = Some("quzhou-zh-001".to_owned());
    let mut seen = 0;
    while let Some(id) = at {
        let page = get(&routes, &format!("/api/d/quzhou-zh/{id}")).await.json();
        at = page["next"].as_str().map(str::to_owned);
        seen += 1;
    }
    let document = get(&routes, "/api/d/quzhou-zh").await.json();
    assert_eq!(seen, document["statements"].as_array().unwrap().len());
}

#[tokio::test]
async fn what_is_notable_comes_from_the_answers() {
    let routes = quzhou().await;
    let document = get(&routes, "/api/d/quzhou-zh").await.json();
    let notable = document["notable"].as_array().unwrap();
    assert!((1..=5).contains(&notable.len()));
    assert_eq!(notable[0]["statement"], "quzhou-zh-005");
    assert!(notable[0]["title"]["zh"].as_str().unwrap().contains("0.05个百分点"), "{}", notable[0]);
    assert!(notable[0]["title"]["en"].as_str().unwrap().contains("Jiaxing"), "{}", notable[0]);
    let offer = notable.last().unwrap();
    assert!(offer["title"]["en"].as_str().unwrap().starts_with("One table would decide"), "{offer}");
}

#[tokio::test]
async fn another_stated_value_is_judged_by_the_same_findings() {
    let routes = quzhou().await;
    let page = get(&routes, "/api/d/quzhou-zh/quzhou-zh-005").await.json();
    let what_if = &page["what_if"];
    assert_eq!((what_if["rank"].as_bool(), what_if["stated"].as_str()), (Some(true), Some("3")));
    let address = "/api/d/quzhou-zh/quzhou-zh-005/what-if";
    let same = post(&routes, address, &json!({"value": "3"})).await.json();
    assert_eq!(same["answer"]["outcome"], page["answer"]["outcome"]);
    let other = post(&routes, address, &json!({"value": "2"})).await.json();
    assert_eq!(other["answer"]["outcome"], "contradicted");
    assert_eq!(other["answer"]["because"], page["answer"]["because"]);
    assert_eq!(other["stated"]["zh"], "第2位");
    post(&routes, address, &json!({"value": "three"})).await.refused(422);
    post(&routes, address, &json!({"value": "12"})).await.refused(409);
    post(&routes, address, &json!({"value": "2.5"})).await.refused(409);
    post(&routes, address, &json!({"value": "3", "more": 1})).await.refused(422);
    post(&routes, "/api/d/quzhou-zh/quzhou-zh-001/what-if", &json!({"value": "3"})).await.refused(409);
    let after = get(&routes, "/api/d/quzhou-zh/quzhou-zh-005").await.json();
    assert_eq!(after, page, "nothing of it is kept");
}

#[tokio::test]
async fn what_is_not_there_is_refused_in_both_languages() {
    let routes = quzhou().await;
    for path in [
        "/api/d/none",
        "/api/d/quzhou-zh/none",
        "/api/d/quzhou-en/quzhou-zh-005",
        "/api/f/none",
        "/api/f/none.csv",
        "/api/engines/none",
        "/api/origins/none",
        "/api/tables/none",
        "/api/tables/origins",
        "/api/runs/1",
        "/api/runs/01",
        "/api/none",
        "/api/d/none/checklist.xlsx",
        "/assets/none.js",
    ] {
        get(&routes, path).await.refused(404);
    }
    get(&routes, "/api/d/%ff").await.refused(400);
    get(&routes, &format!("/api/d/{}", "a".repeat(400))).await.refused(400);
    let unsupported = send(&routes, asking("PUT", "/api/texts").body(Body::empty()).unwrap()).await;
    unsupported.refused(405);
    assert_eq!(unsupported.header("allow"), "POST");
    send(&routes, asking("DELETE", "/").body(Body::empty()).unwrap()).await.refused(405);
}

#[tokio::test]
async fn pages_are_asked_for_again_without_being_sent_again() {
    let routes = quzhou().await;
    let first = get(&routes, "/api/d/quzhou-zh").await;
    let tag = first.header("etag").to_owned();
    assert!(!tag.is_empty());
    let asked = asking("GET", "/api/d/quzhou-zh").header("if-none-match", &tag).body(Body::empty()).unwrap();
    let again = send(&routes, asked).await;
    assert_eq!((again.status.as_u16(), again.bytes.len()), (304, 0));
    let asked =
        asking("GET", "/api/d/quzhou-zh").header("accept-encoding", "gzip").body(Body::empty()).unwrap();
    let small = send(&routes, asked).await;
    assert_eq!(small.header("content-encoding"), "gzip");
    assert!(small.bytes.len() * 3 < first.bytes.len());
}

#[tokio::test]
async fn every_answer_carries_the_policy() {
    let routes = quzhou().await;
    for path in ["/", "/api", "/api/none", "/d/quzhou-zh"] {
        let back = get(&routes, path).await;
        let policy = back.header("content-security-policy");
        assert!(policy.contains("default-src 'none'") && policy.contains("frame-ancestors 'none'"), "{path}");
        assert!(!policy.contains("unsafe"), "{path}");
        assert_eq!(back.header("x-content-type-options"), "nosniff");
    }
    let page = get(&routes, "/d/quzhou-zh").await;
    assert_eq!(page.status, 200);
    assert_eq!(page.header("link"), "</api/d/quzhou-zh>; rel=\"alternate\"; type=\"application/json\"");
    assert!(page.header("content-type").starts_with("text/html"));
}

#[tokio::test]
async fn files_can_be_taken_away() {
    let routes = quzhou().await;
    for (path, media, begins) in [
        ("/api/d/quzhou-zh/checklist.xlsx?lang=en", "application/vnd.openxml", &b"PK"[..]),
        ("/api/d/quzhou-zh/report.html", "text/html", b"<!DOCTYPE html>"),
        ("/api/f/f-607436ae0eb9.csv", "text/csv", "\u{feff}part,".as_bytes()),
        (
            "/api/tables/observations.csv?where.subject=330800&q=gdp",
            "text/csv",
            "\u{feff}subject,".as_bytes(),
        ),
    ] {
        let back = get(&routes, path).await;
        assert_eq!(back.status, 200, "{path}: {}", back.text());
        assert!(back.header("content-type").starts_with(media), "{path}: {}", back.header("content-type"));
        assert!(back.bytes.starts_with(begins), "{path}: {:?}", &back.bytes[..40.min(back.bytes.len())]);
        assert!(back.header("content-disposition").starts_with("attachment"), "{path}");
    }
    let whole = get(&routes, "/api/assessment.json").await.json();
    assert_eq!(whole["schema"], "zhidian.assess/1");
    get(&routes, "/api/d/quzhou-zh/checklist.xlsx?lang=fr").await.refused(400);
}
