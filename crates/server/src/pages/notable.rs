//! What to look at first in a document, told from its answers alone.
//!
//! First what the data speaks against, then what holds by little or on little, then what one more table would decide. At
//! most five, one a statement; the last place is kept for an offer where there is one.

use crate::{
    api::Notable,
    view::{View, text_of},
};
use std::collections::BTreeSet;
use zhidian_ledger::{
    contract::{Answer, Outcome, TableNeed},
    names,
};
use zhidian_model::{Grade, Text};

/// How many are shown.
const MOST: usize = 5;
/// Longest quotation, in characters.
const QUOTED: usize = 40;

/// What is notable in a document.
pub(crate) fn of(view: &View, document: &str, needs: &[TableNeed]) -> Vec<Notable> {
    let answers: Vec<&Answer> = view.answers_of(document).iter().map(|at| view.at(*at)).collect();
    let of_all = |look: &dyn Fn(&Answer) -> Option<Notable>| -> Vec<Notable> {
        answers.iter().filter_map(|answer| look(answer)).collect()
    };
    let by_little = |answer: &Answer| by_little(view, answer);
    let mut seen = BTreeSet::new();
    let mut found = [of_all(&against), of_all(&disputed), of_all(&by_little), of_all(&on_little)].concat();
    found.retain(|notable| seen.insert(notable.statement.clone()));
    let offers: Vec<Notable> = needs.iter().filter_map(offer).collect();
    found.truncate(if offers.is_empty() { MOST } else { MOST - 1 });
    let left = MOST - found.len();
    // Beside other things one or two offers do; where there is nothing else, they are what there is.
    let offered = if found.is_empty() { left } else { left.min(2) };
    found.extend(offers.into_iter().take(offered));
    found
}

/// The data, or the document itself, speaks against it.
fn against(answer: &Answer) -> Option<Notable> {
    let quote = quoted(answer);
    let title = match answer.outcome {
        Outcome::Incoherent => {
            return Some(notable(
                answer,
                Text::new("原文前后对不上", "The document disagrees with itself"),
                Text::new(
                    format!("{}：{}", quote.zh, answer.text.zh),
                    format!("{}: {}", quote.en, answer.text.en),
                ),
            ));
        }
        Outcome::Contradicted => said_and_found(answer)
            .unwrap_or_else(|| Text::new("这一句与数据不符", "The data contradicts this statement")),
        Outcome::Missed => said_and_found(answer).map_or_else(
            || Text::new("目标没有达到", "A target was missed"),
            |both| {
                Text::new(format!("目标没有达到：{}", both.zh), format!("A target was missed. {}", both.en))
            },
        ),
        Outcome::OffTrack => {
            Text::new("按现有进度，目标达不到", "At the present pace the target will not be reached")
        }
        _ => return None,
    };
    Some(notable(answer, title, quote))
}

fn said_and_found(answer: &Answer) -> Option<Text> {
    let (stated, found) = (zhidian_report::stated(answer)?, zhidian_report::found(answer)?);
    Some(Text::new(
        format!("原文说{}，数据是{}", stated.zh, found.zh),
        format!("The text says {}, the data says {}", stated.en, found.en),
    ))
}

fn disputed(answer: &Answer) -> Option<Notable> {
    let title = Text::new("来源之间说法不一", "The sources are at odds");
    (answer.outcome == Outcome::Disputed).then(|| notable(answer, title, quoted(answer)))
}

/// It is decided, but would not be if figures were rounded to one decimal less, or a tie were broken the other way.
fn by_little(view: &View, answer: &Answer) -> Option<Notable> {
    let robust = answer.robust.filter(|robust| !robust.rounding || !robust.ties)?;
    let quote = quoted(answer);
    let shared = !robust.ties;
    let title = match answer.margin.as_ref().and_then(|margin| margin_words(view, answer, margin)) {
        Some(words) => words,
        None if shared => Text::new("这个位次是并列的", "This place is shared"),
        None => Text::new("这个结论贴着取整的边", "This answer lies at the edge of rounding"),
    };
    let note = if shared {
        Text::new(
            format!("{}：并列怎样处理，结论就怎样变。", quote.zh),
            format!("{}: the answer depends on how the tie is broken.", quote.en),
        )
    } else {
        Text::new(
            format!("{}：各数少留一位小数，就分不出来了。", quote.zh),
            format!("{}: with one decimal less it can no longer be told.", quote.en),
        )
    };
    Some(notable(answer, title, note))
}

fn margin_words(view: &View, answer: &Answer, margin: &zhidian_ledger::contract::Margin) -> Option<Text> {
    let value = names::value(margin.value.parse().ok()?, &margin.unit);
    let to = margin.to.as_str();
    if to.is_empty() || to == "band" {
        return Some(Text::new(
            format!("离边界只有{}", value.zh),
            format!("Within {} of the edge", value.en),
        ));
    }
    let peer = peer(view, answer, to);
    Some(Text::new(format!("与{}只差{}", peer.zh, value.zh), format!("Only {} from {}", value.en, peer.en)))
}

/// A peer's name in both languages, as the figures of the answer have it.
fn peer(view: &View, answer: &Answer, name: &str) -> Text {
    let exhibits = answer.because.iter().filter_map(|id| view.finding(id)?.exhibit.as_ref());
    let mut labels = exhibits.flat_map(|exhibit| &exhibit.points).map(|point| &point.label);
    labels.find(|label| label.zh == name || label.en == name).cloned().unwrap_or_else(|| Text::same(name))
}

/// It is decided, but on a source that cannot be checked.
fn on_little(answer: &Answer) -> Option<Notable> {
    let decided = matches!(answer.outcome, Outcome::Supported | Outcome::Met | Outcome::OnTrack);
    let title = Text::new("证实它的来源无法核对", "What supports it cannot be checked");
    (decided && answer.grade == Some(Grade::Unverified)).then(|| notable(answer, title, quoted(answer)))
}

/// A table that would decide something.
fn offer(need: &TableNeed) -> Option<Notable> {
    let n = need.statements;
    let plural = if n == 1 { "statement" } else { "statements" };
    Some(Notable {
        statement: need.claims.first()?.clone(),
        title: Text::new(
            format!("补上一张表，能判定{n}句"),
            format!("One table would decide {} {plural}", counted(n)),
        ),
        note: Text::new(format!("这张表是：{}", need.title.zh), format!("The table: {}", need.title.en)),
    })
}

/// Small numbers as words.
fn counted(n: usize) -> String {
    const WORDS: [&str; 10] = ["no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine"];
    WORDS.get(n).map_or_else(|| n.to_string(), |word| (*word).to_owned())
}

fn notable(answer: &Answer, title: Text, note: Text) -> Notable {
    Notable { statement: answer.id.clone(), title, note }
}

/// A statement's own words between quotation marks, cut where they are long.
fn quoted(answer: &Answer) -> Text {
    let text = text_of(answer);
    let cut = match text.char_indices().nth(QUOTED) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text.to_owned(),
    };
    Text::same(format!("“{cut}”"))
}
