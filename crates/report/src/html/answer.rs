//! The answer to one statement, in a fixed order: outcome, quotation, stated beside found, conclusion with its margin,
//! figure, near findings, what is missing, rows, origins, method, permanent address.

use super::marks::{classes, grade, mark, named, word};
use super::{Report, link};
use crate::figure::{self, Compared, Readable, Side};
use crate::index::{Entry, slug};
use crate::statement::{Stated, Statement, ordinal};
use crate::{Language, names, numbers, words};
use maud::{Markup, PreEscaped, html};
use std::collections::BTreeSet;
use zhidian_ledger::contract::{
    Answer, Citation, Exhibit, Finding, Found, Kind, Margin, Mark, Near, Need, Origin, Outcome, Point,
};
use zhidian_model::{AddressKind, Grade};

/// Rows of evidence shown with an answer, all its findings together; the rest stand with the finding.
const ROWS: usize = 14;
/// Figures shown of what an answer rests on.
const FIGURES: usize = 3;
/// Figures shown of what is near.
const NEAR: usize = 2;

impl<'a> Report<'a> {
    /// The answer as a panel. `before` and `after` are its neighbours in the document.
    pub(super) fn answer(
        &self,
        entry: &Entry<'a>,
        before: Option<&Entry<'_>>,
        after: Option<&Entry<'_>>,
    ) -> Markup {
        let answer = entry.answer;
        let because = self.index.because(answer);
        let near = self.near(answer);
        html! {
            article class={ "answer " (classes(answer.outcome)) } id={ "a-" (entry.anchor) } tabindex="-1"
                aria-labelledby={ "h-" (entry.anchor) } {
                (self.head(entry, before, after))
                div class="pin" {
                    blockquote dir="auto" { (self.say("“", "“")) (entry.statement.text()) (self.say("”", "”")) }
                    (self.compare(entry))
                    (self.conclusion(answer))
                    (self.overrules(answer))
                    (self.parts(answer))
                    (self.figures(entry, &because))
                    (self.near_findings(answer, &near))
                    (self.missing(answer))
                    (self.rows(answer, &because))
                    (self.origins_of(answer.outcome, &because, &near))
                    (self.methods(&because))
                    (self.address(entry))
                }
            }
        }
    }

