//! An assessment made up for the tests: every outcome, every mark of a figure, spans that nest, cross and coincide.

use serde_json::{Value, json};
use zhidian_model::engine::Card;
use zhidian_report::{Assessment, Text};

/// Two documents; the second is hostile.
const PLAIN: &str = "样例市：一年的账本\n一、成绩\n2020年，全市生产总值增长3.5%，增幅居全省第三，近七年最好。城镇居民收入增幅全省第一。\n二、目标\n到2025年，新建公园12座以上，把五大环境（政务、法治、市场、生态、人文）建成全省样板。审批事项最少、时限最短。\n建议国家把二线船闸纳入规划。";

/// One document as a hostile author would write it.
pub(crate) const HOSTILE: &str =
    "<script>alert(\"1\")</script>\n\u{202e}倒写\u{202c}的城市有\"5\"家工厂 & <b>3</b>座桥，=SUM(A1)。";

pub(crate) fn texts() -> Vec<Text> {
    vec![
        Text { document: "yangli".into(), title: None, normalised: PLAIN.into() },
        Text {
            document: "x\"><script>".into(),
            title: Some("<img src=x onerror=alert(1)>".into()),
            normalised: HOSTILE.into(),
        },
    ]
}

pub(crate) const CARD: Card = Card {
    id: "indicators",
    question: ("各地的指标排第几", "Where does a region stand"),
    tables: &["observations"],
    parameters: &[],
    finds: &["*"],
    needs: &[],
    method: ("名次在一张表、一个版次里算", "Ranks are computed within one table and edition"),
    assumptions: ("各地口径一致", "Regions measure alike"),
    not_for: ("少于五个地区", "Fewer than five regions"),
    references: &["OECD & JRC (2008), Handbook <on> composite indicators"],
};

/// Where words stand in a text, in code points.
fn span(text: &str, words: &str) -> [usize; 2] {
    let at = text.find(words).unwrap_or_else(|| panic!("{words} stands in the text"));
    let from = text[..at].chars().count();
    [from, from + words.chars().count()]
}

struct Answers(Vec<Value>);

impl Answers {
    fn push(&mut self, id: &str, words: &str, claim: Value, answer: Value) {
        self.put(id, "yangli", PLAIN, words, claim, answer);
    }

    fn put(&mut self, id: &str, document: &str, text: &str, words: &str, claim: Value, answer: Value) {
        let mut whole = json!({"id": id, "kind": "verdict", "reasons": [], "found": null, "margin": null, "robust": null,
            "grade": null, "because": [], "near": [], "lacks": null, "missing": [], "parts": [],
            "text": {"zh": "见依据。", "en": "See what it rests on."}});
        let mut base = json!({"id": id, "document": document, "text": words, "span": span(text, words),
            "type": "quantity", "modality": "fact", "topic": "indicators"});
        merge(&mut base, claim);
        merge(&mut whole, answer);
        whole["claim"] = base;
        self.0.push(whole);
    }
}

fn merge(into: &mut Value, from: Value) {
    if let (Some(into), Value::Object(from)) = (into.as_object_mut(), from) {
        into.extend(from);
    }
}

fn cell(origin: &str, row: u64, value: &str) -> Value {
    json!({"origin": origin, "file": "reference/tables/observations.csv", "sheet": null, "row": row, "column": "value", "value": value})
}

