//! What would decide the open statements: tables, phrased as an offer, most statements first.

use super::Report;
use super::answer::open_mark;
use super::marks::classes;
use crate::{Language, names};
use maud::{Markup, html};
use zhidian_ledger::contract::TableNeed;

/// Offers shown in full; those below wait behind a line.
const SHOWN: usize = 6;

impl Report<'_> {
    pub(super) fn needs(&self) -> Markup {
        let needs = &self.index.assessment.needs;
        html! {
            section id="needs" class="wide needs" aria-labelledby="needs-h" {
                h2 id="needs-h" { (self.say("补什么，能判定什么", "What would decide the rest")) }
                @if needs.is_empty() {
                    p class="lede" { (self.say("没有待补的表：凡有值的表述都已判定，或无表可补。", "No table is missing: every statement with a value is decided, or no table would help.")) }
                } @else {
                    p class="lede" { (self.say("以下各表按可判定的条数排列。表到即可重算，不必改动文件。", "Tables in the order of the statements they would decide. Once a table is there the run decides them; the document stays as it is.")) }
                    @let shown = needs.iter().take(SHOWN).filter(|need| need.statements > 1).count().max(needs.len().min(2));
                    ol class="offers" { @for (at, need) in needs.iter().enumerate().take(shown) { (self.offer(at, need)) } }
                    @if needs.len() > shown {
                        details class="more" {
                            summary { (self.rest(&needs[shown..])) }
                            ol class="offers" { @for (at, need) in needs.iter().enumerate().skip(shown) { (self.offer(at, need)) } }
                        }
                    }
                }
            }
        }
    }

    fn rest(&self, needs: &[TableNeed]) -> String {
        let statements: usize = needs.iter().map(|need| need.statements).sum();
        self.language.of(
            format!("另有 {} 张表，合计可判定 {statements} 条", needs.len()),
            format!("{} more tables, {statements} statements between them", needs.len()),
        )
    }

    fn offer(&self, at: usize, need: &TableNeed) -> Markup {
        let (columns, rows) = self.asked(need);
        let title = match self.language.text(&need.title) {
            "" => names::table(&need.table, self.language),
            title => title.to_owned(),
        };
        html! {
            li id={ "n-" (at + 1) } {
                div class="cnt" { b { (need.statements) } span { (self.say("条", if need.statements == 1 { "statement" } else { "statements" })) } }
                div {
                    h3 { (offer_words(need, &title, self.language)) }
                    dl {
                        dt { (self.say("表", "table")) } dd { code { (need.table) } }
                        @if !columns.is_empty() { dt { (self.say("列", "columns")) } dd { (self.few(&columns, 10)) } }
                        @if !rows.is_empty() { dt { (self.say("行", "rows")) } dd { bdi { (self.few(&rows, 8)) } } }
                        dt { (self.say("可判定", "decides")) }
                        dd class="refs" { @for id in &need.claims { @for entry in self.index.answers(id) {
                            a class={ "ref " (classes(entry.answer.outcome)) } href={ "#a-" (entry.anchor) } title=(entry.statement.text()) {
                                (open_mark()) (self.short(entry.statement.document())) (entry.number)
                            }
                        } } }
                    }
                }
            }
        }
    }

    /// Every column and row that answers ask of a table, each once, in the order asked.
    fn asked(&self, need: &TableNeed) -> (Vec<String>, Vec<String>) {
        let (mut columns, mut rows): (Vec<String>, Vec<String>) = (Vec::new(), Vec::new());
        let wanted = need.claims.iter().flat_map(|id| self.index.answers(id));
        for wanted in
            wanted.flat_map(|entry| &entry.answer.missing).filter(|missing| missing.table == need.table)
        {
            for column in &wanted.columns {
                let column = names::column(&need.table, column, self.language);
                if !columns.contains(&column) {
                    columns.push(column);
                }
            }
            for row in &wanted.rows {
                if !rows.contains(row) {
                    rows.push(row.clone());
                }
            }
        }
        (columns, rows)
    }

    /// Which document a number belongs to, where there are several.
    fn short(&self, document: &str) -> String {
        match self.index.documents.iter().filter(|(_, members)| !members.is_empty()).count() {
            0 | 1 => String::new(),
            _ => {
                let at = self.index.documents.iter().position(|(id, _)| *id == document).unwrap_or(0);
                format!("{}-", letters(at))
            }
        }
    }
}

/// `一张表可判定 12 条：项目库`.
pub(crate) fn offer_words(need: &TableNeed, title: &str, language: Language) -> String {
    match (language, need.statements) {
        (Language::Zh, n) => format!("一张表可判定 {n} 条：{title}"),
        (Language::En, 1) => format!("one table would decide 1 statement: {title}"),
        (Language::En, n) => format!("one table would decide {n} statements: {title}"),
    }
}

/// A, B, … Z, AA, AB …
pub(super) fn letters(n: usize) -> String {
    let last = char::from(b'A' + u8::try_from(n % 26).unwrap_or(0));
    if n < 26 { last.to_string() } else { format!("{}{last}", letters(n / 26 - 1)) }
}

#[cfg(test)]
mod tests {
    #[test]
    fn letters_go_on_past_the_alphabet() {
        assert_eq!([0, 25, 26, 27, 701, 702].map(super::letters), ["A", "Z", "AA", "AB", "ZZ", "AAA"]);
    }
}
