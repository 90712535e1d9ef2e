//! What a statement says, read from its layout: where it stands, its kind, and its value in its own words.

use crate::{Language, names, numbers, words};
use serde_json::{Map, Value};

/// A view of a claim in the layout of the reader. Every field may be missing; nothing here fails.
#[derive(Clone, Copy)]
pub(crate) struct Statement<'a>(pub(crate) &'a Map<String, Value>);

/// What was stated, as large as it is shown, and below it what it is a value of.
pub(crate) struct Stated {
    /// `第三`, `143亿元以上`.
    pub(crate) figure: String,
    /// Measure, period, scope; exact number.
    pub(crate) notes: Vec<String>,
}

impl<'a> Statement<'a> {
    fn field(&self, field: &str, key: &str) -> Option<&'a str> {
        self.0.get(field)?.get(key)?.as_str().map(str::trim).filter(|text| !text.is_empty())
    }

    fn string(&self, key: &str) -> Option<&'a str> {
        self.0.get(key)?.as_str()
    }

    /// The document it stands in.
    pub(crate) fn document(&self) -> &'a str {
        self.string("document").unwrap_or_default()
    }

    /// Its own words.
    pub(crate) fn text(&self) -> &'a str {
        self.string("text").unwrap_or_default()
    }

    /// Half-open, in code points of the normalised text.
    pub(crate) fn span(&self) -> Option<(usize, usize)> {
        let span = self.0.get("span")?.as_array()?;
        let at = |i: usize| span.get(i)?.as_u64().and_then(|at| usize::try_from(at).ok());
        let (from, to) = (at(0)?, at(1)?);
        (from < to).then_some((from, to))
    }

    /// `quantity`, `rank`, `goal` …
    pub(crate) fn kind(&self) -> &'a str {
        self.string("type").unwrap_or_default()
    }

    /// `fact`, `target`, `proposal` …
    pub(crate) fn modality(&self) -> &'a str {
        self.string("modality").unwrap_or_default()
    }

    /// 目标 · 名次; one word where both are the same.
    pub(crate) fn kind_words(&self, language: Language) -> String {
        let kind = language.pair(words::statement_type(self.kind()));
        match words::modality(self.modality()).map(|pair| language.pair(pair)) {
            Some(modality) if modality != kind => format!("{modality} · {kind}"),
            _ => kind.to_owned(),
        }
    }

    /// The number it states, with its unit, where it states one.
    pub(crate) fn number(&self) -> Option<(&'a str, &'a str)> {
        Some((self.field("value", "num")?, self.field("value", "unit").unwrap_or_default()))
    }

    /// What it states: a figure, a place, a count, or what it says of its object. None where it has no value.
    pub(crate) fn stated(&self, language: Language) -> Option<Stated> {
        let mut notes = Vec::new();
        let figure = self
            .value(language, &mut notes)
            .or_else(|| self.place(language, &mut notes))
            .or_else(|| self.count(language))?;
        let mut about: Vec<String> = Vec::new();
        about.extend(self.measure(language));
        about.extend(self.when(language));
        about.extend(self.field("scope", "text").map(str::to_owned));
        if !about.is_empty() {
            notes.insert(0, about.join(" · "));
        }
        Some(Stated { figure, notes })
    }

    fn value(&self, language: Language, notes: &mut Vec<String>) -> Option<String> {
        let words = self.field("value", "text")?;
        let figure = match (self.field("qualifier", "text"), self.field("qualifier", "norm")) {
            (Some(qualifier), norm) => qualified(words, qualifier, norm.unwrap_or_default()),
            _ => words.to_owned(),
        };
        let unit = self.field("value", "unit").unwrap_or_default();
        let exact =
            match (self.field("value", "num"), self.field("value", "low"), self.field("value", "high")) {
                (Some(number), ..) => Some(numbers::quantity_text(number, unit, language)),
                (None, None, None) => None,
                (None, low, high) => Some(numbers::interval(low, high, unit, language).figure),
            };
        let squeezed =
            |text: &str| text.chars().filter(|c| !c.is_whitespace() && *c != ',').collect::<String>();
        notes.extend(exact.filter(|exact| !squeezed(&figure).contains(&squeezed(exact))));
        Some(figure)
    }

    fn place(&self, language: Language, notes: &mut Vec<String>) -> Option<String> {
        let norm = self.field("rank", "norm");
        let own = self.field("rank", "text");
        let reading = norm.and_then(|norm| place_words(norm, language));
        match (own, reading) {
            // a reader of English gets the place in English and the document's own word below it
            (Some(own), Some(reading)) if language == Language::En && !own.is_ascii() => {
                notes.push(own.to_owned());
                Some(reading)
            }
            (own, reading) => own.map(str::to_owned).or(reading),
        }
    }

    fn count(&self, language: Language) -> Option<String> {
        let label = self.field("label", "text").or_else(|| self.field("count", "text"))?;
        let listed = self.0.get("items").and_then(Value::as_array).map_or(0, Vec::len);
        Some(if listed > 0 {
            language.of(format!("{label}，列出 {listed} 项"), format!("{label}, {listed} listed"))
        } else {
            label.to_owned()
        })
    }

    /// The document's own word for what is measured; for a reader of English the words of the key where that is Chinese.
    fn measure(&self, language: Language) -> Option<String> {
        let own = self.field("indicator", "text").or_else(|| self.field("object", "text"));
        let key = || self.field("key", "measure").map(|measure| names::measure(measure, language));
        match own {
            Some(own) if language == Language::Zh || own.is_ascii() => Some(own.to_owned()),
            own => key().or_else(|| own.map(str::to_owned)),
        }
    }

    fn when(&self, language: Language) -> Option<String> {
        match self.field("period", "norm") {
            Some(norm) => Some(names::period(norm, language)),
            None => self.field("period", "text").map(str::to_owned),
        }
    }
}

