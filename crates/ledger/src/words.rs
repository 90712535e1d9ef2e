//! Answers in words, zh-CN and en.

use crate::{ask::TERM, names::Names, operators::Derivation};
use std::collections::BTreeSet;
use zhidian_model::{Difference, Grade, Lack, Need, Outcome, Part, Qualifier, Reason, Stated, Text};
use zhidian_vocabulary::{topics, words as vocabulary};

/// A verdict in words: what it comes to, on what strength, and each part.
pub fn verdict(outcome: Outcome, grade: Option<Grade>, parts: &[Text]) -> Text {
    let (zh, en) = match outcome {
        Outcome::Supported | Outcome::Met => ("与数据相符", "the data agrees"),
        Outcome::Contradicted | Outcome::Missed => ("与数据不符", "the data disagrees"),
        Outcome::Disputed => ("来源互相矛盾", "the sources are at odds"),
        _ => ("无法判定", "cannot be decided"),
    };
    let (zh_grade, en_grade) = grade.map_or((String::new(), String::new()), |grade| {
        (format!("（依据等级：{}）", self::grade(grade).0), format!(" (grade: {})", self::grade(grade).1))
    });
    let join =
        |pick: fn(&Text) -> &String, by: &str| parts.iter().map(pick).cloned().collect::<Vec<_>>().join(by);
    Text::new(
        format!("{zh}{zh_grade}。{}", join(|text| &text.zh, "")),
        format!("{}{en_grade}. {}", capital(en), join(|text| &text.en, " ")),
    )
}

/// One part in words: the finding that decides it, or why nothing does and what would.
pub fn part(
    part: &Part,
    outcome: Outcome,
    deciding: &[Derivation],
    near: &[(Derivation, Vec<Difference>)],
    reasons: &BTreeSet<Reason>,
    missing: &[Need],
    names: &Names,
) -> Text {
    let key = part.readings.first().map(|reading| &reading.key);
    if let (Some(first), false) = (deciding.first(), outcome == Outcome::Undecided) {
        let stated = stated(&part.stated);
        let finding = &first.finding.text;
        return match outcome {
            Outcome::Contradicted => Text::new(
                format!("原文：{}；数据：{}。", stated.zh, finding.zh),
                format!("Stated: {}; found: {}.", stated.en, finding.en),
            ),
            _ => Text::new(format!("{}。", finding.zh), format!("{}.", capital(&finding.en))),
        };
    }
    let asked = key.map(|key| names.key(key)).unwrap_or_default();
    let why: Vec<Text> = reasons.iter().map(|reason| self::reason(*reason)).collect();
    let lacking: Vec<Text> = missing.iter().map(need).collect();
    let beside: Vec<Text> =
        near.iter().take(2).map(|(derivation, _)| derivation.finding.text.clone()).collect();
    let list = |texts: &[Text], pick: fn(&Text) -> &String, by: &str| {
        texts.iter().map(pick).cloned().collect::<Vec<_>>().join(by)
    };
    let (mut zh, mut en) = (
        format!("“{}”：问的是{}；{}。", part.label, asked.zh, list(&why, |t| &t.zh, "，")),
        format!("“{}” asks for {}; {}.", part.label, asked.en, list(&why, |t| &t.en, ", ")),
    );
    if !lacking.is_empty() {
        zh += &format!("补上{}即可判定。", list(&lacking, |t| &t.zh, "、"));
        en += &format!(" {} would decide it.", capital(&list(&lacking, |t| &t.en, ", ")));
    }
    if !beside.is_empty() {
        zh += &format!("相近的数据（不作判定）：{}。", list(&beside, |t| &t.zh, "；"));
        en += &format!(" Close, not judged with: {}.", list(&beside, |t| &t.en, "; "));
    }
    Text::new(zh, en)
}

