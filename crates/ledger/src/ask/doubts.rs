//! Sentences whose plain reading may not be what they say: negated, hedged, counted from the end, about several places
//! or several years at once. Such a reading illustrates and never decides.

use super::Asker;
use zhidian_claims::Statement;
use zhidian_model::{Period, Subject};
use zhidian_vocabulary::regions::{self, Level};

/// A verb that is denied, or a speaker who is not sure.
const DENIED_OR_HEDGED: [&str; 34] = [
    "不是",
    "并非",
    "未能",
    "尚未",
    "并未",
    "未被",
    "没有",
    "不再是",
    "不属于",
    "未列入",
    "未入选",
    "未进入",
    "未达到",
    "不在",
    "可能",
    "或许",
    "据说",
    "似乎",
    " not ",
    "n't ",
    "failed to",
    "fails to",
    "never ",
    "no longer",
    "may have",
    "may be",
    "might ",
    "could have",
    "reportedly",
    "allegedly",
    "perhaps",
    "possibly",
    "not yet",
    "neither ",
];

/// Said of quite another thing than denial.
const NO_DENIAL: [&str; 4] = ["not only", "没有一个不", "可能性", "not less than"];

/// Places counted from the end.
const FROM_THE_END: [&str; 7] =
    ["倒数", "末位", "垫底", "from last", "from the bottom", "to last", "from the end"];

impl Asker<'_> {
    /// May the plain reading of a statement about this subject and period be wrong?
    pub(super) fn doubtful(&self, statement: &Statement, subject: &Subject, period: Option<&Period>) -> bool {
        let words = format!(" {} ", statement.text.to_lowercase());
        let any = |list: &[&str]| list.iter().any(|word| words.contains(word));
        (any(&DENIED_OR_HEDGED) && !any(&NO_DENIAL))
            || any(&FROM_THE_END)
            || self.several_places(statement, subject)
            || self.carried_from_a_beginning(statement)
            || self.level_carried_from_a_rate(statement)
            || period.is_some_and(|period| other_year(&statement.text, period))
            || (since(&statement.text)
                && !open_start(statement.period.as_ref().and_then(|period| period.norm.as_deref())))
    }

    /// Another city or county stands in the sentence: which of them is meant is not for us to say. What holds the subject
    /// (河南省新乡市新乡县) is no other.
    fn several_places(&self, statement: &Statement, subject: &Subject) -> bool {
        let Some(own) = subject.region() else { return false };
        regions::mentions(&statement.text, self.region).iter().any(|mention| {
            let other = mention.region;
            let place = matches!(other.level, Level::Prefecture | Level::County);
            place && other.code != own && !regions::contains(other.code, own)
        })
    }

    /// A period carried over from words that only name a beginning: 2012年以来最好。地区生产总值705亿元。
    fn carried_from_a_beginning(&self, statement: &Statement) -> bool {
        let carried = statement.period.as_ref().filter(|period| period.inherited);
        let Some([_, end]) = carried.and_then(|period| period.span) else { return false };
        let after: String = self.normalised.chars().skip(end).take(2).collect();
        after == "以来"
    }

    /// An indicator carried over without the rate that stands behind it: 地区生产总值增速居末位，为近7年最好位次.
    fn level_carried_from_a_rate(&self, statement: &Statement) -> bool {
        let carried = statement.indicator.as_ref().filter(|indicator| indicator.inherited);
        let level =
            carried.filter(|indicator| !indicator.canon.as_deref().unwrap_or_default().contains(".growth"));
        let Some([_, end]) = level.and_then(|indicator| indicator.span) else { return false };
        let after: String = self.normalised.chars().skip(end).take(7).collect();
        ["增速", "增幅", "增长率", "涨幅", " growth"].iter().any(|rate| after.starts_with(rate))
    }
}

/// A year in the words that the period does not hold: 比2019年的2918亿元.
fn other_year(words: &str, period: &Period) -> bool {
    let digits: Vec<char> = words.chars().collect();
    let years = digits.windows(4).enumerate().filter_map(|(at, four)| {
        let alone = |at: Option<usize>| {
            at.and_then(|at| digits.get(at)).is_none_or(|c| !c.is_ascii_digit() && *c != '.')
        };
        let year: i16 = four.iter().collect::<String>().parse().ok()?;
        let stands_alone = alone(at.checked_sub(1)) && alone(Some(at + 4));
        let named =
            digits.get(at + 4) == Some(&'年') || (four[0].is_ascii_digit() && (1978..=2060).contains(&year));
        (four.iter().all(char::is_ascii_digit) && stands_alone && named && (1949..=2100).contains(&year))
            .then_some(year)
    });
    years.into_iter().any(|year| !Period::year(year).intersects(period))
}

/// 2012年以来 names a beginning, not a year.
fn since(words: &str) -> bool {
    words.contains("以来") || words.to_lowercase().contains("since")
}

fn open_start(norm: Option<&str>) -> bool {
    norm.is_some_and(|norm| norm.contains("..") || norm.starts_with('P'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn another_year_in_the_words_is_seen() {
        let year = Period::year(2020);
        assert!(other_year("2020年达3014亿元，比2019年增加", &year));
        assert!(other_year("from 2918 in 2019 to 3014 in 2020", &year));
        assert!(!other_year("2020年达3014.51亿元", &year));
        assert!(!other_year("总投资2876亿元", &year) || "总投资2876亿元".contains('年'));
        assert!(!other_year("2014—2020年最好", &Period::years(2014, 2020)));
    }
}
