//! Topics: a closed list, ranked by the words of a text, with tables that would decide.
use std::collections::BTreeSet;

use zhidian_vocabulary::topics::{TOPICS, of, table, tables, tables_for};

#[track_caller]
fn first(text: &str, topic: &str) {
    assert_eq!(of(text).first(), Some(&topic), "{text}: {:?}", of(text));
}

#[test]
fn the_words_of_a_statement_give_its_topic() {
    for (text, topic) in [
        ("固定资产投资增速位列全省第一", "indicators"),
        ("审批时限最短", "approvals"),
        ("谋划新基建项目410个，总投资2876亿元", "projects"),
        ("船闸过闸能力不足", "locks"),
        ("产业链上下游配套", "chains"),
        ("承接产业转移示范园区", "siting"),
        ("综合交通枢纽和高铁", "reach"),
        ("化解政府债务", "debt"),
        ("推进信用体系建设", "credit"),
        ("营商环境评价全国前十", "environment"),
        ("资源枯竭城市转型", "resources"),
        ("被列为国家级示范区", "designations"),
        ("严格执法、公正司法", "governance"),
        ("唱好春天的歌", "other"),
        ("Fixed-asset investment grew fastest", "indicators"),
        ("ship locks of the waterway hub", "locks"),
        ("resource-exhausted city", "resources"),
        ("government debt risk", "debt"),
        ("the business environment evaluation", "environment"),
    ] {
        first(text, topic);
    }
}

#[test]
fn every_topic_is_of_the_list_and_has_a_table() {
    for topic in TOPICS {
        assert!(!tables_for(topic).is_empty(), "no table decides {topic}");
    }
    for table in tables() {
        assert!(table.topics.iter().all(|topic| TOPICS.contains(topic)), "{}", table.id);
    }
}

#[test]
fn tables_have_distinct_ids_and_columns_in_both_languages() {
    let ids: BTreeSet<&str> = tables().iter().map(|table| table.id).collect();
    assert_eq!(ids.len(), tables().len());
    for known in tables() {
        assert_eq!(table(known.id), Some(known));
        let names: BTreeSet<&str> = known.columns.iter().map(|(name, _, _)| *name).collect();
        assert_eq!(names.len(), known.columns.len(), "{}", known.id);
        assert!(
            known.columns.iter().all(|(name, zh, en)| !name.is_empty() && !zh.is_empty() && !en.is_empty())
        );
    }
    assert_eq!(tables_for("projects").first().map(|table| table.id), Some("projects"));
    assert_eq!(tables_for("approvals").first().map(|table| table.id), Some("approval_items"));
    assert_eq!(tables_for("environment").first().map(|table| table.id), Some("evaluations"));
}