/// What a goal, a proposal or a list comes to.
pub fn bearing(found: &[(Derivation, Vec<Difference>)], lacks: Lack) -> Text {
    let (zh_lack, en_lack) = match lacks {
        Lack::Measure => ("没有可衡量的指标", "it states no measure"),
        Lack::DueDate => ("没有期限", "it states no date"),
        Lack::Register => {
            ("需有清单或名册才能跟踪", "a register of what it names would be needed to follow it up")
        }
        Lack::Nothing => ("可以跟踪", "it can be followed up as it stands"),
    };
    let later = found.iter().any(|(_, differs)| differs.contains(&Difference::Later));
    let (zh_later, en_later) = if later {
        ("（含文稿之后的数据）", " (some of later date than the document)")
    } else {
        ("", "")
    };
    if found.is_empty() {
        return Text::new(
            format!("不作判定：{zh_lack}；现有数据中没有与之相关的。"),
            format!("Not judged: {en_lack}; no data at hand speaks to it."),
        );
    }
    let shown = first_of(found.iter().map(|(derivation, _)| derivation));
    Text::new(
        format!("不作判定：{zh_lack}；相关数据{}项{zh_later}：{}。", found.len(), shown.zh),
        format!(
            "Not judged: {en_lack}; {}{en_later}: {}.",
            if found.len() == 1 {
                "one finding speaks to it".into()
            } else {
                format!("{} findings speak to it", found.len())
            },
            shown.en
        ),
    )
}

/// A verdict with what speaks to its matter beside it.
pub fn beside(verdict: &Text, found: &[Derivation]) -> Text {
    if found.is_empty() {
        return verdict.clone();
    }
    let first = first_of(found.iter());
    Text::new(
        format!("{}与之相关的数据{}项（不作判定）：{}。", verdict.zh, found.len(), first.zh),
        format!("{} Of its matter, not judged with ({}): {}.", verdict.en, found.len(), first.en),
    )
}

/// What the first three findings say, in a row.
fn first_of<'a>(found: impl Iterator<Item = &'a Derivation>) -> Text {
    let said: Vec<&Text> = found.take(3).map(|derivation| &derivation.finding.text).collect();
    let row =
        |pick: fn(&Text) -> &str, by: &str| said.iter().map(|text| pick(text)).collect::<Vec<_>>().join(by);
    Text::new(row(|text| &text.zh, "；"), row(|text| &text.en, "; "))
}

/// A stated value in words.
pub fn stated(stated: &Stated) -> Text {
    match stated {
        Stated::Figure { quantity, qualifier } => {
            let (zh, en) = vocabulary::value(quantity.value, &quantity.unit);
            let (before, after, en_word) = match qualifier {
                Qualifier::Exactly => ("", "", ""),
                Qualifier::AtLeast => ("", "以上", "at least "),
                Qualifier::MoreThan => ("超过", "", "more than "),
                Qualifier::AtMost => ("", "以内", "at most "),
                Qualifier::LessThan => ("低于", "", "less than "),
                Qualifier::Nearly => ("近", "", "nearly "),
                Qualifier::About => ("", "左右", "about "),
            };
            Text::new(format!("{before}{zh}{after}"), format!("{en_word}{en}"))
        }
        Stated::Between(low, high, unit) => {
            let (low, high) = (vocabulary::value(*low, unit), vocabulary::value(*high, unit));
            Text::new(format!("{}至{}", low.0, high.0), format!("{} to {}", low.1, high.1))
        }
        Stated::Rank { from: 1, to: u32::MAX } => Text::new("靠前", "near the top"),
        Stated::Rank { from, to } if from == to => Text::new(format!("第{from}位"), format!("place {from}")),
        Stated::Rank { from: 1, to } => Text::new(format!("前{to}位"), format!("among the first {to}")),
        Stated::Rank { from, to } => Text::new(format!("第{from}至{to}位"), format!("places {from} to {to}")),
        Stated::Truth(true) => Text::new("是", "it is so"),
        Stated::Truth(false) => Text::new("否", "it is not so"),
        Stated::Set { items, .. } => {
            Text::same(items.iter().map(ToString::to_string).collect::<Vec<_>>().join("、"))
        }
        Stated::Direction(std::cmp::Ordering::Greater) => Text::new("上升", "up"),
        Stated::Direction(std::cmp::Ordering::Less) => Text::new("下降", "down"),
        Stated::Direction(std::cmp::Ordering::Equal) => Text::new("持平", "level"),
        Stated::Apart(_, quantity) => {
            let (zh, en) = vocabulary::value(quantity.value.abs(), &quantity.unit);
            if quantity.value.is_sign_negative() {
                Text::new(format!("低{zh}"), format!("{en} below"))
            } else {
                Text::new(format!("高{zh}"), format!("{en} above"))
            }
        }
        Stated::Against(..) => Text::new("与另一数值比较", "compared with another figure"),
    }
}

