//! Codes, subjects, rosters and lists in words.

use std::collections::BTreeMap;
use zhidian_dossier::{Entity, List};
use zhidian_model::{Code, Difference, Key, Measure, Period, Scope, Subject, Text};
use zhidian_vocabulary::{topics, units, words};

/// What the dossiers at hand call their things.
#[derive(Clone, Debug, Default)]
pub struct Names {
    entities: BTreeMap<Subject, Text>,
    rosters: BTreeMap<Code, Text>,
    lists: BTreeMap<Code, Text>,
}

impl Names {
    /// Names of entities, rosters and lists.
    pub fn new(entities: &[Entity], rosters: &[Scope], lists: &[List]) -> Self {
        let entities = entities.iter().map(|entity| {
            let english = if entity.name_en.is_empty() { &entity.name } else { &entity.name_en };
            (entity.subject.clone(), Text::new(entity.name.clone(), english.clone()))
        });
        Self {
            entities: entities.collect(),
            rosters: rosters
                .iter()
                .map(|roster| (roster.id.clone(), Text::new(roster.title.clone(), called(&roster.reads).en)))
                .collect(),
            lists: lists.iter().map(|list| (list.id.clone(), Text::same(list.title.clone()))).collect(),
        }
    }

    /// 衢州市, Quzhou.
    pub fn subject(&self, subject: &Subject) -> Text {
        match subject {
            Subject::Region(code) => pair(words::region(*code)),
            entity @ Subject::Entity { id, .. } => {
                self.entity(entity).unwrap_or_else(|| Text::same(id.to_string()))
            }
        }
    }

    /// What a named thing is called, where the dossiers name it.
    pub fn entity(&self, subject: &Subject) -> Option<Text> {
        self.entities.get(subject).cloned()
    }

    /// The roster's title, or how a document calls it.
    pub fn roster(&self, id: &str) -> Text {
        self.rosters.get(id).cloned().unwrap_or_else(|| called(id))
    }

    /// The list's title.
    pub fn list(&self, id: &str) -> Text {
        self.lists.get(id).cloned().unwrap_or_else(|| Text::same(id))
    }

    /// A measure with its operators.
    pub fn measure(&self, measure: &Measure) -> Text {
        match measure {
            Measure::Of(code) => match code.strip_prefix(crate::ask::TERM) {
                Some(term) => Text::new(format!("“{term}”"), format!("“{term}”")),
                None => pair(words::measure(code)),
            },
            Measure::Member(list) => {
                let list = match list.strip_prefix(crate::ask::TERM) {
                    Some(words) => table_or_words(words),
                    None => self.list(list),
                };
                Text::new(
                    format!("是否列入“{}”", list.zh),
                    format!("whether it is on the list “{}”", list.en),
                )
            }
            Measure::Change(of) => around(self.measure(of), "", "的变动", "change of ", ""),
            Measure::Ratio(over, under) => {
                let (over, under) = (self.measure(over), self.measure(under));
                Text::new(format!("{}与{}之比", over.zh, under.zh), format!("{} over {}", over.en, under.en))
            }
            Measure::Rank(of, _) => around(self.measure(of), "", "位次", "place by ", ""),
            Measure::Best(of, window) => {
                let window = period(window);
                let of = self.measure(of);
                Text::new(
                    format!("{}是否为{}最好", of.zh, window.zh),
                    format!("whether the {} is the best of {}", of.en, window.en),
                )
            }
            Measure::Count(..) => Text::new("达到条件的指标项数", "number of measures that pass"),
            Measure::CountIn(of, _) => {
                around(self.measure(of), "符合", "的个数", "number of peers for which: ", "")
            }
        }
    }

