//! What a text mentions, and what a reader keeps in mind while going through it.

use crate::{
    draft::{What, When, Who},
    lexicon::{self, Named, Place},
    ordered::Ordered,
    periods::{self, Now, Said},
    ranks,
    statement::Modality,
    text::Span,
    traps::{Trap, Traps},
    values::Value,
};

/// Everything found in one pass over the text, each list in order.
pub(crate) struct Mentions<'a> {
    pub(crate) text: &'a str,
    pub(crate) traps: Traps,
    pub(crate) periods: Ordered<periods::Mention>,
    pub(crate) ranks: Ordered<ranks::Mention>,
    pub(crate) values: Ordered<Value>,
    pub(crate) places: Ordered<Place>,
    pub(crate) measures: Ordered<Named>,
}

impl Mentions<'_> {
    pub(crate) fn values_in(&self, span: Span) -> &[Value] {
        self.values.within(span)
    }

    pub(crate) fn ranks_in(&self, span: Span) -> &[ranks::Mention] {
        self.ranks.within(span)
    }

    pub(crate) fn periods_in(&self, span: Span) -> impl Iterator<Item = &periods::Mention> {
        self.periods.within(span).iter()
    }

    pub(crate) fn places_in(&self, span: Span) -> impl Iterator<Item = &Place> {
        self.places.within(span).iter()
    }

    pub(crate) fn measures_in(&self, span: Span) -> impl Iterator<Item = &Named> {
        self.measures.within(span).iter()
    }

    pub(crate) fn measure_at(&self, start: usize) -> Option<&Named> {
        self.measures.at(start)
    }

    /// Whether a period belongs to a comparison (比去年) or a title and dates nothing.
    pub(crate) fn undated(&self, period: &periods::Mention) -> bool {
        let before = &self.text[..period.span.start];
        let after = &self.text[period.span.end..];
        let compared = ["over ", "from ", "than ", "with ", "to ", "on ", "against "];
        let relative = matches!(period.said, Said::Relative { years: -1, .. });
        let based = ["from ", "than ", "over "];
        let year = matches!(period.said, Said::Year { until: false, .. });
        (year && based.iter().any(|w| before.ends_with(w)))
            || relative && compared.iter().any(|w| before.ends_with(w))
            || than_that(before)
            || before.ends_with("compared with ")
            || before.ends_with("compared to ")
            || before.ends_with(['比', '较', '于', '以', '与'])
            || after.starts_with("同期")
            || after.starts_with('的')
                && (before.ends_with(['是', '为', '达', '由', '从']) || before.ends_with("相当于"))
            || self.traps.touching(period.span).is_some_and(|t| t.trap == Trap::Title)
    }
}

/// `higher than that at`, `compared with the level in`: words that lead to the period a figure is compared with.
fn than_that(before: &str) -> bool {
    let Some(stem) = [" at ", " in ", " of ", " for "].iter().find_map(|w| before.strip_suffix(w)) else {
        return false;
    };
    [
        "than that",
        "than the figure",
        "than the level",
        "than",
        "with that",
        "with the figure",
        "from that",
        "from the level",
    ]
    .iter()
    .any(|w| stem.ends_with(w))
}

/// Whether a window of years opens a clause and so dates what follows: 过去五年，…; not 是近七年最高.
fn window_of_sentence(text: &str, clause: Span, period: Span) -> bool {
    let words = period.of(text);
    text[clause.start..period.start].chars().count() <= 2
        && (words.starts_with("过去") || words.ends_with(['来', '间', '里']))
        && !text[period.end..clause.end].starts_with(['最', '新', '首'])
}

/// Whether the end of the year opens a sentence: 年末金融机构存款余额….
fn edge_of_sentence(text: &str, clause: Span, period: Span) -> bool {
    period.start == clause.start
        && period.of(text).ends_with(['末', '底'])
        && (clause.start == 0 || text[..clause.start].ends_with(['。', '\n']))
}

/// Whether a passage tells or aims.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Mood {
    /// It tells what is.
    #[default]
    Fact,
    /// It sets targets.
    Target,
}

/// The most indicators of one sentence that are kept in mind.
const MOST_NAMED: usize = 24;