fn peers() -> Value {
    let values = [
        ("舟山", "Zhoushan", "12.01"),
        ("杭州", "Hangzhou", "3.90"),
        ("样例", "Sample", "3.50"),
        ("嘉兴", "Jiaxing", "3.45"),
        ("温州", "Wenzhou", "3.40"),
        ("台州", "Taizhou", "3.38"),
        ("丽水", "Lishui", "3.35"),
        ("宁波", "Ningbo", "3.30"),
        ("湖州", "Huzhou", "3.26"),
        ("绍兴", "Shaoxing", "3.26"),
        ("金华", "Jinhua", "2.76"),
    ];
    let mut points: Vec<Value> = values
        .iter()
        .map(|(zh, en, value)| json!({"label": {"zh": zh, "en": en}, "value": value, "most": null, "own": *zh == "样例", "grade": "aggregator"}))
        .collect();
    points.push(json!({"label": {"zh": "某市", "en": "Some city"}, "value": null, "most": null, "own": false, "grade": null}));
    json!({"mark": "strip", "title": {"zh": "十一市里排第三，比第四名多 0.05 个百分点", "en": "Third of eleven, 0.05 points ahead of fourth"},
        "unit": {"zh": "生产总值实际增速，2020 年，%", "en": "real GDP growth, 2020, %"}, "points": points})
}

fn years() -> Value {
    let places = [
        (2012, "8", "8"),
        (2013, "6", "6"),
        (2014, "9", "10"),
        (2015, "9", "9"),
        (2016, "7", "7"),
        (2017, "8", "8"),
        (2018, "6", "6"),
        (2019, "9", "9"),
        (2020, "3", "3"),
    ];
    let points: Vec<Value> = places
        .iter()
        .map(|(year, least, most)| json!({"label": {"zh": year.to_string(), "en": year.to_string()}, "value": least, "most": most, "own": *year == 2020, "grade": if *year < 2018 { "unverified" } else { "aggregator" }}))
        .collect();
    json!({"mark": "bump", "title": {"zh": "七年里的名次", "en": "Places over seven years"}, "unit": {"zh": "名次", "en": "place"}, "points": points})
}

fn levels() -> Value {
    let values = ["187.25", "208.68", "251.81", "272.16", "309.12", "468.81", "NaN", "641.53"];
    let points: Vec<Value> = (2018..)
        .zip(values)
        .map(|(year, value): (u32, _)| json!({"label": {"zh": year.to_string(), "en": year.to_string()}, "value": value, "most": null, "own": year == 2020, "grade": if year > 2023 { "modelled" } else { "official" }}))
        .collect();
    json!({"mark": "line", "title": {"zh": "余额由 252 亿增至 642 亿元", "en": "From 25.2 to 64.2 bn yuan"}, "unit": {"zh": "亿元", "en": "100 m yuan"}, "points": points})
}

fn finding(id: &str, measure: &str, zh: &str, grade: &str, exhibit: Value, cells: Vec<Value>) -> Value {
    json!({"id": id, "engine": "indicators", "key": {"measure": measure, "subject": "330800", "period": "2020", "scope": "zhejiang.prefectures"},
        "value": {}, "text": {"zh": zh, "en": format!("finding {id}")}, "grade": grade, "method": "rank within one edition",
        "evidence": cells, "exhibit": exhibit})
}

