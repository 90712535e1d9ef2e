//! What the answers refer to: findings with their rows, origins, problems with the data, method cards, what was read.

use super::Report;
use super::marks::grade;
use crate::index::slug;
use crate::{names, words};
use maud::{Markup, html};
use zhidian_ledger::contract::Finding;
use zhidian_model::Problem;
use zhidian_model::engine::Card;

/// Cells of evidence shown with a finding.
const CELLS: usize = 240;
/// Problems shown before the line.
const FIRST: usize = 20;

impl Report<'_> {
    pub(super) fn appendix(&self) -> Markup {
        let assessment = self.index.assessment;
        html! {
            section id="appendix" class="wide appendix" aria-labelledby="appendix-h" {
                h2 id="appendix-h" { (self.say("附录", "Appendix")) }
                (self.section("findings", self.say("所据事实", "Findings"), assessment.findings.len(), &self.findings()))
                (self.section("origins", self.say("来源", "Origins"), assessment.origins.len(), &self.origin_table()))
                (self.section("methods", self.say("方法卡", "Method cards"), self.cards.len(), &self.method_cards()))
                (self.section("problems", self.say("数据的问题", "Problems with the data"), assessment.problems.len(), &self.problems()))
                (self.section("run", self.say("本次运行", "This run"), assessment.documents.len(), &self.run()))
            }
        }
    }

    fn section(&self, id: &str, title: &str, count: usize, body: &Markup) -> Markup {
        html! {
            section id=(id) aria-labelledby={ (id) "-h" } {
                h3 id={ (id) "-h" } { (title) " " span class="cn" { (count) } }
                @if count == 0 { p class="note" { (self.say("无。", "None.")) } } @else { (body) }
            }
        }
    }

    /// What cost the most first; a long list waits behind a line.
    fn problems(&self) -> Markup {
        let mut problems: Vec<&Problem> = self.index.assessment.problems.iter().collect();
        problems.sort_by_key(|problem| std::cmp::Reverse(problem.severity));
        let (first, more) = problems.split_at(problems.len().min(FIRST));
        html! {
            (self.problem_table(first))
            @if !more.is_empty() {
                details {
                    summary { (self.say("另有 ", "")) (more.len()) (self.say(" 处", " more")) }
                    (self.problem_table(more))
                }
            }
        }
    }

    fn problem_table(&self, problems: &[&Problem]) -> Markup {
        html! {
            div class="scroll" { table class="problems" {
                thead { tr {
                    @for title in [("程度", "severity"), ("位置", "place"), ("查到", "found"), ("应为", "expected"), ("怎样处理", "what to do")] {
                        th scope="col" { (self.language.pair(title)) }
                    }
                } }
                tbody { @for problem in problems { tr {
                    td { (self.language.pair(words::severity(problem.severity))) br; code { (problem.code) } }
                    td class="mono" {
                        bdi { (problem.file) }
                        @if let Some(sheet) = &problem.sheet { " · " bdi { (sheet) } }
                        @if let Some(row) = problem.row { (self.say(" · 第 ", " · row ")) (row) (self.say(" 行", "")) }
                        @if let Some(column) = &problem.column { " · " bdi { (column) } }
                    }
                    td { bdi { (problem.found) } } td { bdi { (problem.expected) } } td { (self.language.text(&problem.remedy)) }
                } } }
            } }
        }
    }

    fn findings(&self) -> Markup {
        html! { @for finding in &self.index.assessment.findings { (self.finding(finding)) } }
    }

    fn finding(&self, finding: &Finding) -> Markup {
        let key = &finding.key;
        html! {
            details class="finding" id={ "f-" (slug(&finding.id)) } {
                summary { span { (self.language.text(&finding.text)) } " " (grade(finding.grade, self.language)) }
                dl {
                    dt { (self.say("指标", "measure")) } dd { (names::measure(&key.measure, self.language)) " " code { (key.measure) } }
                    dt { (self.say("对象", "subject")) } dd { (names::subject(&key.subject, self.language)) " " code { (key.subject) } }
                    dt { (self.say("时段", "period")) } dd { (names::period(&key.period, self.language)) }
                    @if let Some(scope) = &key.scope { dt { (self.say("范围", "peers")) } dd { code { (scope) } } }
                    dt { (self.say("方法", "method")) } dd { (self.method(&finding.engine, &finding.method)) }
                    dt { (self.say("编号", "id")) } dd { code { (finding.id) } }
                }
                (self.evidence(&finding.evidence, CELLS))
                @if finding.evidence.len() > CELLS {
                    p class="note" { (self.say("其余各格见核对表与 JSON：", "more cells in the checklist and the JSON: ")) (finding.evidence.len() - CELLS) }
                }
            }
        }
    }

    fn origin_table(&self) -> Markup {
        html! {
            div class="scroll" { table class="origins" {
                thead { tr {
                    @for title in [("编号", "id"), ("出版者与题名", "publisher and title"), ("等级", "grade"), ("读自", "read at"), ("发布 · 版次", "published · edition"), ("许可", "licence"), ("SHA-256", "SHA-256")] {
                        th scope="col" { (self.language.pair(title)) }
                    }
                } }
                tbody { @for origin in &self.index.assessment.origins { tr id={ "o-" (slug(&origin.id)) } {
                    td class="mono" { bdi { (origin.id) } }
                    td { bdi { (origin.publisher) } br; span class="sm" { bdi { (origin.title) } }
                        @if let Some(note) = &origin.note { br; span class="sm" { (self.say("须知：", "note: ")) bdi { (note) } } } }
                    td { (grade(origin.grade, self.language)) }
                    td class="adr" { @if !origin.address.is_empty() { (self.place(origin)) } }
                    td { (origin.published.as_deref().unwrap_or("—")) @if let Some(edition) = &origin.edition { br; bdi { (edition) } } }
                    td { bdi { (origin.licence.as_deref().unwrap_or(self.say("未声明", "none stated"))) } }
                    td class="mono" { @if let Some(sum) = &origin.sha256 { span title=(sum) { (sum.chars().take(12).collect::<String>()) "…" } } }
                } } }
            } }
        }
    }

    fn method_cards(&self) -> Markup {
        html! { @for card in self.cards { (self.card(card)) } }
    }

    fn card(&self, card: &Card) -> Markup {
        let words = |pair: (&'static str, &'static str)| self.language.pair(pair);
        html! {
            article class="card" id={ "m-" (slug(card.id)) } {
                h4 { (words(card.question)) " " code { (card.id) } }
                dl {
                    dt { (self.say("办法", "method")) } dd { (words(card.method)) }
                    dt { (self.say("前提", "assumptions")) } dd { (words(card.assumptions)) }
                    dt { (self.say("不宜用于", "not for")) } dd { (words(card.not_for)) }
                    @if !card.tables.is_empty() { dt { (self.say("读哪些表", "tables")) } dd { @for table in card.tables { code { (table) } " " } } }
                    @if !card.parameters.is_empty() { dt { (self.say("参数", "parameters")) } dd { @for name in card.parameters { code { (name) } " " } } }
                    @if !card.references.is_empty() { dt { (self.say("文献", "references")) } dd { ul { @for reference in card.references { li { (reference) } } } } }
                }
            }
        }
    }

    fn run(&self) -> Markup {
        let assessment = self.index.assessment;
        html! {
            div class="scroll" { table {
                thead { tr { @for title in [("文件", "document"), ("数据集", "dossier"), ("语言", "language"), ("SHA-256", "SHA-256")] { th scope="col" { (self.language.pair(title)) } } } }
                tbody { @for document in &assessment.documents { tr {
                    td class="mono" { bdi { (document.id) } } td class="mono" { bdi { (document.dossier) } } td { (document.language) }
                    td class="mono sha" { (document.sha256) }
                } } }
            } }
            p class="note" { (self.say("版式 ", "layout ")) code { (assessment.schema) } (self.say("，种子 ", ", seed ")) code { (assessment.seed) }
                (self.say("。同样的输入给出同样的报告。", ". The same input gives the same report.")) }
        }
    }
}