/// What is carried from clause to clause.
#[derive(Clone, Debug, Default)]
pub(crate) struct Context {
    /// The place of the article.
    pub(crate) home: Option<u32>,
    /// Name of the country the text is about where no division is known (English texts).
    pub(crate) country: Option<&'static str>,
    /// Whether names are written out in English.
    pub(crate) english: bool,
    /// The speaker, who makes its proposals.
    pub(crate) speaker: Option<Who>,
    who: Option<Who>,
    home_named: Option<Who>,
    /// The body that is the subject of that indicator, where it is not the place in force.
    pub(crate) body: Option<Who>,
    /// The indicator of the clause before.
    pub(crate) what: Option<What>,
    /// The indicator before it, where it is a share of something (占…的比重).
    pub(crate) whole: Option<What>,
    /// The period of that indicator's statement.
    pub(crate) what_when: Option<When>,
    /// The unit of that indicator's figure.
    pub(crate) value_unit: Option<String>,
    /// The indicators named in this sentence, in order.
    pub(crate) named: Vec<What>,
    /// The adverbial clause before the one in hand.
    pub(crate) lead: Option<Span>,
    /// The members of the last distribution.
    pub(crate) zip: Vec<What>,
    /// The places of the last distribution, where it was over places.
    pub(crate) zip_who: Vec<Who>,
    /// `10项指标中`: the total a following count is part of, and its noun.
    pub(crate) counted: Option<(Value, Span)>,
    /// Constant prices were named in this sentence.
    pub(crate) real: bool,
    /// 预计 was said earlier in the sentence.
    pub(crate) forecast: bool,
    /// 力争, 确保 or 将 was said earlier in the sentence.
    pub(crate) aiming: bool,
    pub(crate) mood: Mood,
    /// `for the year` said earlier in the sentence.
    pub(crate) year_phrase: Option<When>,
    /// Group of the list of requests whose members follow.
    pub(crate) asking_list: Option<usize>,
    /// Group of the list whose members follow.
    pub(crate) list: Option<usize>,
    /// Year of the document.
    pub(crate) year: Option<i32>,
    /// The year its facts are about where no other is stated.
    pub(crate) told: Option<i32>,
    passage: Option<i32>,
    /// The years a paragraph looks back on: 过去五年, “十四五”以来.
    window: Option<When>,
    sentence: Option<(When, bool)>,
    block: Option<When>,
    groups: usize,
}

impl Context {
    /// A context for a text about `home`, of `year`, whose facts are of `told`.
    pub(crate) fn new(home: Option<u32>, year: Option<i32>, told: Option<i32>, english: bool) -> Self {
        Self { home, year, told, english, ..Self::default() }
    }

    pub(crate) fn now(&self) -> Now {
        Now { year: self.year, passage: self.passage.or(self.told) }
    }

    pub(crate) fn next_group(&mut self) -> usize {
        self.groups += 1;
        self.groups
    }

    /// The subject in force: the last one named, else the place of the article.
    pub(crate) fn who(&self) -> Option<Who> {
        self.who.clone().or_else(|| self.home_who())
    }

    pub(crate) fn home_who(&self) -> Option<Who> {
        self.home_named.clone().or_else(|| match (self.home.and_then(lexicon::place_name), self.country) {
            (Some((zh, en)), _) => {
                let name = if self.english { en } else { zh };
                Some(Who { span: None, name: name.to_owned(), code: self.home })
            }
            (None, Some(country)) => Some(Who { span: None, name: country.to_owned(), code: None }),
            _ => None,
        })
    }

    /// Names the place of the article where it has no code.
    pub(crate) fn set_home(&mut self, who: Who) {
        self.home_named = Some(who);
    }

    pub(crate) fn set_who(&mut self, who: Who) {
        if who.code.is_some() && who.code == self.home {
            self.home_named = Some(who.clone());
        }
        self.who = Some(who);
    }

    /// Takes in an indicator named in this sentence: the first is kept, and the last ones.
    pub(crate) fn name(&mut self, what: What) {
        if self.named.len() >= MOST_NAMED {
            self.named.remove(1);
        }
        self.named.push(what);
    }

    /// The years a paragraph looks back on, for what is told of them all: 年均, 累计.
    pub(crate) fn window(&self) -> Option<When> {
        self.window.clone()
    }

    /// Whether the words before place the statement in the future.
    pub(crate) fn ahead(&self) -> bool {
        self.sentence.as_ref().is_some_and(|(_, ahead)| *ahead)
    }