/// Every outcome at least once.
pub(crate) fn assessment() -> Assessment {
    let mut answers = Answers(Vec::new());
    let rank = json!({"type": "rank", "rank": {"text": "第三", "norm": "3"}, "indicator": {"text": "增幅"}, "period": {"text": "2020年", "norm": "2020"},
        "scope": {"text": "全省"}, "key": {"measure": "rank(gdp.growth.real)", "subject": "330800", "period": "2020", "scope": "zhejiang.prefectures"}});
    answers.push("q-001", "全市生产总值增长3.5%", json!({"type": "growth", "value": {"text": "3.5%", "num": "3.5", "unit": "percent"}}),
        json!({"outcome": "supported", "found": {"low": "3.495", "high": "3.505", "unit": "percent"}, "margin": {"value": "0.05", "unit": "percentage_point", "to": ""}, "grade": "official", "because": ["f-level"]}));
    answers.push("q-002", "增幅居全省第三", rank,
        json!({"outcome": "supported", "found": {"rank": {"least": 3, "most": 3, "of": 11}}, "margin": {"value": "0.05", "unit": "percentage_point", "to": "嘉兴"},
            "robust": {"rounding": false, "ties": true, "vintage": true}, "grade": "aggregator", "because": ["f-rank"],
            "text": {"zh": "证实，但只差一线。", "en": "Supported, by a hair."}}));
    answers.push("q-003", "近七年最好", json!({"type": "rank", "rank": {"text": "最好", "norm": "best"}}),
        json!({"outcome": "disputed", "found": {"truth": true}, "reasons": ["sources_differ"], "grade": "unverified", "because": ["f-best"],
            "parts": [{"label": "2014–2020", "outcome": "supported", "text": {"zh": "最好", "en": "best"}}, {"label": "2013–2020", "outcome": "undecided", "text": {"zh": "缺数", "en": "no data"}}]}));
    answers.push("q-004", "城镇居民收入增幅全省第一", json!({"type": "rank", "rank": {"text": "第一", "norm": "1"}}),
        json!({"outcome": "undecided", "reasons": ["period_differs"], "near": [{"finding": "f-near", "differs": ["period:2020-01..2020-09"]}],
            "missing": [{"key": "rank(income.urban.growth) 330800 2020 in zhejiang.prefectures", "table": "observations", "columns": ["income.urban"], "rows": ["浙江 11 市，2020"]}]}));
    answers.push("q-005", "新建公园12座以上", json!({"modality": "target", "value": {"text": "12座", "num": "12", "unit": "座"}, "qualifier": {"text": "以上", "norm": "ge"}}),
        json!({"outcome": "missed", "found": {"low": "7", "high": "7", "unit": "座"}, "margin": {"value": "5", "unit": "座", "to": ""}, "grade": "official", "because": ["f-level"]}));
    let environments =
        json!({"type": "enumeration", "label": {"text": "五大环境"}, "items": [1, 2, 3, 4, 5]});
    answers.push(
        "q-006",
        "五大环境（政务、法治、市场、生态、人文）",
        environments,
        json!({"kind": "coherence", "outcome": "coherent"}),
    );
    answers.push("q-007", "把五大环境（政务、法治、市场、生态、人文）建成全省样板", json!({"type": "goal", "modality": "target"}),
        json!({"kind": "bearing", "outcome": "bearing", "lacks": "measure", "near": [{"finding": "f-debt", "differs": ["later"]}]}));
    answers.push(
        "q-008",
        "审批事项最少、时限最短",
        json!({"type": "rank", "modality": "target", "rank": {"text": "最少", "norm": "min"}}),
        json!({"outcome": "off_track", "because": ["f-debt"], "grade": "modelled"}),
    );
    answers.push(
        "q-009",
        "审批事项最少、时限最短",
        json!({"type": "rank", "modality": "target"}),
        json!({"outcome": "on_track"}),
    );
    answers.push(
        "q-010",
        "生态、人文）建成全省样板。审批事项",
        json!({"type": "status"}),
        json!({"outcome": "contradicted", "found": {"truth": false}, "grade": "media"}),
    );
    answers.push(
        "q-011",
        "建议国家把二线船闸纳入规划",
        json!({"type": "proposal", "modality": "proposal"}),
        json!({"kind": "bearing", "outcome": "bearing", "lacks": "nothing"}),
    );
    answers.push(
        "q-012",
        "二、目标\n到2025年",
        json!({"type": "goal"}),
        json!({"outcome": "met", "grade": "synthetic", "found": {"low": null, "high": "3", "unit": "项"}}),
    );
    let hostile = |words: &str| {
        (
            words.to_owned(),
            json!({"type": "<i>", "value": {"text": "=1+1", "num": "not a number", "unit": "\"><b>"}}),
        )
    };
    let (words, claim) = hostile("倒写\u{202c}的城市有\"5\"家工厂");
    answers.put(
        "q\"<1>",
        "x\"><script>",
        HOSTILE,
        &words,
        claim,
        json!({"kind": "coherence", "outcome": "incoherent", "reasons": ["<reason>"],
        "text": {"zh": "=HYPERLINK(\"http://evil\")", "en": "+cmd|' /C calc'!A0"}}),
    );
    let (words, claim) = hostile("=SUM(A1)");
    answers.put(
        "q\"<1>",
        "x\"><script>",
        HOSTILE,
        &words,
        claim,
        json!({"outcome": "undecided",
        "missing": [{"key": "k", "table": "projects", "columns": ["<c>"], "rows": ["@row"]}]}),
    );
    // a span beyond the text, and a document nobody gave
    answers.put(
        "q-013",
        "x\"><script>",
        HOSTILE,
        "座桥",
        json!({"span": [9000, 9009]}),
        json!({"outcome": "undecided"}),
    );
    answers.put(
        "q-014",
        "nowhere",
        HOSTILE,
        "座桥",
        json!({}),
        json!({"outcome": "undecided", "because": ["f-absent"]}),
    );

    let long = "长".repeat(400);
    let whole = json!({
        "schema": "zhidian.assess/1", "seed": 0,
        "documents": [
            {"id": "yangli", "dossier": "sample", "language": "zh", "sha256": "ab".repeat(32)},
            {"id": "x\"><script>", "dossier": "sample", "language": "en", "sha256": "cd".repeat(32)},
        ],
        "answers": answers.0,
        "needs": [
            {"table": "projects", "title": {"zh": "项目库", "en": "project register"}, "statements": 2, "claims": ["q\"<1>", "q-013"]},
            {"table": "observations", "title": {"zh": "指标表", "en": "observations"}, "statements": 1, "claims": ["q-004"]},
        ],
        "findings": [
            finding("f-rank", "rank(gdp.growth.real)", "样例市增幅第三", "aggregator", peers(), (2..13).map(|row| cell("o-yearbook", row, "3.50")).collect()),
            finding("f-best", "best(rank(gdp.growth.real),2014..2020)", "七年最好", "unverified", years(), vec![cell("o-panel", 9, "3"), cell("o-yearbook", 4, "3")]),
            finding("f-level", "gdp.growth.real", "增长 3.50%", "official", Value::Null, vec![cell("o-official", 7, "3.50")]),
            finding("f-near", "rank(income.urban.growth)", "1–9 月第一", "official", peers(), vec![cell("o-official", 8, "4.5")]),
            finding("f-debt", "debt", "余额上升", "modelled", levels(), vec![cell("o\"<evil>", 9, "=cmd()")]),
        ],
        "origins": [
            {"id": "o-yearbook", "publisher": "某统计局", "title": "年鉴", "address": "https://example.org/yearbook", "address_kind": "repost", "published": "2021-12-01", "edition": "2021", "licence": null, "sha256": "ef".repeat(32), "grade": "aggregator", "note": "第三方录入"},
            {"id": "o-panel", "publisher": "不明", "title": "面板", "address": "", "address_kind": null, "published": null, "edition": null, "licence": null, "sha256": null, "grade": "unverified", "note": null},
            {"id": "o-official", "publisher": "某市统计局", "title": "公报", "address": "https://example.org/bulletin?a=1&b=2", "address_kind": "primary", "published": "2021-03-01", "edition": null, "licence": "CC BY 4.0", "sha256": null, "grade": "official", "note": null},
            {"id": "o\"<evil>", "publisher": long, "title": "@title", "address": "javascript:alert(1)", "address_kind": "repost", "published": null, "edition": null, "licence": null, "sha256": null, "grade": "modelled", "note": "<iframe>"},
        ],
        "problems": [
            {"severity": "warning", "code": "number.format", "file": "tables/a.csv", "sheet": null, "row": 4, "column": "value", "found": "1,2.3", "expected": "a decimal", "remedy": {"zh": "改成小数", "en": "write a decimal"}},
            {"severity": "error", "code": "region.unknown", "file": "tables/<b>.xlsx", "sheet": "S'1", "row": 12, "column": "region", "found": "=1+1", "expected": "a code", "remedy": {"zh": "填代码", "en": "give a code"}},
        ],
    });
    serde_json::from_value(whole).expect("the fixture has the layout of the contract")
}
