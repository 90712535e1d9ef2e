//! The page around the parts: head, bar, counts as filters, one section a document, appendix.

use super::marks::{classes, grade, mark, named, sprite, word};
use super::needs::letters;
use super::policy::policy;
use super::{Report, file_name};
use crate::index::{Entry, slug};
use crate::words::{self, family, outcome_meaning, outcome_name};
use maud::{DOCTYPE, Markup, PreEscaped, html};
use std::fmt::Write as _;
use zhidian_ledger::contract::{Kind, Outcome};
use zhidian_model::Grade;

const SCRIPT: &str = include_str!("script.js");
/// Answers an overview leads to.
const FIRST: usize = 6;

pub(super) fn page(report: &Report<'_>) -> Markup {
    let style = style();
    let title = report.headline();
    html! {
        (DOCTYPE)
        html lang=(report.language.tag()) {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width,initial-scale=1";
                meta http-equiv="Content-Security-Policy" content=(policy(&style, SCRIPT));
                meta name="referrer" content="no-referrer";
                meta name="generator" content="Zhidian";
                title { (title) " · " (report.say("支点", "Zhidian")) }
                style { (PreEscaped(&style)) }
            }
            body {
                a class="skip" href="#main" { (report.say("跳到正文", "skip to content")) }
                (sprite())
                (report.bar())
                (report.strip())
                main id="main" {
                    header class="wide top" {
                        h1 { (title) }
                        p class="lede" { (report.lede()) }
                    }
                    (report.needs())
                    @for (at, (document, members)) in report.index.documents.iter().enumerate() {
                        (report.document(at, document, members))
                    }
                    (report.appendix())
                }
                footer class="wide end" {
                    (report.say("由支点生成。每个数字都可以追到出处的那一行；证据等级低的，图上画成空心。", "Made by Zhidian. Every figure leads back to the row it came from; weak evidence is drawn hollow."))
                }
                script { (PreEscaped(SCRIPT)) }
            }
        }
    }
}

/// The style sheet, with the filters for every outcome.
fn style() -> String {
    let mut style = include_str!("style.css").to_owned();
    for outcome in Outcome::ALL {
        let name = outcome_name(outcome);
        let _ = write!(
            style,
            "\nbody:has(#flt-{name}:checked) .st.o-{name}{{color:var(--ink);text-decoration-color:var(--c)}}\
             body:has(#flt-{name}:checked) :is(.im,.gm,.ref,.row):not(.o-{name}){{opacity:.26}}"
        );
    }
    style
}

