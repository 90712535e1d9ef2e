//! From the ledger's own types to the layout that others rely on, and the pictures of plain figures.

use crate::{
    assess::Answered,
    contract::{self, Assessment, Exhibit, Mark, Outcome, Point},
    names::{self, Names},
    needs,
    verdict::Judge,
};
use serde_json::{Map, Value, json};
use std::{collections::BTreeMap, sync::Arc};
use zhidian_dossier::{Dossiers, Override};
use zhidian_model::{
    Answer, Difference, Estimate, Finding, FindingId, Found, Grade, Interval, Measure, Near, Need, Origin,
    Period, Problem, Subject, Text,
};

/// The whole assessment.
pub fn assessment(
    seed: u64,
    dossiers: &Dossiers,
    answered: &[Answered],
    names: &Names,
    shown: &BTreeMap<FindingId, (Arc<Finding>, Option<Exhibit>)>,
    mut problems: Vec<Problem>,
) -> Assessment {
    let mut origins: BTreeMap<String, Arc<Origin>> = BTreeMap::new();
    for (finding, _) in shown.values() {
        for origin in finding.evidence.origins() {
            origins.entry(origin.id.to_string()).or_insert_with(|| origin.clone());
        }
    }
    problems.sort();
    problems.dedup();
    let originals: Vec<&str> = dossiers
        .documents()
        .iter()
        .filter(|document| document.translation_of.is_none())
        .map(|document| document.id.as_str())
        .collect();
    // A translation says the same again: what would decide it is counted once.
    let counted = answered.iter().filter(|answered| originals.contains(&&*answered.claim.document));
    let undecided = counted.filter_map(|answered| match &answered.answer {
        Answer::Verdict(verdict) => Some((&*answered.claim.id, verdict.missing.as_slice())),
        _ => None,
    });
    Assessment {
        schema: contract::SCHEMA.into(),
        seed,
        documents: dossiers
            .documents()
            .iter()
            .map(|document| contract::Document {
                id: document.id.to_string(),
                dossier: document.dossier.to_string(),
                language: document.language.to_string(),
                sha256: document.sha256.to_string(),
            })
            .collect(),
        answers: answered.iter().map(|answered| answer(answered, names)).collect(),
        needs: needs::by_table(undecided),
        findings: shown.values().map(|(finding, exhibit)| self::finding(finding, exhibit.clone())).collect(),
        origins: origins.values().map(|origin| self::origin(origin)).collect(),
        problems,
    }
}

/// Puts what persons answer instead beside the machine's answers, newest first.
pub(crate) fn overrule(assessment: &mut Assessment, overrides: &[Override]) {
    for answer in &mut assessment.answers {
        let mut own: Vec<&Override> = overrides.iter().filter(|own| own.claim == answer.id).collect();
        own.sort_by_key(|own| std::cmp::Reverse(own.date));
        answer.overrules = own
            .into_iter()
            .filter_map(|own| {
                Some(contract::Overrule {
                    outcome: Outcome::named(&own.answer)?,
                    name: own.name.clone(),
                    reason: own.reason.clone(),
                    date: own.date.to_string(),
                })
            })
            .collect();
    }
}

