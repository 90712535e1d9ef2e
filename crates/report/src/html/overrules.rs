//! What persons answer instead: beside the machine's answer, never in its place.

use super::Report;
use super::marks::{classes, mark, word};
use maud::{Markup, html};
use zhidian_ledger::contract::Answer;

impl Report<'_> {
    /// Who says what instead, newest first; nothing where nobody does.
    pub(super) fn overrules(&self, answer: &Answer) -> Markup {
        if answer.overrules.is_empty() {
            return html! {};
        }
        html! {
            section class="overrules" {
                h4 class="lab" { (self.say("人工改判（不改变机器的结论）", "overruled by a person (the machine’s answer stays)")) }
                @for overrule in &answer.overrules {
                    p {
                        span class={ "who " (classes(overrule.outcome)) } {
                            (mark(overrule.outcome, None)) b { (word(overrule.outcome, self.language)) }
                        }
                        " " bdi { (overrule.name) } " · " (overrule.date)
                    }
                    blockquote dir="auto" { (overrule.reason) }
                }
            }
        }
    }
}
