//! Runs: texts, engines, scenarios.

use crate::support::{asking, ended, get, post, quzhou, send};
use axum::{Router, body::Body};
use base64::{Engine as _, prelude::BASE64_STANDARD};
use serde_json::{Value, json};

async fn started(routes: &Router, path: &str, body: Value) -> String {
    let back = post(routes, path, &body).await;
    assert_eq!(back.status, 202, "{}", back.text());
    let id = back.json()["id"].as_str().unwrap().to_owned();
    assert_eq!(back.header("location"), format!("/api/runs/{id}"));
    id
}

async fn read(routes: &Router, body: Value) -> Value {
    let run = started(routes, "/api/texts", body).await;
    let status = ended(routes, &run).await;
    assert_eq!(status["state"], "done", "{status}");
    get(routes, status["result"].as_str().unwrap()).await.json()
}

fn outcomes(document: &Value) -> Vec<&str> {
    document["statements"].as_array().unwrap().iter().map(|mark| mark["outcome"].as_str().unwrap()).collect()
}

#[tokio::test]
async fn a_pasted_text_is_read_and_answered() {
    let routes = quzhou().await;
    let text = "2020年，衢州市地区生产总值增长3.5%，居浙江第二位。";
    let document = read(&routes, json!({"text": text, "dossier": "quzhou", "dated": "2021-03-06"})).await;
    assert_eq!(outcomes(&document), ["supported", "contradicted"]);
    assert_eq!(document["document"]["pasted"], true);
    assert_eq!(document["document"]["language"], "zh");
    let id = document["document"]["id"].as_str().unwrap();
    let statement = document["statements"][1]["id"].as_str().unwrap();
    let page = get(&routes, &format!("/api/d/{id}/{statement}")).await.json();
    assert_eq!(page["answer"]["outcome"], "contradicted");
    let finding = page["answer"]["because"][0].as_str().unwrap();
    assert_eq!(get(&routes, &format!("/api/f/{finding}")).await.status, 200);
    let home = get(&routes, "/api").await.json();
    assert!(home["documents"].as_array().unwrap().iter().any(|document| document["id"] == id));
    let checklist = get(&routes, &format!("/api/d/{id}/checklist.xlsx")).await;
    assert!(checklist.bytes.starts_with(b"PK"));
}

#[tokio::test]
async fn a_dropped_file_is_read_in_its_own_encoding() {
    let routes = quzhou().await;
    // 2020年，衢州地区生产总值增长3.5%。
    let bytes = b"2020\xc4\xea\xa3\xac\xe1\xe9\xd6\xdd\xb5\xd8\xc7\xf8\xc9\xfa\xb2\xfa\xd7\xdc\xd6\xb5\xd4\xf6\xb3\xa43.5%\xa1\xa3";
    let file = BASE64_STANDARD.encode(bytes);
    let document = read(&routes, json!({"file": file, "name": "稿.txt", "dossier": "quzhou"})).await;
    assert_eq!(outcomes(&document), ["supported"]);
    assert_eq!(document["document"]["title"], "稿.txt");
    for (name, bytes) in [("a.exe", &b"MZ"[..]), ("empty.txt", b" "), ("noending", b"abc")] {
        let file = BASE64_STANDARD.encode(bytes);
        let run =
            started(&routes, "/api/texts", json!({"file": file, "name": name, "dossier": "quzhou"})).await;
        let status = ended(&routes, &run).await;
        assert_eq!(status["state"], "failed", "{name}");
        assert!(status["error"]["en"].as_str().unwrap().contains(name), "{status}");
        get(&routes, &format!("/api/runs/{run}/result")).await.refused(409);
    }
}