/// An answer in the layout; what a person says instead is added by [`overrule`].
pub(crate) fn answer(answered: &Answered, names: &Names) -> contract::Answer {
    let claim = &answered.claim;
    let mut layout = match serde_json::to_value(&answered.statement) {
        Ok(Value::Object(layout)) => layout,
        _ => Map::new(),
    };
    layout.insert("document".into(), json!(&*claim.document));
    let asked = claim.parts.first().and_then(|part| part.readings.first()).map(|reading| &reading.key);
    layout.insert("key".into(), json!(asked.map(key)));
    layout.insert("topic".into(), json!(claim.topics.first().map(|topic| &**topic)));
    let blank = contract::Answer {
        id: claim.id.to_string(),
        claim: layout,
        asked: asked.map(|key| names.key(key)),
        kind: contract::Kind::Bearing,
        outcome: Outcome::Bearing,
        reasons: vec![],
        found: None,
        margin: None,
        robust: None,
        grade: None,
        because: vec![],
        near: vec![],
        lacks: None,
        missing: vec![],
        parts: vec![],
        text: Text::default(),
        overrules: vec![],
    };
    match &answered.answer {
        Answer::Verdict(verdict) => contract::Answer {
            kind: contract::Kind::Verdict,
            outcome: outcome(verdict.outcome),
            reasons: verdict.reasons.iter().map(|reason| reason.name().to_owned()).collect(),
            found: verdict.found.as_ref().map(found),
            margin: verdict.margin.as_ref().map(|margin| contract::Margin {
                value: margin.value.normalize().to_string(),
                unit: margin.unit.to_string(),
                unit_words: names::unit(&margin.unit),
                to: margin.to.clone(),
            }),
            robust: verdict.robust.map(|robust| contract::Robust {
                rounding: robust.rounding,
                ties: robust.ties,
                vintage: robust.vintage,
            }),
            grade: verdict.grade,
            because: verdict.because.iter().map(ToString::to_string).collect(),
            near: verdict.near.iter().map(|near| self::near(near, names)).collect(),
            missing: verdict.missing.iter().map(|need| self::need(need, names)).collect(),
            parts: verdict
                .parts
                .iter()
                .map(|(label, part, text)| contract::Part {
                    label: label.clone(),
                    outcome: outcome(*part),
                    text: text.clone(),
                })
                .collect(),
            text: verdict.text.clone(),
            ..blank
        },
        Answer::Coherence(coherence) => contract::Answer {
            kind: contract::Kind::Coherence,
            outcome: if coherence.agrees { Outcome::Coherent } else { Outcome::Incoherent },
            text: coherence.text.clone(),
            ..blank
        },
        Answer::Bearing(bearing) => contract::Answer {
            near: bearing.findings.iter().map(|near| self::near(near, names)).collect(),
            lacks: Some(bearing.lacks.name().into()),
            missing: bearing.missing.iter().map(|need| self::need(need, names)).collect(),
            text: bearing.text.clone(),
            ..blank
        },
    }
}

fn outcome(outcome: zhidian_model::Outcome) -> Outcome {
    use zhidian_model::Outcome as Model;
    match outcome {
        Model::Supported => Outcome::Supported,
        Model::Contradicted => Outcome::Contradicted,
        Model::Disputed => Outcome::Disputed,
        Model::Undecided => Outcome::Undecided,
        Model::Met => Outcome::Met,
        Model::Missed => Outcome::Missed,
        Model::OnTrack => Outcome::OnTrack,
        Model::OffTrack => Outcome::OffTrack,
    }
}

fn bounds(interval: &Interval) -> (Option<String>, Option<String>) {
    let end = |bound: Option<zhidian_model::Bound>| bound.map(|bound| bound.at.normalize().to_string());
    (end(interval.low), end(interval.high))
}

fn found(found: &Found) -> contract::Found {
    match found {
        Found::Value(interval, unit) => {
            let (low, high) = bounds(interval);
            contract::Found::Value { low, high, unit: unit.to_string(), unit_words: names::unit(unit) }
        }
        Found::Rank { least, most, of } => {
            contract::Found::Rank { rank: contract::Rank { least: *least, most: *most, of: *of } }
        }
        Found::Truth(truth) => contract::Found::Truth { truth: *truth },
    }
}

fn near(near: &Near, names: &Names) -> contract::Near {
    let words: Vec<Text> = near.differs.iter().map(|differs| names.difference(differs)).collect();
    let differs = near.differs.iter().map(|difference| match difference {
        Difference::Period(period) => format!("period:{period}"),
        Difference::Subject(subject) => format!("subject:{subject}"),
        Difference::Scope(scope) => format!("scope:{scope}"),
        Difference::Measure(measure) => format!("measure:{measure}"),
        Difference::Unit(unit) => format!("unit:{unit}"),
        Difference::Edition(edition) => format!("edition:{edition}"),
        Difference::Later => "later".into(),
    });
    contract::Near {
        finding: near.finding.to_string(),
        differs: differs.collect(),
        text: Text::new(
            words.iter().map(|text| &*text.zh).collect::<Vec<_>>().join("，"),
            words.iter().map(|text| &*text.en).collect::<Vec<_>>().join(", "),
        ),
    }
}

fn need(need: &Need, names: &Names) -> contract::Need {
    contract::Need {
        key: need.key.to_string(),
        asked: names.key(&need.key),
        table: need.table.to_string(),
        columns: need.columns.iter().map(ToString::to_string).collect(),
        titles: need.columns.iter().map(|column| names::column(&need.table, column)).collect(),
        rows: need.rows.clone(),
    }
}

fn key(key: &zhidian_model::Key) -> contract::Key {
    contract::Key {
        measure: key.measure.to_string(),
        subject: key.subject.to_string(),
        period: key.period.to_string(),
        scope: key.scope.as_deref().map(Into::into),
    }
}