/// A grade in words: zh, en.
pub fn grade(grade: Grade) -> (&'static str, &'static str) {
    match grade {
        Grade::Official => ("官方", "official"),
        Grade::Media => ("媒体", "media"),
        Grade::Aggregator => ("汇编", "aggregator"),
        Grade::Unverified => ("未核实", "unverified"),
        Grade::Modelled => ("模型", "modelled"),
        Grade::Synthetic => ("合成示例", "synthetic"),
        Grade::Assumed => ("假设", "assumed"),
    }
}

/// A reason in words.
pub fn reason(reason: Reason) -> Text {
    let (zh, en) = match reason {
        Reason::NoFinding => ("现有数据中没有这一数值", "no figure at hand answers it"),
        Reason::PeriodDiffers => ("现有数据时期不同", "what is at hand is of another period"),
        Reason::SubjectDiffers => ("现有数据对象不同", "what is at hand is of another subject"),
        Reason::ScopeDiffers => ("现有位次的比较范围不同", "the place at hand is counted in another roster"),
        Reason::UnitDiffers => ("单位不同，不能换算", "the units differ and do not convert"),
        Reason::MeasureDiffers => ("指标口径不同", "the measures differ"),
        Reason::EditionDiffers => ("数据版本不同", "the editions differ"),
        Reason::StraddlesRounding => ("取决于末位舍入", "it turns on rounding of the last digit"),
        Reason::Tie => ("按公布位数并列，先后无法判定", "there is a tie as printed"),
        Reason::ReadingsDiffer => ("取决于对原文的理解", "it turns on how the sentence is read"),
        Reason::SourcesDiffer => ("来源之间不一致", "sources differ"),
        Reason::OnlyModelled => ("只有模型推算", "only a model speaks to it"),
        Reason::OnlySynthetic => ("只有合成示例数据", "only synthetic data speaks to it"),
        Reason::OnlyAssumed => ("只有假设的数据或理解", "only an assumption speaks to it"),
        Reason::RosterIncomplete => ("名单或同级数据不全", "the roster or the peers' figures are incomplete"),
        Reason::TermUndefined => ("原文用语没有明确所指", "a term of the sentence is not defined"),
        Reason::NoEngine => ("尚无对应的模型", "there is no engine for it yet"),
    };
    Text::new(zh, en)
}

/// What is missing, in words.
pub fn need(need: &Need) -> Text {
    let (zh, en) =
        topics::table(&need.table).map_or((&*need.table, &*need.table), |table| (table.zh, table.en));
    let rows = need.rows.iter().take(3).cloned().collect::<Vec<_>>().join("、");
    let more = if need.rows.len() > 3 { format!("等{}行", need.rows.len()) } else { String::new() };
    let en_more =
        if need.rows.len() > 3 { format!(" and {} more rows", need.rows.len() - 3) } else { String::new() };
    let columns: Vec<(String, String)> = match &*need.table {
        "observations" => need
            .columns
            .iter()
            .map(|code| vocabulary::measure(code.strip_prefix(TERM).unwrap_or(code)))
            .collect(),
        _ => vec![],
    };
    let (zh_columns, en_columns): (Vec<_>, Vec<_>) = columns.into_iter().unzip();
    let bracket = |columns: Vec<String>| {
        if columns.is_empty() { String::new() } else { format!(" [{}]", columns.join(", ")) }
    };
    Text::new(
        format!("“{zh}”表{}（{rows}{more}）", bracket(zh_columns)),
        format!("table “{en}”{} ({rows}{en_more})", bracket(en_columns)),
    )
}

pub(crate) fn capital(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map_or_else(String::new, |first| first.to_uppercase().chain(chars).collect())
}