    fn head(&self, entry: &Entry<'_>, before: Option<&Entry<'_>>, after: Option<&Entry<'_>>) -> Markup {
        let outcome = entry.answer.outcome;
        let number = entry.number;
        let step = |to: Option<&Entry<'_>>, class: &str, sign: &str, label: &str| {
            html! {
                @if let Some(to) = to {
                    a class={ "ic " (class) } href={ "#a-" (to.anchor) } aria-label=(label) title=(label) { (sign) }
                } @else { span class="ic off" aria-hidden="true" { (sign) } }
            }
        };
        html! {
            header class="phead" {
                h3 id={ "h-" (entry.anchor) } {
                    (mark(outcome, Some(&entry.statement)))
                    span class="wd" { (word(outcome, self.language)) }
                    span class="k" {
                        (entry.statement.kind_words(self.language)) " · "
                        @match self.language { Language::Zh => { "第 " (number) " 条" } Language::En => { "no. " (number) } }
                        @if !entry.answer.overrules.is_empty() { " · " (self.say("有人工改判", "overruled by a person")) }
                    }
                }
                nav aria-label=(self.say("前后条目", "neighbouring statements")) {
                    (step(before, "prev", "↑", self.say("上一条", "previous statement")))
                    (step(after, "next", "↓", self.say("下一条", "next statement")))
                    a class="ic close" href={ "#s-" (entry.anchor) } aria-label=(self.say("关闭，回到正文", "close, back to the text"))
                        title=(self.say("关闭，回到正文", "close, back to the text")) { "✕" }
                }
            }
        }
    }

    fn compare(&self, entry: &Entry<'_>) -> Markup {
        let answer = entry.answer;
        let stated = entry.statement.stated(self.language);
        let judged = answer.kind == Kind::Verdict || answer.found.is_some();
        if stated.is_none() && answer.found.is_none() {
            return html! {};
        }
        let weak = if answer.grade.is_some_and(figure::is_weak) { "weak" } else { "" };
        html! {
            div class={ "cmp" (if judged { "" } else { " alone" }) } {
                div {
                    div class="l" { (self.say("原文所述", "stated")) }
                    @match &stated {
                        Some(Stated { figure, notes }) => {
                            div class={ "v" (long(figure)) } dir="auto" { (figure) }
                            @for note in notes { div class="d" { bdi { (note) } } }
                        }
                        None => div class="v none" { (self.say("没有数值", "no value")) }
                    }
                }
                @if judged { div class=(weak) {
                    div class="l" { (self.say("查得", "found")) @if let Some(g) = answer.grade { (grade(g, self.language)) } }
                    @match &answer.found {
                        Some(found) => {
                            @let (figure, notes) = self.found(found);
                            div class={ "v own" (long(&figure)) } { (figure) }
                            @for note in notes { div class="d" { (note) } }
                        }
                        None => {
                            div class="v none" { "—" }
                            div class="d" { (if answer.near.is_empty() { self.say("没有同口径的数据", "nothing at this key") }
                                else { self.say("没有同口径的数据；邻近的见下", "nothing at this key; near findings below") }) }
                        }
                    }
                } }
            }
        }
    }

    /// What was found, large, and what belongs below it.
    pub(super) fn found(&self, found: &Found) -> (String, Vec<String>) {
        match found {
            Found::Value { low, high, unit, .. } => {
                let shown = numbers::interval(low.as_deref(), high.as_deref(), unit, self.language);
                (shown.figure, shown.bounds.into_iter().collect())
            }
            Found::Rank { rank } => {
                let figure = if rank.most > rank.least {
                    self.language.of(
                        format!("第 {}–{} 位", rank.least, rank.most),
                        format!(
                            "{}–{}",
                            ordinal(rank.least, self.language),
                            ordinal(rank.most, self.language)
                        ),
                    )
                } else {
                    ordinal(rank.least, self.language)
                };
                (figure, vec![self.language.of(format!("共 {} 个", rank.of), format!("of {}", rank.of))])
            }
            Found::Truth { truth } => {
                let word = if *truth { ("属实", "true") } else { ("不属实", "not true") };
                (self.language.pair(word).to_owned(), Vec::new())
            }
        }
    }

    fn conclusion(&self, answer: &'a Answer) -> Markup {
        let reasons: Vec<&str> = answer
            .reasons
            .iter()
            .map(|name| words::reason(name).map_or(name.as_str(), |pair| self.language.pair(pair)))
            .collect();
        let lacks = answer
            .lacks
            .as_deref()
            .map(|name| words::lacks(name).map_or(name, |pair| self.language.pair(pair)));
        let text = self.language.text(&answer.text);
        html! {
            p class="concl" dir="auto" {
                @let (lead, rest) = lead(text);
                @if !lead.is_empty() { b { (lead) } }
                (rest)
            }
            @if answer.kind == Kind::Coherence {
                p class="note" { (self.say("只核对原文自身，不涉及外部事实。", "The document against itself; nothing is said about the world.")) }
            }
            @if answer.grade.is_some_and(|grade| !grade.decides()) {
                p class="warn" { (self.say("所据数据为", "The figures are ")) (self.grade_word(answer.grade))
                    (self.say("，只作参考，不作判据。", ": shown to inform, never to decide.")) }
            }
            @if answer.margin.is_some() || answer.robust.is_some() || !reasons.is_empty() || lacks.is_some() {
                dl class="facts" {
                    @if let Some(margin) = &answer.margin { dt { (self.say("余量", "margin")) } dd { (self.margin_words(answer, margin)) } }
                    @if let Some(robust) = answer.robust {
                        dt { (self.say("稳健性", "robustness")) }
                        dd {
                            (self.survives(robust.rounding, self.say("少取一位小数", "one decimal less"), self.say("会变", "may change")))
                            (self.survives(robust.ties, self.say("并列换一种算法", "ties broken otherwise"), self.say("会变", "may change")))
                            // Not to hold what was published by then is no fault of the statement: nobody knows.
                            (self.survives(robust.vintage, self.say("只用成文时已公布的数", "as published by then"), self.say("未持有，不得而知", "not held, unknown")))
                        }
                    }
                    @if !reasons.is_empty() { dt { (self.say("原因", "why not more")) } dd { (self.sentences(&reasons)) } }
                    @if let Some(lacks) = lacks { dt { (self.say("缺少", "lacks")) } dd { (lacks) } }
                }
            }
        }
    }

    fn grade_word(&self, grade: Option<Grade>) -> &'static str {
        grade.map_or("", |grade| self.language.pair(words::grade(grade)))
    }

    fn sentences(&self, parts: &[&str]) -> String {
        parts.join(self.say("；", "; ")) + self.say("。", ".")
    }

    fn survives(&self, holds: bool, what: &str, otherwise: &str) -> Markup {
        html! {
            span class={ "surv " (if holds { "yes" } else { "no" }) } {
                (if holds { "✓ " } else { "✗ " }) (what)
                (self.say("：", ": ")) (if holds { self.say("不变", "stands") } else { otherwise })
            }
        }
    }

    /// `0.05 个百分点（对嘉兴市）`.
    fn margin_words(&self, answer: &'a Answer, margin: &'a Margin) -> String {
        let value = numbers::quantity_text(&margin.value, &margin.unit, self.language);
        if margin.to.trim().is_empty() {
            return value;
        }
        let to = self.index.peer(answer, &margin.to, self.language);
        self.language.of(format!("{value}（对{to}）"), format!("{value} (to {to})"))
    }

    /// Each part on its own; a single part that the conclusion has already told is not told twice.
    fn parts(&self, answer: &Answer) -> Markup {
        let text = self.language.text(&answer.text);
        html! {
            @if answer.parts.len() > 1 || answer.parts.iter().any(|part| !text.contains(self.language.text(&part.text).trim_end_matches(['。', '.']))) {
                section class="sec" {
                    h4 { (self.say("分项", "part by part")) }
                    ul class="parts" { @for part in &answer.parts { li class=(classes(part.outcome)) {
                        (mark(part.outcome, None))
                        div {
                            b class="wd" { (word(part.outcome, self.language)) } " "
                            bdi { (part.label) }
                            @let text = self.language.text(&part.text);
                            @if !text.is_empty() { div class="sm" { (text) } }
                        }
                    } } }
                }
            }
        }
    }

    fn figures(&self, entry: &Entry<'_>, because: &[&Finding]) -> Markup {
        let all: Vec<(&Finding, &Exhibit)> =
            because.iter().filter_map(|finding| Some((*finding, finding.exhibit.as_ref()?))).collect();
        let mut exhibits: Vec<(&Finding, &Exhibit)> = Vec::new();
        for (i, (finding, exhibit)) in all.iter().enumerate() {
            let told = all.iter().enumerate().any(|(j, (_, other))| {
                i != j && part_of(exhibit, other) && (j < i || !part_of(other, exhibit))
            });
            if !told && exhibits.len() < FIGURES {
                exhibits.push((finding, exhibit));
            }
        }
        let strip = exhibits.iter().any(|(_, exhibit)| exhibit.mark == Mark::Strip);
        html! {
            @if !strip { (self.comparison(entry)) }
            @for (finding, exhibit) in exhibits { (self.exhibit(finding, exhibit, entry.answer.margin.as_ref(), true)) }
        }
    }

    /// Stated and found on one axis, where both are figures of one unit.
    fn comparison(&self, entry: &Entry<'_>) -> Markup {
        let answer = entry.answer;
        let drawn = || {
            let Some(Found::Value { low, high, unit, .. }) = &answer.found else { return None };
            let (number, stated_unit) = entry.statement.number()?;
            let margin = answer.margin.as_ref()?;
            if stated_unit != unit {
                return None;
            }
            let ends = (numbers::float(low.as_deref()?)?, numbers::float(high.as_deref()?)?);
            let shown = numbers::interval(low.as_deref(), high.as_deref(), unit, self.language).figure;
            let said = numbers::quantity_text(number, unit, self.language);
            let distance = numbers::quantity_text(&margin.value, &margin.unit, self.language);
            let compared = Compared {
                stated: numbers::float(number)?,
                stated_text: &said,
                side: entry.statement.side(),
                found: ends,
                found_text: &shown,
                distance: &distance,
                weak: answer.grade.is_some_and(figure::is_weak),
                family: words::family(answer.outcome).class(),
            };
            let label = self
                .language
                .of(format!("原文 {said}，查得 {shown}"), format!("stated {said}, found {shown}"));
            let [wide, narrow] =
                figure::WIDTHS.map(|width| figure::margin(&compared, self.language, width, &label));
            Some((wide?, narrow?))
        };
        html! {
            @if let Some((wide, narrow)) = drawn() {
                figure {
                    div class="fw" { (PreEscaped(wide)) }
                    div class="fn" { (PreEscaped(narrow)) }
                }
            }
        }
    }

    /// A figure with its caption; without its title where the text before it has said that already.
    fn exhibit(&self, finding: &Finding, exhibit: &Exhibit, margin: Option<&Margin>, titled: bool) -> Markup {
        let Readable { exhibit, unit, common } = &figure::readable(exhibit, self.language);
        let [wide, narrow] =
            figure::WIDTHS.map(|width| figure::exhibit(exhibit, margin, self.language, width));
        let missing = figure::without_figure(exhibit, self.language);
        let weak = figure::weak_grades(exhibit);
        let count = exhibit.points.len();
        html! {
            figure {
                figcaption {
                    @if titled { p class="ft" dir="auto" { (self.language.text(&exhibit.title)) } }
                    p class="fs" {
                        (unit) @if !unit.is_empty() { " · " }
                        @match (exhibit.mark, self.language) {
                            (Mark::Strip, Language::Zh) => { "共 " (count) " 个" }
                            (Mark::Strip, Language::En) => { (count) " peers" }
                            (Mark::Bump, Language::Zh) => "名次，第一在上"
                            (Mark::Bump, Language::En) => "place, the first on top"
                            (Mark::Line, Language::Zh) => "逐年"
                            (Mark::Line, Language::En) => "by year"
                        }
                        @if let Some(common) = common { (self.say("，每年 ", ", every ")) (common) }
                    }
                }
                @match (wide, narrow) {
                    (Some(wide), Some(narrow)) => {
                        div class="fw" { (PreEscaped(wide)) }
                        div class="fn" { (PreEscaped(narrow)) }
                    }
                    _ => p class="note" { (self.say("没有可画的数。", "No figure to draw.")) }
                }
                @if !weak.is_empty() {
                    p class="fk" { span class="hol" aria-hidden="true" {} (self.say("空心点：", "hollow: "))
                        @for g in &weak { (grade(*g, self.language)) " " } }
                }
                @if !missing.is_empty() {
                    p class="fk" { (self.say("无数据：", "no figure: ")) (self.few(&missing, 12)) }
                }
                div class="fa" {
                    span class="src" { (self.say("来源：", "source: ")) (self.publishers(finding)) " " (grade(finding.grade, self.language)) }
                }
                details class="tbl" {
                    summary { (self.say("看数", "figures as a table")) }
                    div class="scroll" { table {
                        thead { tr {
                            th scope="col" { (if exhibit.mark == Mark::Strip { self.say("对象", "peer") } else { self.say("时间", "time") }) }
                            th scope="col" class="r" { (if exhibit.mark == Mark::Bump { self.say("名次", "place") } else { self.say("值", "value") }) }
                            th scope="col" { (self.say("等级", "grade")) }
                        } }
                        tbody { @for point in &exhibit.points { tr class=(if point.own { "hl" } else { "" }) {
                            td { bdi { (self.language.text(&point.label)) } }
                            td class="r" {
                                (point.value.as_deref().unwrap_or("—"))
                                @if let Some(most) = point.most.as_deref().filter(|most| Some(*most) != point.value.as_deref()) { "–" (most) }
                            }
                            td { (self.grade_word(point.grade)) }
                        } } }
                    } }
                }
            }
        }
    }

    /// The first of several names, and how many more there are.
    pub(super) fn few<S: AsRef<str>>(&self, names: &[S], most: usize) -> String {
        let shown = self.language.list(&names[..names.len().min(most)]);
        match names.len().saturating_sub(most) {
            0 => shown,
            more => self.language.of(format!("{shown} 等，另 {more} 个"), format!("{shown} and {more} more")),
        }
    }

    fn publishers(&self, finding: &Finding) -> String {
        let mut names: Vec<&str> = Vec::new();
        for origin in self.origins(&[finding]) {
            if !names.contains(&origin.publisher.as_str()) {
                names.push(&origin.publisher);
            }
        }
        if names.is_empty() { self.say("未注明", "not stated").to_owned() } else { self.few(&names, 3) }
    }

    fn near(&self, answer: &'a Answer) -> Vec<(&'a Near, &'a Finding)> {
        answer.near.iter().filter_map(|near| Some((near, self.index.finding(&near.finding)?))).collect()
    }

    fn near_findings<'f>(&self, answer: &Answer, near: &[(&Near, &'f Finding)]) -> Markup {
        let title = match answer.outcome {
            Outcome::Bearing => self.say("相关的事实", "what bears on it"),
            _ => self.say("邻近的证据，只列不判", "near evidence, shown and not judged with"),
        };
        let mut drawn: Vec<&Exhibit> = Vec::new();
        let mut fresh = |exhibit: &&'f Exhibit| {
            let new = drawn.len() < NEAR && !drawn.iter().any(|other| part_of(exhibit, other));
            if new {
                drawn.push(exhibit);
            }
            new
        };
        html! {
            @if !near.is_empty() {
                section class="sec near" {
                    h4 { (title) }
                    ul { @for (near, finding) in near { li {
                        p { a href={ "#f-" (slug(&finding.id)) } { (self.language.text(&finding.text)) } " " (grade(finding.grade, self.language)) }
                        @if !near.differs.is_empty() {
                            p class="diff" { (self.say("差别：", "differs: "))
                                (self.language.list(&near.differs.iter().map(|d| names::difference(d, self.language)).collect::<Vec<_>>())) }
                        }
                        @if let Some(exhibit) = finding.exhibit.as_ref().filter(&mut fresh) {
                            (self.exhibit(finding, exhibit, None, exhibit.title != finding.text))
                        }
                    } } }
                }
            }
        }
    }

    fn missing(&self, answer: &Answer) -> Markup {
        html! {
            @for need in &answer.missing {
                section class="need" {
                    h4 { (self.say("缺什么", "what is missing")) }
                    (self.need(&answer.id, need))
                }
            }
        }
    }

    fn need(&self, answer: &str, need: &Need) -> Markup {
        let mut tables = self.index.assessment.needs.iter().enumerate();
        let unlocks =
            tables.find(|(_, table)| table.table == need.table && table.claims.iter().any(|id| id == answer));
        let title = unlocks.map_or_else(
            || names::table(&need.table, self.language),
            |(_, table)| self.language.text(&table.title).to_owned(),
        );
        let columns: Vec<String> =
            need.columns.iter().map(|column| names::column(&need.table, column, self.language)).collect();
        html! {
            p { b { (title) } " " code { (need.table) } }
            dl {
                @if !columns.is_empty() { dt { (self.say("列", "columns")) } dd { (self.few(&columns, 16)) } }
                @if !need.rows.is_empty() { dt { (self.say("行", "rows")) } dd { bdi { (self.few(&need.rows, 16)) } } }
                @if !need.key.is_empty() { dt { (self.say("所问", "asked")) } dd { code { (need.key) } } }
            }
            @if let Some((at, table)) = unlocks.filter(|(_, table)| table.statements > 1) {
                p class="sm" { a href={ "#n-" (at + 1) } {
                    @match self.language {
                        Language::Zh => { "补上这一张表，可判定 " (table.statements) " 条" }
                        Language::En => { "this one table would decide " (table.statements) " statements" }
                    }
                } }
            }
        }
    }

    fn rows(&self, answer: &Answer, because: &[&Finding]) -> Markup {
        let told = self.language.text(&answer.text);
        let mut left = ROWS;
        let shares: Vec<(&Finding, usize)> = because
            .iter()
            .map(|finding| {
                let share = finding.evidence.len().min(left);
                left -= share;
                (*finding, share)
            })
            .collect();
        html! {
            @if !shares.is_empty() {
                section class="sec" {
                    h4 { (self.say("依据", "what it rests on")) }
                    @for (finding, share) in shares {
                        p class="fnd" {
                            a href={ "#f-" (slug(&finding.id)) } {
                                @let text = self.language.text(&finding.text);
                                @if told.contains(text) { (self.say("上述事实 ", "the finding above, ")) code { (finding.id) } } @else { (text) }
                            }
                            " " (grade(finding.grade, self.language))
                        }
                        (self.evidence(&finding.evidence[..share], share))
                        @if finding.evidence.len() > share {
                            p class="sm" { a href={ "#f-" (slug(&finding.id)) } {
                                @match self.language {
                                    Language::Zh => { "另有 " (finding.evidence.len() - share) " 格，见附录" }
                                    Language::En => { (finding.evidence.len() - share) " more cells in the appendix" }
                                }
                            } }
                        }
                    }
                }
            }
        }
    }

    /// The cells a finding rests on.
    pub(super) fn evidence(&self, cells: &[Citation], most: usize) -> Markup {
        html! {
            @if !cells.is_empty() {
                div class="scroll" { table class="ev" {
                    thead { tr {
                        th scope="col" { (self.say("文件", "file")) } th scope="col" class="r" { (self.say("行", "row")) }
                        th scope="col" { (self.say("列", "column")) } th scope="col" class="r" { (self.say("值", "value")) }
                        th scope="col" { (self.say("来源", "origin")) }
                    } }
                    tbody { @for cell in cells.iter().take(most) { tr {
                        td class="mono" { bdi { (cell.file) } @if let Some(sheet) = &cell.sheet { " · " bdi { (sheet) } } }
                        td class="r" { (cell.row) }
                        td class="mono" { bdi { (cell.column) } }
                        td class="r val" { bdi { (cell.value) } }
                        td { a href={ "#o-" (slug(&cell.origin)) } { bdi { (cell.origin) } } }
                    } } }
                } }
            }
        }
    }

    /// The origins of findings, each once, in the order in which they are cited.
    fn origins(&self, findings: &[&Finding]) -> Vec<&'a Origin> {
        let mut seen = BTreeSet::new();
        findings
            .iter()
            .flat_map(|finding| &finding.evidence)
            .filter(|cell| seen.insert(cell.origin.as_str()))
            .filter_map(|cell| self.index.origin(&cell.origin))
            .collect()
    }

    fn origins_of(&self, outcome: Outcome, because: &[&Finding], near: &[(&Near, &Finding)]) -> Markup {
        let near: Vec<&Finding> = near.iter().map(|(_, finding)| *finding).collect();
        let (origins, title) = if because.is_empty() && outcome == Outcome::Bearing {
            (self.origins(&near), self.say("相关事实的来路", "where these facts come from"))
        } else if because.is_empty() {
            (self.origins(&near), self.say("邻近证据的来路", "where the near evidence comes from"))
        } else {
            (self.origins(because), self.say("来路", "where it comes from"))
        };
        let weakest = origins.iter().map(|origin| origin.grade).min();
        html! {
            @if !origins.is_empty() {
                section class="sec" {
                    h4 { (title) }
                    @for origin in &origins {
                        (self.chain(origin, origins.len() > 1 && Some(origin.grade) == weakest && origins.iter().any(|other| other.grade > origin.grade)))
                    }
                }
            }
        }
    }

    /// From the publisher to the address it was read at.
    fn chain(&self, origin: &Origin, weakest: bool) -> Markup {
        let step =
            |label: &'static str, body: Markup| html! { li { span class="k" { (label) } span { (body) } } };
        html! {
            ol class="chain" {
                (step(self.say("出版者", "publisher"), html! {
                    bdi { (origin.publisher) } " " (grade(origin.grade, self.language))
                    @if weakest { span class="sm" { (self.say(" ← 最弱的一环", " ← the weakest link")) } }
                }))
                (step(self.say("题名", "title"), html! {
                    bdi { (origin.title) }
                    @if let Some(edition) = &origin.edition { (self.say("，", ", ")) (edition) }
                    @if let Some(published) = &origin.published { (self.say("，发布于 ", ", published ")) (published) }
                }))
                @if !origin.address.is_empty() { (step(self.say("读自", "read at"), self.place(origin))) }
                @if let Some(licence) = &origin.licence { (step(self.say("许可", "licence"), html! { bdi { (licence) } })) }
                @if let Some(sum) = &origin.sha256 { (step("SHA-256", html! { code { (sum) } })) }
                @if let Some(note) = &origin.note { (step(self.say("须知", "note"), html! { bdi { (note) } })) }
            }
        }
    }

    /// An address, and whether it is the publisher's own.
    pub(super) fn place(&self, origin: &Origin) -> Markup {
        html! {
            @match link(&origin.address) {
                Some(address) => a class="ext" href=(address) rel="noopener noreferrer external" { bdi { (address) } }
                None => bdi { (origin.address) }
            }
            @match origin.address_kind {
                Some(AddressKind::Repost) => { " " span class="tag" { (self.say("转载，非原址", "repost, not the publisher’s own")) } }
                Some(AddressKind::Primary) => { " " span class="tag own" { (self.say("原址", "publisher’s own")) } }
                None => {}
            }
        }
    }

    fn methods(&self, because: &[&Finding]) -> Markup {
        let mut seen = BTreeSet::new();
        let methods: Vec<(&str, &str)> = because
            .iter()
            .map(|finding| (finding.engine.as_str(), finding.method.as_str()))
            .filter(|pair| seen.insert(*pair))
            .collect();
        html! {
            @if !methods.is_empty() {
                section class="sec" {
                    h4 { (self.say("方法", "method")) }
                    @for (engine, method) in methods { p class="sm" { (self.method(engine, method)) } }
                }
            }
        }
    }

    /// Who found a finding and how; engines lead to their cards.
    pub(super) fn method(&self, engine: &str, method: &str) -> Markup {
        let operator = words::operator(method).filter(|_| engine == "ledger");
        html! {
            @match operator {
                Some(pair) => { (self.language.pair(pair)) (self.say("。", ".")) }
                None => {
                    @if self.cards.iter().any(|card| card.id == engine) { a href={ "#m-" (slug(engine)) } { (engine) } }
                    @else { code { (engine) } }
                    @if !method.is_empty() { (self.say("：", ": ")) bdi { (method) } }
                }
            }
        }
    }

    fn address(&self, entry: &Entry<'_>) -> Markup {
        html! {
            section class="sec perma" {
                h4 { (self.say("永久地址", "permanent address")) }
                a href={ "#a-" (entry.anchor) } { code { "#a-" (entry.anchor) } }
                @if let Some(key) = entry.statement.key() { p class="sm" { (self.say("键：", "key: ")) code { (key) } } }
            }
        }
    }

    /// A line of an overview that leads to an answer.
    pub(super) fn row(&self, entry: &Entry<'_>) -> Markup {
        let answer = entry.answer;
        html! {
            a class={ "row " (classes(answer.outcome)) } href={ "#a-" (entry.anchor) } {
                (mark(answer.outcome, Some(&entry.statement)))
                span {
                    span class="big" { bdi { (entry.statement.text()) } }
                    span class="sm" { span class="wd" { (word(answer.outcome, self.language)) } " · " (self.language.text(&answer.text)) }
                }
            }
        }
    }
}