/// A finding in the layout.
pub fn finding(finding: &Finding, exhibit: Option<Exhibit>) -> contract::Finding {
    let value = match &finding.value {
        Estimate::Value { printed, interval, unit } => {
            let (low, high) = bounds(interval);
            json!({"value": printed.normalize().to_string(), "low": low, "high": high, "unit": &**unit})
        }
        Estimate::Rank(rank) => {
            let gap = |gap: &Option<(rust_decimal::Decimal, Subject)>| {
                gap.as_ref().map(|(gap, peer)| json!({"value": gap.normalize().to_string(), "unit": &*rank.unit, "subject": peer.to_string()}))
            };
            json!({"rank": {"least": rank.least, "most": rank.most, "of": (rank.of > 0).then_some(rank.of)}, "shared": rank.shared, "missing": rank.missing,
                   "above": gap(&rank.above), "below": gap(&rank.below), "survives_rounding": rank.survives_rounding})
        }
        Estimate::Truth(truth) => json!({"truth": truth}),
        Estimate::Set { items, complete } => {
            json!({"items": items.iter().map(|item| &**item).collect::<Vec<_>>(), "complete": complete})
        }
        Estimate::Sample { runs, low, median, high, error, unit } => {
            json!({"runs": runs, "low": low, "median": median, "high": high, "error": error, "unit": &**unit})
        }
    };
    contract::Finding {
        id: finding.id().to_string(),
        engine: finding.engine.to_string(),
        key: key(&finding.key),
        value,
        text: finding.text.clone(),
        grade: finding.grade(),
        method: finding.method.to_string(),
        evidence: finding
            .evidence
            .citations()
            .into_iter()
            .map(|citation| contract::Citation {
                origin: citation.origin.id.to_string(),
                file: citation.file.to_string(),
                sheet: citation.sheet.as_deref().map(Into::into),
                row: citation.row,
                column: citation.column.to_string(),
                value: citation.value.clone(),
            })
            .collect(),
        exhibit,
    }
}

/// An origin in the layout.
pub fn origin(origin: &Origin) -> contract::Origin {
    contract::Origin {
        id: origin.id.to_string(),
        publisher: origin.publisher.clone(),
        title: origin.title.clone(),
        address: origin.address.clone(),
        address_kind: origin.address_kind,
        published: origin.published.map(|published| published.to_string()),
        edition: origin.edition.clone(),
        licence: origin.licence.clone(),
        sha256: origin.sha256.clone(),
        grade: origin.grade,
        note: origin.note.clone(),
    }
}

impl Judge<'_> {
    /// The picture of a plain figure: its own series through the years, the strongest figure of each.
    pub fn through_time_of(&self, finding: &Finding) -> Option<Exhibit> {
        match (&finding.key.measure, &finding.value) {
            (Measure::Of(_), Estimate::Value { .. }) => {
                self.through_time(&finding.key.measure, &finding.key.subject)
            }
            _ => None,
        }
    }

    /// A measure of a subject through the years, the strongest figure of each; nothing for fewer than three.
    pub(crate) fn through_time(&self, measure: &Measure, subject: &Subject) -> Option<Exhibit> {
        let mut years: BTreeMap<Period, &Arc<Finding>> = BTreeMap::new();
        for finding in self.facts.about(measure, subject) {
            let yearly = finding.key.period.as_year().is_some()
                || finding.key.period.last_day().is_some_and(is_year_end);
            if yearly && matches!(finding.value, Estimate::Value { .. }) {
                let strongest = years.entry(finding.key.period).or_insert(finding);
                if finding.grade() > strongest.grade() {
                    *strongest = finding;
                }
            }
        }
        if years.len() < 3 {
            return None;
        }
        let unit = years.values().find_map(|finding| match &finding.value {
            Estimate::Value { unit, .. } => Some(unit.to_string()),
            _ => None,
        })?;
        let (measure, subject) = (self.names.measure(measure), self.names.subject(subject));
        Some(Exhibit {
            mark: Mark::Line,
            title: Text::new(
                format!("{}{}", subject.zh, measure.zh),
                format!("{}: {}", subject.en, measure.en),
            ),
            unit: names::unit(&unit),
            points: years.iter().map(|(period, finding)| point(period, finding)).collect(),
            peers: vec![],
        })
    }
}

fn is_year_end(day: jiff::civil::Date) -> bool {
    (day.month(), day.day()) == (12, 31)
}

fn point(period: &Period, finding: &Finding) -> Point {
    let value = match &finding.value {
        Estimate::Value { printed, .. } => Some(printed.to_string()),
        _ => None,
    };
    let grade: Option<Grade> = Some(finding.grade());
    Point { label: names::period(period), value, most: None, own: true, grade }
}