    /// In what a finding differs from what was asked.
    pub fn difference(&self, difference: &Difference) -> Text {
        let said = |zh: &str, en: &str, what: Text| {
            Text::new(format!("{zh}{}", what.zh), format!("{en}{}", what.en))
        };
        match difference {
            Difference::Period(other) => said("时期为", "of ", period(other)),
            Difference::Subject(subject) => {
                let words =
                    subject.parse().map_or_else(|_| Text::same(subject), |subject| self.subject(&subject));
                said("对象为", "about ", words)
            }
            Difference::Scope(scope) => said("比较范围为", "among ", self.roster(scope)),
            Difference::Measure(of) => {
                let words = of.parse().map_or_else(|_| Text::same(of), |measure| self.measure(&measure));
                said("指标为", "measures ", words)
            }
            Difference::Unit(code) => said("单位为", "in ", unit(code)),
            Difference::Edition(edition) => said("版本为", "edition ", Text::same(edition.to_string())),
            Difference::Later => Text::new("发布晚于原文", "published after the document"),
        }
    }

    /// The whole question.
    pub fn key(&self, key: &Key) -> Text {
        let (subject, measure, when) =
            (self.subject(&key.subject), self.measure(&key.measure), period(&key.period));
        let scope = key.scope.as_ref().map(|scope| self.roster(scope));
        let (zh_scope, en_scope) = match scope {
            Some(scope) => (format!("在{}中", scope.zh), format!(" in {}", scope.en)),
            None => (String::new(), String::new()),
        };
        Text::new(
            format!("{}{}{zh_scope}{}", subject.zh, when.zh, measure.zh),
            format!("{}, {}: {}{en_scope}", subject.en, when.en, measure.en),
        )
    }
}

/// What a roster reads, in words: `330000/prefecture` is 浙江省各设区市, "the prefectures of Zhejiang".
fn called(reads: &str) -> Text {
    let Some((region, level)) = reads.split_once('/') else { return Text::same(reads) };
    let (zh, en) = region.parse().map_or_else(|_| (region.to_owned(), region.to_owned()), words::region);
    let (zh_level, en_level) = match level {
        "province" => ("各省（区、市）", "provinces"),
        "prefecture" => ("各设区市", "prefectures"),
        "county" => ("各县（市、区）", "counties"),
        other => (other, other),
    };
    Text::new(format!("{zh}{zh_level}"), format!("the {en_level} of {en}"))
}

/// A period in words.
pub fn period(period: &Period) -> Text {
    pair(words::period(&period.to_string()))
}

/// A unit in words: 元, yuan; a counter without an English word is left out there.
pub fn unit(code: &str) -> Text {
    match units::by_code(code) {
        Some(unit) if unit.code == "percent" => Text::same("%"),
        Some(unit) if unit.zh == unit.en && !unit.en.is_ascii() => Text::new(unit.zh, ""),
        Some(unit) => Text::new(unit.zh, unit.en),
        None => Text::same(code),
    }
}

/// A column of a table of the catalogue in words; the columns of observations are measures.
pub fn column(table: &str, name: &str) -> Text {
    let titled = topics::table(table)
        .and_then(|table| table.columns.iter().find(|(code, ..)| *code == name))
        .map(|(_, zh, en)| Text::new(*zh, *en));
    titled.unwrap_or_else(|| pair(words::measure(name.strip_prefix(crate::ask::TERM).unwrap_or(name))))
}

/// A value in words.
pub fn value(value: rust_decimal::Decimal, unit: &str) -> Text {
    pair(words::value(value, unit))
}

fn pair((zh, en): words::Words) -> Text {
    Text::new(zh, en)
}

/// A table of the catalogue by its title; words that are no table stand for themselves.
fn table_or_words(words: &str) -> Text {
    topics::table(words).map_or_else(|| Text::same(words), |table| Text::new(table.zh, table.en))
}

fn around(of: Text, zh_before: &str, zh_after: &str, en_before: &str, en_after: &str) -> Text {
    Text::new(format!("{zh_before}{}{zh_after}", of.zh), format!("{en_before}{}{en_after}", of.en))
}