#[tokio::test]
async fn what_cannot_be_read_is_refused_at_once() {
    let routes = quzhou().await;
    for (body, status) in [
        (json!({"text": "a", "dossier": "none"}), 404),
        (json!({"text": "", "dossier": "quzhou"}), 422),
        (json!({"text": "a", "file": "YQ==", "dossier": "quzhou"}), 422),
        (json!({"file": "!", "dossier": "quzhou"}), 422),
        (json!({"text": "a", "dossier": "quzhou", "dated": "yesterday"}), 422),
        (json!({"text": "a", "dossier": "quzhou", "region": 999_999}), 422),
        (json!({"text": "a"}), 422),
        (json!({"text": "a", "dossier": "quzhou", "more": true}), 422),
        (json!([]), 422),
    ] {
        post(&routes, "/api/texts", &body).await.refused(status);
    }
    let broken = asking("POST", "/api/texts").header("content-type", "application/json");
    send(&routes, broken.body(Body::from("{")).unwrap()).await.refused(400);
    let form = asking("POST", "/api/texts").header("content-type", "application/x-www-form-urlencoded");
    send(&routes, form.body(Body::from("text=a")).unwrap()).await.refused(415);
    let large = json!({"text": "a".repeat((8 << 20) + 1), "dossier": "quzhou"});
    post(&routes, "/api/texts", &large).await.refused(413);
    let larger = json!({"value": "1".repeat(70_000)});
    post(&routes, "/api/d/quzhou-zh/quzhou-zh-005/what-if", &larger).await.refused(413);
}

#[tokio::test]
async fn an_engine_runs_with_its_options() {
    let routes = quzhou().await;
    let engines = get(&routes, "/api/engines").await.json();
    for engine in engines.as_array().unwrap() {
        let id = engine["id"].as_str().unwrap();
        let page = get(&routes, &format!("/api/engines/{id}")).await.json();
        assert!(page["options"].is_object(), "{id}");
        assert!(!page["method"]["zh"].as_str().unwrap().is_empty(), "{id}");
        let run =
            started(&routes, &format!("/api/engines/{id}/runs"), json!({"options": page["defaults"]})).await;
        let status = ended(&routes, &run).await;
        if status["state"] == "done" {
            let result = get(&routes, &format!("/api/runs/{run}/result")).await.json();
            assert_eq!(result["engine"], id);
            assert_eq!(result["options"], page["defaults"]);
        } else {
            assert!(!status["error"]["en"].as_str().unwrap().is_empty(), "{status}");
        }
    }
    post(&routes, "/api/engines/indicators/runs", &json!({"options": "text"})).await.refused(422);
    post(&routes, "/api/engines/none/runs", &json!({})).await.refused(404);
    post(&routes, "/api/engines/indicators/runs", &json!({"scenario": "none"})).await.refused(404);
    let run = started(&routes, "/api/engines/indicators/runs", json!({"scenario": "jiaxing"})).await;
    assert_eq!(ended(&routes, &run).await["state"], "done");
}

#[tokio::test]
async fn a_scenario_tells_what_would_change() {
    let routes = quzhou().await;
    let scenarios = get(&routes, "/api/scenarios").await.json();
    assert_eq!(scenarios[0]["name"], "jiaxing");
    let run = started(&routes, "/api/scenarios/jiaxing/runs", json!({})).await;
    assert_eq!(ended(&routes, &run).await["state"], "done");
    let result = get(&routes, &format!("/api/runs/{run}/result")).await.json();
    assert_eq!(result["scenario"]["name"], "jiaxing");
    let changes = result["changes"].as_array().unwrap();
    assert!(!changes.is_empty());
    for change in changes {
        assert!(change["statement"]["text"].is_string() && change["change"]["after"].is_string());
    }
    post(&routes, "/api/scenarios/none/runs", &json!({})).await.refused(404);
}

#[tokio::test]
async fn runs_wait_are_cancelled_and_are_refused_when_too_many_wait() {
    let routes = quzhou().await;
    // Long enough that several are under way together: every statement has a place to be found.
    let text = "2020年，衢州市地区生产总值增速居浙江第三位，为近7年最好位次。\n".repeat(600);
    let body = json!({"text": text, "dossier": "quzhou"});
    let mut ids = Vec::new();
    let mut refused = false;
    for _ in 0..40 {
        let back = post(&routes, "/api/texts", &body).await;
        if back.status == 429 {
            back.refused(429);
            refused = true;
            break;
        }
        ids.push(back.json()["id"].as_str().unwrap().to_owned());
    }
    assert!(refused, "forty texts at once were all taken");
    for id in &ids {
        let back =
            send(&routes, asking("DELETE", &format!("/api/runs/{id}")).body(Body::empty()).unwrap()).await;
        assert_eq!(back.status, 200);
    }
    for id in &ids {
        let state = ended(&routes, id).await["state"].as_str().unwrap().to_owned();
        assert!(["cancelled", "done"].contains(&&*state), "{state}");
    }
    let last = ids.last().unwrap();
    assert_eq!(ended(&routes, last).await["state"], "cancelled", "what waits is cancelled before it begins");
}
