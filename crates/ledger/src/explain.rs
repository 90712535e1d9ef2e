//! Why is this number so: the tree of evidence down to file and row.

use crate::{assess::Ledger, contract::Answer, words};
use zhidian_model::{Card, Evidence, Node, Text};

/// The language of an explanation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Language {
    /// zh-CN
    Zh,
    /// en
    En,
}

impl Language {
    /// The text in this language.
    pub fn of<'a>(&self, text: &'a Text) -> &'a str {
        match self {
            Self::Zh => &text.zh,
            Self::En => &text.en,
        }
    }

    fn pick<'a>(&self, (zh, en): (&'a str, &'a str)) -> &'a str {
        match self {
            Self::Zh => zh,
            Self::En => en,
        }
    }
}

/// The tree of a claim or a finding, or the card of an engine, by its id; nothing when there is none.
pub fn explain(ledger: &Ledger, id: &str, language: Language) -> Option<String> {
    if let Some(answer) = ledger.assessment.answers.iter().find(|answer| answer.id == id) {
        return Some(explain_answer(ledger, answer, language));
    }
    if let Some(card) = ledger.cards.iter().find(|card| card.id == id) {
        return Some(explain_engine(card, language));
    }
    ledger.findings.contains_key(id).then(|| {
        let mut out = String::new();
        explain_finding(ledger, id, language, "", &mut out);
        out
    })
}

/// The manual of an engine.
fn explain_engine(card: &Card, language: Language) -> String {
    let lines = [
        (("问题", "question"), language.pick(card.question).to_owned()),
        (("数据表", "tables"), card.tables.join(", ")),
        (("参数", "parameters"), card.parameters.join(", ")),
        (("给出的指标", "finds"), card.finds.join(", ")),
        (("依赖的指标", "needs"), card.needs.join(", ")),
        (("方法", "method"), language.pick(card.method).to_owned()),
        (("前提", "assumptions"), language.pick(card.assumptions).to_owned()),
        (("不适用", "not for"), language.pick(card.not_for).to_owned()),
        (("文献", "references"), card.references.join("; ")),
    ];
    let shown = lines.iter().filter(|(_, text)| !text.is_empty());
    shown.fold(format!("{}\n", card.id), |out, (name, text)| {
        out + &format!("  {}: {text}\n", language.pick(*name))
    })
}

fn explain_answer(ledger: &Ledger, answer: &Answer, language: Language) -> String {
    let quoted = answer.claim.get("text").and_then(|text| text.as_str()).unwrap_or_default();
    let outcome = language.pick(answer.outcome.words());
    let mut out = format!("{}  [{outcome}]\n“{quoted}”\n{}\n", answer.id, language.of(&answer.text));
    if let Some(key) = answer.claim.get("key").filter(|key| !key.is_null()) {
        let part = |name: &str| key.get(name).and_then(|part| part.as_str()).unwrap_or_default().to_owned();
        out += &format!(
            "{}: {} {} {} {}\n",
            language.pick(("所问", "asks for")),
            part("measure"),
            part("subject"),
            part("period"),
            part("scope")
        );
    }
    let because = language.pick(("依据", "because"));
    for id in &answer.because {
        out += &format!("\n{because}\n");
        explain_finding(ledger, id, language, "", &mut out);
    }
    let near = language.pick(("相近，不作判定", "close, not judged with"));
    for found in &answer.near {
        out += &format!("\n{near} {}\n", found.differs.join(", "));
        explain_finding(ledger, &found.finding, language, "", &mut out);
    }
    for need in &answer.missing {
        out += &format!(
            "\n{}: {} {} [{}]\n",
            language.pick(("缺", "missing")),
            need.table,
            need.rows.join("、"),
            need.columns.join(", ")
        );
    }
    out
}

fn explain_finding(ledger: &Ledger, id: &str, language: Language, indent: &str, out: &mut String) {
    let Some(finding) = ledger.findings.get(id) else { return };
    let grade = language.pick(words::grade(finding.grade()));
    *out += &format!("{indent}{id}  {}  [{grade}]\n", language.of(&finding.text));
    *out += &format!("{indent}  {} · {} · {}\n", finding.key, finding.engine, finding.method);
    branch(ledger, &finding.evidence, language, &format!("{indent}  "), true, out);
}

/// Draws one step and what it was computed from.
fn branch(
    ledger: &Ledger,
    evidence: &Evidence,
    language: Language,
    indent: &str,
    last: bool,
    out: &mut String,
) {
    let (joint, below) = if last { ("└─ ", "   ") } else { ("├─ ", "│  ") };
    let grade = language.pick(words::grade(evidence.grade()));
    let line = match evidence.node() {
        Node::Row(citation) => {
            let sheet = citation.sheet.as_deref().map(|sheet| format!(" [{sheet}]")).unwrap_or_default();
            let edition =
                citation.edition.as_deref().map(|edition| format!(" · {edition}")).unwrap_or_default();
            format!(
                "{}{sheet}:{} {} = {}  [{grade}] {} · {}{edition}",
                citation.file,
                citation.row,
                citation.column,
                citation.value,
                citation.origin.id,
                citation.origin.publisher
            )
        }
        Node::Parameter { name, valid, origin } => format!("{name} ({valid})  [{grade}] {}", origin.id),
        Node::Derived { by, key, .. } => match key {
            Some(key) => format!("{by}: {}  [{grade}]", language.of(&ledger.names.key(key))),
            None => format!("{by}  [{grade}]"),
        },
        Node::Model { engine, version, seed, .. } => format!("{engine} {version}, seed {seed}  [{grade}]"),
    };
    *out += &format!("{indent}{joint}{line}\n");
    let inputs = evidence.inputs();
    for (at, input) in inputs.iter().enumerate() {
        branch(ledger, input, language, &format!("{indent}{below}"), at + 1 == inputs.len(), out);
    }
}