impl Statement<'_> {
    /// Which side of its value the statement allows.
    fn side(&self) -> Side {
        match self.0.get("qualifier").and_then(|q| q.get("norm")).and_then(|norm| norm.as_str()) {
            Some("ge" | "gt") => Side::Above,
            Some("le" | "lt") => Side::Below,
            _ => Side::At,
        }
    }

    /// The key it was judged at, canonically.
    fn key(&self) -> Option<String> {
        match self.0.get("key")? {
            serde_json::Value::String(key) => Some(key.clone()),
            serde_json::Value::Object(key) => {
                let part = |name: &str| key.get(name).and_then(|value| value.as_str()).map(str::to_owned);
                let mut out = [part("measure")?, part("subject")?, part("period")?].join(" ");
                if let Some(scope) = part("scope") {
                    out.push_str(" in ");
                    out.push_str(&scope);
                }
                Some(out)
            }
            _ => None,
        }
    }
}

/// A class for figures that need smaller type to stay on few lines.
fn long(figure: &str) -> &'static str {
    let columns: usize = figure.chars().map(|c| if c.is_ascii() { 1 } else { 2 }).sum();
    if columns > 16 { " long" } else { "" }
}

/// Whether one figure shows nothing that the other does not show: seven years of eight.
fn part_of(one: &Exhibit, other: &Exhibit) -> bool {
    let shows = |point: &Point| {
        other
            .points
            .iter()
            .any(|held| (&held.label, &held.value, &held.most) == (&point.label, &point.value, &point.most))
    };
    one.mark == other.mark && one.points.iter().all(shows)
}

/// The first sentence of a conclusion, which is set bold, and the rest; a long first sentence is not.
fn lead(text: &str) -> (&str, &str) {
    let end = match (text.find('。'), text.find(". ")) {
        (Some(han), _) => han + '。'.len_utf8(),
        (None, Some(latin)) => latin + 2,
        (None, None) => text.len(),
    };
    let (first, rest) = text.split_at(end);
    if first.chars().count() <= 60 { (first, rest) } else { ("", text) }
}

/// The mark of what is missing, for headings.
pub(super) fn open_mark() -> Markup {
    named("undecided")
}
