//! Codes, subjects, rosters and lists in words.

use std::collections::BTreeMap;
use zhidian_dossier::{Entity, List};
use zhidian_model::{Code, Key, Measure, Period, Scope, Subject, Text};
use zhidian_vocabulary::words;

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

/// A value in words.
pub fn value(value: rust_decimal::Decimal, unit: &str) -> Text {
    pair(words::value(value, unit))
}

fn pair((zh, en): words::Words) -> Text {
    Text::new(zh, en)
}

/// A table of the catalogue by its title; words that are no table stand for themselves.
fn table_or_words(words: &str) -> Text {
    zhidian_vocabulary::topics::table(words)
        .map_or_else(|| Text::same(words), |table| Text::new(table.zh, table.en))
}

fn around(of: Text, zh_before: &str, zh_after: &str, en_before: &str, en_after: &str) -> Text {
    Text::new(format!("{zh_before}{}{zh_after}", of.zh), format!("{en_before}{}{en_after}", of.en))
}
