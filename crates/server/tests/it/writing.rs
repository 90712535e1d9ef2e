//! What a person answers instead: kept in the dossier, shown beside the machine's answer.

use crate::support::{copied, get, options, post, quzhou, routes};
use serde_json::json;
use zhidian_dossier::{Options, check};

const ADDRESS: &str = "/api/d/quzhou-zh/quzhou-zh-007/overrules";

#[tokio::test]
async fn an_overrule_is_kept_apart_and_shown_everywhere() {
    let (_parent, dossier) = copied("quzhou");
    let server = routes(options(vec![dossier.clone()])).await;
    let before = get(&server, "/api/d/quzhou-zh/quzhou-zh-007").await.json();
    assert_eq!(before["answer"]["outcome"], "undecided");
    let said = json!({"outcome": "supported", "name": " 张 三 ", "reason": "统计局\n来函"});
    let back = post(&server, ADDRESS, &said).await;
    assert_eq!(back.status, 201, "{}", back.text());
    let page = back.json();
    assert_eq!(page["answer"]["outcome"], "undecided", "the machine's answer stays");
    let overrule = &page["overrules"][0];
    assert_eq!(
        (overrule["name"].as_str(), overrule["reason"].as_str()),
        (Some("张 三"), Some("统计局 来函"))
    );
    assert_eq!(overrule["outcome"], "supported");
    let home = get(&server, "/api").await.json();
    assert_eq!(home["generation"], 2);
    let document = get(&server, "/api/d/quzhou-zh").await.json();
    let marks = document["statements"].as_array().unwrap();
    let overruled: Vec<_> = marks.iter().filter(|mark| mark["overruled"] == true).collect();
    assert_eq!(overruled.len(), 1);
    assert_eq!(overruled[0]["outcome"], "undecided");
    let whole = get(&server, "/api/assessment.json").await.json();
    let answers = whole["answers"].as_array().unwrap();
    let own = answers.iter().find(|answer| answer["id"] == "quzhou-zh-007").unwrap();
    assert_eq!(own["overrules"][0]["name"], "张 三");
    let report = get(&server, "/api/d/quzhou-zh/report.html").await.text();
    assert!(report.contains("张 三") && report.contains("统计局 来函"), "the report does not show it");
    let (_, problems) = check(&dossier, &Options::default()).unwrap();
    assert_eq!(problems, []);
    // Another person, then the first one again.
    for (name, outcome) in [("李四", "contradicted"), ("张 三", "disputed")] {
        let said = json!({"outcome": outcome, "name": name, "reason": "复核"});
        assert_eq!(post(&server, ADDRESS, &said).await.status, 201);
    }
    let page = get(&server, "/api/d/quzhou-zh/quzhou-zh-007").await.json();
    assert_eq!(page["overrules"].as_array().unwrap().len(), 2);
    let (_, problems) = check(&dossier, &Options::default()).unwrap();
    assert_eq!(problems, []);
}

#[tokio::test]
async fn what_is_no_answer_is_refused() {
    let (_parent, dossier) = copied("quzhou");
    let server = routes(options(vec![dossier.clone()])).await;
    let said =
        |outcome: &str, name: &str, reason: &str| json!({"outcome": outcome, "name": name, "reason": reason});
    for (body, status) in [
        (said("supported", "  ", "because"), 422),
        (said("supported", "N.N.", ""), 422),
        (said("supported", &"n".repeat(61), "because"), 422),
        (said("supported", "N.N.", &"r".repeat(1001)), 422),
        (said("maybe", "N.N.", "because"), 422),
        (said("coherent", "N.N.", "because"), 409),
        (said("bearing", "N.N.", "because"), 409),
    ] {
        post(&server, ADDRESS, &body).await.refused(status);
    }
    let good = said("supported", "N.N.", "because");
    post(&server, "/api/d/quzhou-zh/none/overrules", &good).await.refused(404);
    assert!(!dossier.join("overrides.csv").exists(), "nothing was written");
    post(&quzhou().await, ADDRESS, &good).await.refused(403);
}