impl Report<'_> {
    fn headline(&self) -> String {
        match self.index.documents.as_slice() {
            [(document, _)] => self.language.of(
                format!("《{}》核对报告", self.title(document)),
                format!("“{}”, checked statement by statement", self.title(document)),
            ),
            several => self.language.of(
                format!("{} 份文件的核对报告", several.len()),
                format!("{} documents, checked statement by statement", several.len()),
            ),
        }
    }

    fn lede(&self) -> String {
        let answers = &self.index.assessment.answers;
        let of = |kind: Kind| answers.iter().filter(|answer| answer.kind == kind).count();
        let open = answers.iter().filter(|answer| answer.outcome == Outcome::Undecided).count();
        let (all, verdicts, coherence, bearing) =
            (answers.len(), of(Kind::Verdict), of(Kind::Coherence), of(Kind::Bearing));
        self.language.of(
            format!(
                "共 {all} 条表述：{verdicts} 条有值可判，其中 {open} 条数据不足、待定；{coherence} 条只能与原文自身核对；{bearing} 条是目标、建议或列举，列出相关事实。"
            ),
            format!(
                "{all} statements: {verdicts} state a value, of which {open} are undecided for want of data; {coherence} can only be checked against the document itself; {bearing} are goals, proposals or lists, shown with what bears on them."
            ),
        )
    }

    fn bar(&self) -> Markup {
        let other = self.language.other();
        html! {
            header class="bar" {
                a class="brand" href="#main" {
                    svg width="26" height="22" viewBox="0 0 26 22" aria-hidden="true" {
                        path d="M1 8.5L25 4.5" stroke="currentColor" stroke-width="2" stroke-linecap="round" {}
                        path d="M13 8l6.5 12h-13z" fill="currentColor" {}
                    }
                    (self.say("支点", "Zhidian"))
                    small { (self.say("核对报告", "report")) }
                }
                nav class="tabs" aria-label=(self.say("各部分", "parts")) {
                    a href="#needs" { (self.say("补什么", "what is missing")) }
                    @for (at, (document, _)) in self.index.documents.iter().enumerate() {
                        a href={ "#d-" (slug(document)) } title=(self.title(document)) {
                            @if self.index.documents.len() > 1 { span class="lt" { (letters(at)) } }
                            span class="tt" { (self.title(document)) }
                        }
                    }
                    a href="#appendix" { (self.say("附录", "appendix")) }
                }
                a class="btn" href=(file_name(other)) hreflang=(other.tag()) lang=(other.tag()) { (other.of("中文", "English")) }
            }
        }
    }

    /// How many statements there are of each outcome; each count is a filter that dims the rest.
    fn strip(&self) -> Markup {
        let counts = self.index.assessment.counts();
        let all = self.index.entries.len();
        let mut at = 0.0;
        let share = |count: usize| 100.0 * count as f64 / all.max(1) as f64;
        html! {
            section class="strip" aria-label=(self.say("各结论的条数", "how many of each outcome")) {
                svg class="spine" width="100%" height="4" preserveAspectRatio="none" aria-hidden="true" {
                    @for outcome in Outcome::ALL {
                        @let width = share(counts.get(&outcome).copied().unwrap_or(0));
                        @if width > 0.0 {
                            rect class={ "sp " (family(outcome).class()) } x={ (format!("{at:.2}")) "%" } width={ (format!("{width:.2}")) "%" } height="4" {}
                            ({ at += width; "" })
                        }
                    }
                }
                fieldset class="chips" {
                    legend class="vh" { (self.say("按结论筛选", "filter by outcome")) }
                    label class="chip all" {
                        input type="radio" name="flt" id="flt-all" checked;
                        span { (self.say("全部", "all")) } " " b { (all) }
                    }
                    @for outcome in Outcome::ALL {
                        @let count = counts.get(&outcome).copied().unwrap_or(0);
                        label class={ "chip " (classes(outcome)) (if count == 0 { " zero" } else { "" }) } title=(self.language.pair(outcome_meaning(outcome))) {
                            input type="radio" name="flt" id={ "flt-" (outcome_name(outcome)) } disabled[count == 0];
                            (mark(outcome, None)) span { (word(outcome, self.language)) } " " b { (count) }
                        }
                    }
                }
            }
        }
    }

    fn document(&self, at: usize, document: &str, members: &[usize]) -> Markup {
        let held = self.index.assessment.documents.iter().find(|held| held.id == document);
        let lang = match held.map(|held| held.language.as_str()) {
            Some("zh") => "zh-CN",
            Some("en") => "en",
            _ => self.language.tag(),
        };
        let anchor = slug(document);
        let entries: Vec<&Entry<'_>> = members.iter().map(|place| &self.index.entries[*place]).collect();
        html! {
            section class="document" id={ "d-" (anchor) } aria-labelledby={ "t-" (anchor) } {
                div class="docgrid" {
                    article class="doc" lang=(lang) {
                        header {
                            h2 id={ "t-" (anchor) } dir="auto" {
                                @if self.index.documents.len() > 1 { span class="lt" { (letters(at)) } }
                                (self.title(document))
                            }
                            p class="dek" lang=(self.language.tag()) {
                                (entries.len()) (self.say(" 条表述 · 文件 ", " statements · document ")) code { (document) }
                                @if let Some(held) = held { (self.say(" · 数据集 ", " · dossier ")) code { (held.dossier) } }
                            }
                        }
                        div class="body" { (self.reading(document, members)) }
                    }
                    aside class="panel" tabindex="0" aria-label={ (self.say("各条的依据：", "evidence for each statement: ")) (self.title(document)) } {
                        @for (place, entry) in entries.iter().enumerate() {
                            @let before = place.checked_sub(1).and_then(|place| entries.get(place)).copied();
                            (self.answer(entry, before, entries.get(place + 1).copied()))
                        }
                        (self.overview(&entries))
                    }
                }
            }
        }
    }

    /// What the panel shows while no statement is chosen.
    fn overview(&self, entries: &[&Entry<'_>]) -> Markup {
        let mut first: Vec<&Entry<'_>> = entries.iter().copied().filter(|entry| urgency(entry) < 9).collect();
        first.sort_by_key(|entry| (urgency(entry), entry.number));
        html! {
            div class="overview" {
                p class="note hint" { (self.say("点正文里的任一标记，这里给出它的依据。", "Choose any mark in the text; its evidence is shown here.")) }
                @if !first.is_empty() {
                    h3 { (self.say("先看这几处", "Look here first")) }
                    @for entry in first.into_iter().take(FIRST) { (self.row(entry)) }
                }
                (self.legend())
            }
        }
    }

    fn legend(&self) -> Markup {
        let line = |family: words::Family| {
            self.language.pair(match family {
                words::Family::Agree => ("与数据相合：蓝，实线", "agrees with the data: blue, solid line"),
                words::Family::Against => ("与数据相左：红，双线", "against the data: red, double line"),
                words::Family::Open => ("判不了：赭，点线", "open: ochre, dotted line"),
                words::Family::Word => ("没有可比的值：灰，虚线", "no value to compare: grey, dashed line"),
            })
        };
        html! {
            section class="legend" {
                h3 { (self.say("记号", "Marks")) }
                p class="note" { (self.say("实心是已判，空心是未判。颜色只作辅助，形状和词自己就够。", "Filled is judged, outlined is not. Colour only helps; shape and word are enough.")) }
                @for of in [words::Family::Agree, words::Family::Against, words::Family::Open, words::Family::Word] {
                    p class="fam" { (line(of)) }
                    dl class="gram" { @for outcome in Outcome::ALL.into_iter().filter(|outcome| family(*outcome) == of) {
                        dt class=(classes(outcome)) {
                            @if outcome == Outcome::Bearing { (named("goal")) (named("proposal")) (named("list")) } @else { (mark(outcome, None)) }
                            span class="wd" { (word(outcome, self.language)) }
                        }
                        dd { (self.language.pair(outcome_meaning(outcome))) }
                    } }
                }
                h3 { (self.say("来源的等级", "Grades of origin")) }
                dl class="grades" { @for g in Grade::ALL {
                    dt { (grade(g, self.language)) } dd { (self.language.pair(words::grade_meaning(g))) }
                } }
                p class="note" { (self.say("一条的等级取它所依各数中最弱的一级。", "A statement has the grade of its weakest link.")) }
            }
        }
    }
}

/// What to look at first: what is wrong, what is at odds, what holds by a hair; 9 and above are left out.
fn urgency(entry: &Entry<'_>) -> u8 {
    let answer = entry.answer;
    let frail = answer.robust.is_some_and(|robust| !(robust.rounding && robust.ties && robust.vintage))
        || answer.grade.is_some_and(crate::figure::is_weak);
    match answer.outcome {
        Outcome::Contradicted => 0,
        Outcome::Incoherent => 1,
        Outcome::Missed | Outcome::OffTrack => 2,
        Outcome::Disputed => 3,
        Outcome::Supported if frail => 4,
        Outcome::Supported => 5,
        Outcome::Met | Outcome::OnTrack => 6,
        Outcome::Undecided if !answer.near.is_empty() => 7,
        _ => 9,
    }
}
