//! What would decide a statement: which rows of which table.

use crate::{ask::TERM, contract::TableNeed, names, verdict::Judge};
use std::collections::BTreeMap;
use zhidian_model::{Claim, Key, Measure, Need, Part, Subject, Text};
use zhidian_vocabulary::{measures, topics, words};

/// The rows that would decide a part at a key.
pub fn of(claim: &Claim, part: &Part, key: &Key, judge: &Judge<'_>) -> Need {
    let table = table(claim, part, key);
    let columns = columns(table, key);
    let rows = rows(part, key, judge);
    Need { key: key.clone(), table: table.into(), columns, rows }
}

/// The table of the catalogue: by the measure where it is one of the vocabulary, by the register a named thing belongs
/// to, else by what the statement speaks of.
fn table(claim: &Claim, part: &Part, key: &Key) -> &'static str {
    match &key.measure {
        Measure::Member(list) => match list.strip_prefix(TERM) {
            Some(words) => {
                topics::table(words).map(|table| table.id).unwrap_or_else(|| designation_table(claim))
            }
            None => "lists",
        },
        Measure::Count(..) => "indicator_definitions",
        other => {
            let code = other.codes().first().map(|code| code.to_string()).unwrap_or_default();
            match (measures::Composed::parse_code(&code), &part.undefined) {
                (Ok(composed), None) => by_topic(composed.base.topic).unwrap_or("observations"),
                _ => {
                    claim.topics.first().and_then(|topic| by_topic(topic)).unwrap_or("indicator_definitions")
                }
            }
        }
    }
}

fn designation_table(claim: &Claim) -> &'static str {
    let speaks_of = claim.topics.first().map_or("other", |topic| topic);
    match speaks_of {
        "locks" => "lock_traffic",
        _ => "lists",
    }
}

/// The first table of the catalogue that decides statements of a topic. What is measured in plain figures stands among
/// the observations.
fn by_topic(topic: &str) -> Option<&'static str> {
    match topic {
        "indicators" | "debt" => Some("observations"),
        // A place among metropolitan areas, a task that is fulfilled: first somebody must say how that is measured.
        "reach" | "governance" | "designations" | "other" => None,
        _ => topics::tables_for(topic).first().map(|table| table.id),
    }
}

fn columns(table: &str, key: &Key) -> Vec<zhidian_model::Code> {
    match table {
        "observations" => key.measure.codes().into_iter().cloned().collect(),
        other => topics::table(other)
            .map(|table| table.columns.iter().take(6).map(|(name, _, _)| (*name).into()).collect())
            .unwrap_or_default(),
    }
}

/// Who and when: the roster members without a figure, else the subject, else the named thing.
fn rows(part: &Part, key: &Key, judge: &Judge<'_>) -> Vec<String> {
    let when = names::period(&key.period).zh;
    let named = |subject: &Subject| judge.names.subject(subject).zh;
    match &key.measure {
        Measure::Member(_) => vec![part.label.clone()],
        Measure::Rank(of, _) | Measure::CountIn(of, _) => {
            let roster = judge.operators.rosters.iter().find(|roster| Some(&roster.id) == key.scope.as_ref());
            let lacking = roster.into_iter().flat_map(|roster| roster.during(&key.period)).filter(|member| {
                let at = Key {
                    measure: (**of).clone(),
                    subject: (*member).clone(),
                    period: key.period,
                    scope: None,
                };
                // A made-up figure leaves the row missing.
                !judge.operators.at(&at).iter().any(|derivation| derivation.finding.grade().decides())
            });
            let rows: Vec<String> = lacking.map(|member| format!("{} {when}", named(member))).collect();
            if rows.is_empty() { vec![format!("{} {when}", named(&key.subject))] } else { rows }
        }
        _ => vec![format!("{} {when}", named(&key.subject))],
    }
}

/// The needs of all answers by table, most statements first. Figures are told apart by what they measure, since they
/// come from different yearbooks and offices.
pub fn by_table<'a>(needs: impl IntoIterator<Item = (&'a str, &'a [Need])>) -> Vec<TableNeed> {
    let mut tables: BTreeMap<(String, String), Vec<String>> = BTreeMap::new();
    for (claim, needs) in needs {
        for need in needs {
            let claims = tables.entry((need.table.to_string(), family(need))).or_default();
            if claims.last().map(String::as_str) != Some(claim) {
                claims.push(claim.to_owned());
            }
        }
    }
    let mut out: Vec<TableNeed> = tables
        .into_iter()
        .map(|((table, family), mut claims)| {
            claims.sort();
            claims.dedup();
            TableNeed { title: title(&table, &family), statements: claims.len(), table, claims }
        })
        .collect();
    out.sort_by(|a, b| {
        b.statements
            .cmp(&a.statements)
            .then_with(|| a.table.cmp(&b.table))
            .then_with(|| a.title.cmp(&b.title))
    });
    out
}

/// The base measure a figure belongs to: `income.urban.growth.nominal` and `income.rural` are of one family.
fn family(need: &Need) -> String {
    match &*need.table {
        "observations" => {
            let first = need.columns.first().map(|code| code.to_string()).unwrap_or_default();
            first.split('.').next().unwrap_or_default().to_owned()
        }
        "lists" => need.rows.first().cloned().unwrap_or_default(),
        _ => String::new(),
    }
}

fn title(table: &str, family: &str) -> Text {
    let (zh, en) = topics::table(table).map_or((table, table), |table| (table.zh, table.en));
    if family.is_empty() {
        return Text::new(zh, en);
    }
    let (zh_family, en_family) = match table {
        "observations" => words::measure(family),
        _ => (family.to_owned(), family.to_owned()),
    };
    Text::new(format!("{zh}：{zh_family}"), format!("{en}: {en_family}"))
}