/// A value with its qualifier, in the order in which the text's own language says them.
fn qualified(value: &str, qualifier: &str, norm: &str) -> String {
    if value.contains(qualifier) {
        return value.to_owned();
    }
    if qualifier.is_ascii() {
        return format!("{qualifier} {value}");
    }
    // 超过12座, 近12座; 12座以上, 12座左右
    let before = matches!(norm, "gt" | "lt_approx") && !qualifier.ends_with(['上', '多', '余']);
    if before { format!("{qualifier}{value}") } else { format!("{value}{qualifier}") }
}

fn place_words(norm: &str, language: Language) -> Option<String> {
    let fixed = match norm {
        "unique" => ("唯一", "the only one"),
        "first" => ("第 1 位", "1st"),
        "best" => ("最好", "the best"),
        "max" => ("最多", "the most"),
        "min" => ("最少", "the least"),
        "first_time" => ("首次", "for the first time"),
        "top_vague" => ("前列（未说到第几位）", "among the first (no place given)"),
        _ => {
            return match norm.strip_prefix("<=") {
                Some(n) => Some(language.of(format!("前 {n} 位"), format!("top {n}"))),
                None => norm.parse().ok().map(|n: u32| ordinal(n, language)),
            };
        }
    };
    Some(language.pair(fixed).to_owned())
}

/// 第 3 位, 3rd.
pub(crate) fn ordinal(n: u32, language: Language) -> String {
    let ending = match (n % 10, n % 100) {
        (_, 11..=13) => "th",
        (1, _) => "st",
        (2, _) => "nd",
        (3, _) => "rd",
        _ => "th",
    };
    language.of(format!("第 {n} 位"), format!("{n}{ending}"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn stated(claim: Value, language: Language) -> (String, Vec<String>) {
        let claim = claim.as_object().cloned().unwrap_or_default();
        let stated = Statement(&claim).stated(language).expect("a stated value");
        (stated.figure, stated.notes)
    }

    #[test]
    fn a_stated_value_keeps_its_own_words_and_gains_its_reading() {
        let claim = json!({"value": {"text": "143亿元", "num": "14300000000", "unit": "CNY"},
            "qualifier": {"text": "以上", "norm": "ge"}, "indicator": {"text": "完成投资"}, "period": {"norm": "2021"}});
        assert_eq!(stated(claim, Language::Zh), ("143亿元以上".into(), vec!["完成投资 · 2021年".into()]));
        let claim = json!({"rank": {"text": "前十", "norm": "<=10"}, "scope": {"text": "全国"}});
        assert_eq!(stated(claim, Language::Zh), ("前十".into(), vec!["全国".into()]));
    }

    #[test]
    fn a_goal_states_no_value_and_broken_layouts_do_no_harm() {
        let empty = Map::new();
        assert!(Statement(&empty).stated(Language::En).is_none());
        let claim = json!({"span": [9, 3], "value": [], "rank": {"norm": 3}}).as_object().cloned().unwrap();
        assert!(Statement(&claim).span().is_none() && Statement(&claim).stated(Language::Zh).is_none());
    }

    #[test]
    fn ordinals() {
        let said: Vec<String> =
            [1, 2, 3, 4, 11, 12, 13, 21, 112].iter().map(|n| ordinal(*n, Language::En)).collect();
        assert_eq!(said, ["1st", "2nd", "3rd", "4th", "11th", "12th", "13th", "21st", "112th"]);
    }
}