    /// The period in force for a statement of this mood.
    pub(crate) fn when(&self, modality: Modality) -> Option<When> {
        if let Some((when, _)) = &self.sentence {
            return Some(when.clone());
        }
        if modality == Modality::Target
            && self.mood == Mood::Target
            && let Some(year) = self.year
        {
            let stated = self.block.clone().filter(|w| w.norm.as_deref() == Some(year.to_string().as_str()));
            return Some(stated.unwrap_or(When { span: None, norm: Some(year.to_string()) }));
        }
        if let Some(when) = &self.block {
            return Some(when.clone());
        }
        let told = matches!(modality, Modality::Fact | Modality::Forecast);
        let year = if told { self.passage.or(self.told)? } else { self.year? };
        Some(When { span: None, norm: Some(year.to_string()) })
    }

    /// Takes in the periods and the basis a clause names, for itself and what follows.
    pub(crate) fn hear(&mut self, m: &Mentions<'_>, clause: Span) {
        let words = clause.of(m.text);
        if ["按不变价", "按可比价", "可比价格", "扣除价格因素", "at constant prices", "in real terms"]
            .iter()
            .any(|w| words.contains(w))
        {
            self.real = true;
        }
        for period in m.periods_in(clause) {
            if m.undated(period) {
                continue;
            }
            let object = period.said == Said::Future
                && period.span.start > clause.start
                && m.text[..period.span.start].ends_with(|c: char| ('\u{4e00}'..='\u{9fff}').contains(&c))
                && period.span.end == clause.end;
            if object {
                continue; // 赋能未来
            }
            let noun = m.text[period.span.end..].starts_with(['产', '科', '城', '社', '之', '学', '乡']);
            if period.said == Said::Future && noun && period.span.of(m.text) == "未来" {
                continue; // 未来产业, 未来城
            }
            let when = When { span: Some(period.span), norm: period.said.norm(self.now()) };
            let ahead = period.said.ahead(self.now());
            let words = period.span.of(m.text);
            let local = matches!(words, "年内" | "当年" | "全年" | "for the year")
                || matches!(period.said, Said::Part(_)) && words.ends_with(['末', '底', '初'])
                || words.to_ascii_lowercase().starts_with("year-end")
                || words.to_ascii_lowercase().starts_with("the end of the year");
            let edge = matches!(period.said, Said::Year { part: Some(periods::Part::Month(1 | 12)), .. });
            match period.said {
                Said::Year { until: false, .. } | Said::Relative { .. } | Said::Part(_)
                    if !ahead && !local && !edge =>
                {
                    if let Some(year) = period.said.year(self.now()) {
                        self.passage = Some(year);
                    }
                    self.block = Some(When { norm: period.said.norm(self.now()), ..when });
                    self.sentence = None;
                    if !words.starts_with(['去', '上']) {
                        self.window = None;
                    }
                }
                Said::Last(2..) if window_of_sentence(m.text, clause, period.span) => {
                    self.window = Some(when.clone());
                    self.sentence = Some((when, false));
                }
                Said::Years { .. } if !ahead => {
                    if window_of_sentence(m.text, clause, period.span) || words.ends_with(['间', '期', '来'])
                    {
                        self.window = Some(when.clone());
                    }
                    self.sentence = Some((when, false));
                }
                // 年末户籍人口…；…: an edge of the year that opens the sentence.
                Said::Part(_) if edge_of_sentence(m.text, clause, period.span) => {
                    self.sentence = Some((when, false));
                }
                Said::Whole | Said::Last(2..) => {} // the year of the passage; a window of its own statement alone
                _ if local => {}
                Said::Year { year, until: false, .. } if edge && !ahead => {
                    self.passage = Some(year);
                    self.sentence = Some((when, false));
                }
                _ => self.sentence = Some((when, ahead)),
            }
        }
    }

    pub(crate) fn end_sentence(&mut self) {
        self.sentence = None;
        self.counted = None;
        self.real = false;
        self.forecast = false;
        self.aiming = false;
        self.what = None;
        self.whole = None;
        self.body = None;
        self.what_when = None;
        self.named.clear();
        self.lead = None;
        self.zip.clear();
        self.zip_who.clear();
        self.year_phrase = None;
    }

    pub(crate) fn end_block(&mut self) {
        self.end_sentence();
        self.window = None;
        self.who = None;
    }

    /// Begins an article about `home`.
    pub(crate) fn begin_article(&mut self, home: Option<u32>) {
        *self = Context {
            home,
            country: self.country,
            english: self.english,
            year: self.year,
            told: self.told,
            groups: self.groups,
            ..Context::default()
        };
    }
}
