//! 核对表: the ledger as a workbook for whoever checks a draft. One row a statement, then needs, findings, origins, problems.
//!
//! Every text cell is written as text with the quote prefix, so that nothing from a document or a table is ever taken
//! for a formula, here or after somebody edits the cell.

mod sheet;

use crate::index::{Entry, Index};
use crate::{Assessment, Language, Text, names, numbers, words};
use rust_xlsxwriter::{DocProperties, ExcelDateTime, Workbook, Worksheet, XlsxError};
use sheet::{Look, Sheet};
use zhidian_ledger::contract::{Answer, Finding, Found, Overrule};
use zhidian_model::AddressKind;

/// Why a checklist was not written.
#[derive(Debug, thiserror::Error)]
#[error("failed to write the checklist: {0}")]
pub struct ChecklistError(#[from] XlsxError);

/// An XLSX workbook: statements, needs, findings with their rows of evidence, origins, problems.
///
/// # Errors
/// If a sheet would exceed the limits of the format (1,048,576 rows).
pub fn checklist(
    assessment: &Assessment,
    texts: &[Text],
    language: Language,
) -> Result<Vec<u8>, ChecklistError> {
    let mut workbook = Workbook::new();
    // no clock is read: the same ledger gives the same bytes
    let properties = DocProperties::new()
        .set_title(language.of("核对表", "Checklist"))
        .set_creation_datetime(&ExcelDateTime::from_ymd(2000, 1, 1)?);
    workbook.set_properties(&properties);
    let book = Book { index: Index::new(assessment), texts, language, look: Look::new() };
    for sheet in [book.statements()?, book.needs()?, book.findings()?, book.origins()?, book.problems()?] {
        workbook.push_worksheet(sheet);
    }
    Ok(workbook.save_to_buffer()?)
}

struct Book<'a> {
    index: Index<'a>,
    texts: &'a [Text],
    language: Language,
    look: Look,
}

impl<'a> Book<'a> {
    fn say(&self, zh: &'static str, en: &'static str) -> &'static str {
        self.language.of(zh, en)
    }

    fn sheet(
        &self,
        name: (&'static str, &'static str),
        columns: &[(&'static str, &'static str, f64)],
    ) -> Result<Sheet<'_>, XlsxError> {
        let columns: Vec<(&str, f64)> =
            columns.iter().map(|(zh, en, width)| (self.say(zh, en), *width)).collect();
        Sheet::new(&self.look, self.language.pair(name), &columns)
    }

    fn statements(&self) -> Result<Worksheet, XlsxError> {
        let columns = [
            ("编号", "id", 13.0),
            ("文件", "document", 21.0),
            ("表述", "statement", 38.0),
            ("类型", "type", 11.0),
            ("结论", "outcome", 10.0),
            ("原文所述", "stated", 14.0),
            ("查得", "found", 14.0),
            ("余量", "margin", 15.0),
            ("等级", "grade", 10.0),
            ("结论说明", "in words", 52.0),
            ("所据键", "key of the figure", 24.0),
            ("证据表", "evidence table", 24.0),
            ("行", "row", 12.0),
            ("来源", "origin", 28.0),
            ("缺什么", "what is missing", 34.0),
            ("备注（人工）", "note (by hand)", 24.0),
        ];
        let mut sheet = self.sheet(("核对表", "Checklist"), &columns)?;
        for entry in &self.index.entries {
            sheet.next_row()?;
            self.statement(&mut sheet, entry)?;
        }
        sheet.finish(columns.len())
    }

    fn statement(&self, sheet: &mut Sheet<'_>, entry: &Entry<'a>) -> Result<(), XlsxError> {
        let answer = entry.answer;
        let because = self.index.because(answer);
        let stated = entry.statement.stated(self.language);
        sheet.mono(&answer.id)?;
        sheet.text(&self.document(entry.statement.document()))?;
        sheet.text(entry.statement.text())?;
        sheet.text(&entry.statement.kind_words(self.language))?;
        let look = self.look.outcome(answer.outcome);
        sheet.put(self.language.pair(answer.outcome.words()), &look)?;
        sheet.text(&stated.map(|stated| stated.figure).unwrap_or_default())?;
        sheet.text(&self.found(answer))?;
        sheet.text(&self.margin(answer))?;
        sheet.text(answer.grade.map_or("", |grade| self.language.pair(words::grade(grade))))?;
        sheet.text(&self.in_words(answer))?;
        let keys: Vec<String> = because.iter().map(|finding| key(finding)).collect();
        sheet.mono(&unique(keys).join("\n"))?;
        sheet.mono(
            &unique(
                because
                    .iter()
                    .flat_map(|finding| finding.evidence.iter().map(|cell| cell.file.clone()))
                    .collect(),
            )
            .join("\n"),
        )?;
        sheet.text(&self.row_numbers(&because))?;
        self.origin_cell(sheet, &because)?;
        sheet.text(&self.missing(answer))?;
        sheet.put(&self.overrules(answer), &self.look.note)
    }

    /// What persons answer instead, one a line; it stands where a person's notes stand.
    fn overrules(&self, answer: &Answer) -> String {
        let line = |overrule: &Overrule| {
            let word = self.language.pair(overrule.outcome.words());
            let (name, date, reason) = (&overrule.name, &overrule.date, &overrule.reason);
            self.language.of(
                format!("人工改判：{word}（{name}，{date}）{reason}"),
                format!("overruled: {word} ({name}, {date}) {reason}"),
            )
        };
        answer.overrules.iter().map(line).collect::<Vec<_>>().join("\n")
    }

    /// A document's title, shortened, and its id.
    fn document(&self, id: &str) -> String {
        let text = self.texts.iter().find(|text| text.document == id);
        let first = || text.and_then(|text| text.normalised.lines().find(|line| !line.trim().is_empty()));
        let title = text.and_then(|text| text.title.as_deref()).or_else(first).unwrap_or_default();
        let title = title.trim_start_matches('#').trim();
        let short: String = title.chars().take(if title.is_ascii() { 18 } else { 9 }).collect();
        let more = if short.len() < title.len() { "…" } else { "" };
        format!("{id}\n{short}{more}").trim().to_owned()
    }

    fn found(&self, answer: &Answer) -> String {
        match &answer.found {
            None => String::new(),
            Some(Found::Value { low, high, unit, .. }) => {
                numbers::interval(low.as_deref(), high.as_deref(), unit, self.language).figure
            }
            Some(Found::Rank { rank }) => {
                let places = if rank.most > rank.least {
                    format!("{}–{}", rank.least, rank.most)
                } else {
                    rank.least.to_string()
                };
                self.language.of(
                    format!("第 {places} 位，共 {} 个", rank.of),
                    format!("place {places} of {}", rank.of),
                )
            }
            Some(Found::Truth { truth }) => self
                .say(if *truth { "属实" } else { "不属实" }, if *truth { "true" } else { "not true" })
                .to_owned(),
        }
    }

    fn margin(&self, answer: &'a Answer) -> String {
        let Some(margin) = &answer.margin else { return String::new() };
        let value = numbers::quantity_text(&margin.value, &margin.unit, self.language);
        match margin.to.trim() {
            "" => value,
            _ => {
                let to = self.index.peer(answer, &margin.to, self.language);
                self.language.of(format!("{value}（对{to}）"), format!("{value} (to {to})"))
            }
        }
    }

    fn in_words(&self, answer: &Answer) -> String {
        let text = self.language.text(&answer.text);
        let untold = |other: &str| !text.contains(other.trim_end_matches(['。', '.']));
        let mut lines = vec![text.to_owned()];
        for part in answer
            .parts
            .iter()
            .filter(|part| answer.parts.len() > 1 || untold(self.language.text(&part.text)))
        {
            let word = self.language.pair(part.outcome.words());
            lines.push(format!(
                "{word}{}{} {}",
                self.say("：", ": "),
                part.label,
                self.language.text(&part.text)
            ));
        }
        let reasons: Vec<&str> = answer
            .reasons
            .iter()
            .map(|name| words::reason(name).map_or(name.as_str(), |pair| self.language.pair(pair)))
            .collect();
        if !reasons.is_empty() {
            lines.push(reasons.join(self.say("；", "; ")));
        }
        lines.extend(
            answer.lacks.as_deref().and_then(words::lacks).map(|pair| self.language.pair(pair).to_owned()),
        );
        for near in &answer.near {
            if let Some(finding) =
                self.index.finding(&near.finding).filter(|finding| untold(self.language.text(&finding.text)))
            {
                let differs: Vec<String> =
                    near.differs.iter().map(|d| names::difference(d, self.language)).collect();
                lines.push(format!(
                    "{}{}{}{}{}",
                    self.say("邻近：", "near: "),
                    self.language.text(&finding.text),
                    self.say("（", " ("),
                    self.language.list(&differs),
                    self.say("）", ")")
                ));
            }
        }
        lines.retain(|line| !line.trim().is_empty());
        lines.join("\n")
    }

    /// Rows by file order: `12, 15–17`, at most a handful.
    fn row_numbers(&self, because: &[&Finding]) -> String {
        let mut rows: Vec<u64> =
            because.iter().flat_map(|finding| finding.evidence.iter().map(|cell| cell.row)).collect();
        rows.sort_unstable();
        rows.dedup();
        let mut runs: Vec<(u64, u64)> = Vec::new();
        for row in rows {
            match runs.last_mut() {
                Some((_, last)) if *last + 1 == row => *last = row,
                _ => runs.push((row, row)),
            }
        }
        let shown: Vec<String> = runs
            .iter()
            .take(12)
            .map(|(a, b)| if a == b { a.to_string() } else { format!("{a}–{b}") })
            .collect();
        let more = if runs.len() > 12 { self.say(" 等", " …") } else { "" };
        format!("{}{more}", shown.join(", "))
    }

    /// The first origin as a link; the others named below it.
    fn origin_cell(&self, sheet: &mut Sheet<'_>, because: &[&Finding]) -> Result<(), XlsxError> {
        let ids = unique(
            because
                .iter()
                .flat_map(|finding| finding.evidence.iter().map(|cell| cell.origin.clone()))
                .collect(),
        );
        let origins: Vec<_> = ids.iter().filter_map(|id| self.index.origin(id)).collect();
        let lines: Vec<String> = origins
            .iter()
            .map(|origin| {
                let repost = if origin.address_kind == Some(AddressKind::Repost) {
                    self.say("（转载）", " (repost)")
                } else {
                    ""
                };
                format!("{}{}{}{repost}", origin.publisher, self.say("：", ": "), origin.title)
            })
            .collect();
        sheet.link(&lines.join("\n"), origins.first().map_or("", |origin| &origin.address))
    }

    fn missing(&self, answer: &Answer) -> String {
        let lines: Vec<String> = answer
            .missing
            .iter()
            .map(|need| {
                let columns: Vec<String> = need
                    .columns
                    .iter()
                    .map(|column| names::column(&need.table, column, self.language))
                    .collect();
                let mut line = names::table(&need.table, self.language);
                if !columns.is_empty() {
                    line.push_str(&self.language.of(
                        format!("；列：{}", self.language.list(&columns)),
                        format!("; columns: {}", self.language.list(&columns)),
                    ));
                }
                if !need.rows.is_empty() {
                    line.push_str(&self.language.of(
                        format!("；行：{}", self.language.list(&need.rows)),
                        format!("; rows: {}", self.language.list(&need.rows)),
                    ));
                }
                line
            })
            .collect();
        lines.join("\n")
    }

    fn needs(&self) -> Result<Worksheet, XlsxError> {
        let columns = [
            ("可判定条数", "statements", 12.0),
            ("表", "table", 28.0),
            ("代码", "code", 20.0),
            ("所需的列", "columns", 40.0),
            ("所需的行", "rows", 40.0),
            ("可判定的表述", "statements it decides", 50.0),
        ];
        let mut sheet = self.sheet(("缺表", "Needs"), &columns)?;
        for need in &self.index.assessment.needs {
            sheet.next_row()?;
            let asked: Vec<_> = need
                .claims
                .iter()
                .flat_map(|id| self.index.answers(id))
                .flat_map(|entry| &entry.answer.missing)
                .filter(|missing| missing.table == need.table)
                .collect();
            let wanted = unique(
                asked
                    .iter()
                    .flat_map(|missing| {
                        missing.columns.iter().map(|column| names::column(&need.table, column, self.language))
                    })
                    .collect(),
            );
            let rows = unique(asked.iter().flat_map(|missing| missing.rows.clone()).collect());
            sheet.number(Some(need.statements as u64))?;
            match self.language.text(&need.title) {
                "" => sheet.text(&names::table(&need.table, self.language))?,
                title => sheet.text(title)?,
            }
            sheet.mono(&need.table)?;
            sheet.text(&self.language.list(&wanted))?;
            sheet.text(&self.language.list(&rows))?;
            sheet.mono(&need.claims.join(", "))?;
        }
        sheet.finish(columns.len())
    }

    fn findings(&self) -> Result<Worksheet, XlsxError> {
        let columns = [
            ("事实编号", "finding", 18.0),
            ("所述", "in words", 48.0),
            ("指标", "measure", 26.0),
            ("指标代码", "code", 24.0),
            ("对象", "subject", 14.0),
            ("时段", "period", 14.0),
            ("范围", "peers", 18.0),
            ("等级", "grade", 10.0),
            ("方法", "method", 30.0),
            ("证据文件", "file", 30.0),
            ("工作表", "sheet", 12.0),
            ("行", "row", 8.0),
            ("列", "column", 18.0),
            ("值", "value", 16.0),
            ("来源编号", "origin", 20.0),
        ];
        let mut sheet = self.sheet(("事实与证据", "Findings"), &columns)?;
        for finding in &self.index.assessment.findings {
            let cells = finding.evidence.iter().map(Some).chain(finding.evidence.is_empty().then_some(None));
            for (at, cell) in cells.enumerate() {
                sheet.next_row()?;
                sheet.mono(&finding.id)?;
                // every row stands by itself when it is sorted or filtered; only the first is made high
                let text = self.language.text(&finding.text);
                if at == 0 {
                    sheet.text(text)?;
                } else {
                    sheet.line(text)?;
                }
                sheet.line(&names::measure(&finding.key.measure, self.language))?;
                sheet.line(&finding.key.measure)?;
                sheet.text(&names::subject(&finding.key.subject, self.language))?;
                sheet.text(&names::period(&finding.key.period, self.language))?;
                sheet.mono(finding.key.scope.as_deref().unwrap_or(""))?;
                sheet.text(self.language.pair(words::grade(finding.grade)))?;
                sheet.line(&[finding.engine.as_str(), finding.method.as_str()].join(self.say("：", ": ")))?;
                let part = |of: fn(&zhidian_ledger::contract::Citation) -> &str| cell.map_or("", of);
                sheet.mono(part(|cell| &cell.file))?;
                sheet.text(part(|cell| cell.sheet.as_deref().unwrap_or("")))?;
                sheet.number(cell.map(|cell| cell.row))?;
                sheet.mono(part(|cell| &cell.column))?;
                sheet.text(part(|cell| &cell.value))?;
                sheet.mono(part(|cell| &cell.origin))?;
            }
        }
        sheet.finish(columns.len())
    }

    fn origins(&self) -> Result<Worksheet, XlsxError> {
        let columns = [
            ("编号", "id", 20.0),
            ("出版者", "publisher", 28.0),
            ("题名", "title", 44.0),
            ("等级", "grade", 10.0),
            ("读自", "read at", 44.0),
            ("原址或转载", "own or repost", 14.0),
            ("发布", "published", 13.0),
            ("版次", "edition", 12.0),
            ("许可", "licence", 20.0),
            ("SHA-256", "SHA-256", 30.0),
            ("须知", "note", 40.0),
        ];
        let mut sheet = self.sheet(("来源", "Origins"), &columns)?;
        for origin in &self.index.assessment.origins {
            sheet.next_row()?;
            sheet.mono(&origin.id)?;
            sheet.text(&origin.publisher)?;
            sheet.text(&origin.title)?;
            sheet.text(self.language.pair(words::grade(origin.grade)))?;
            sheet.link(&origin.address, &origin.address)?;
            sheet.text(match origin.address_kind {
                Some(AddressKind::Primary) => self.say("原址", "publisher’s own"),
                Some(AddressKind::Repost) => self.say("转载", "repost"),
                None => "",
            })?;
            sheet.text(origin.published.as_deref().unwrap_or(""))?;
            sheet.text(origin.edition.as_deref().unwrap_or(""))?;
            sheet.text(origin.licence.as_deref().unwrap_or(""))?;
            sheet.mono(origin.sha256.as_deref().unwrap_or(""))?;
            sheet.text(origin.note.as_deref().unwrap_or(""))?;
        }
        sheet.finish(columns.len())
    }

    fn problems(&self) -> Result<Worksheet, XlsxError> {
        let columns = [
            ("程度", "severity", 18.0),
            ("代码", "code", 22.0),
            ("文件", "file", 30.0),
            ("工作表", "sheet", 12.0),
            ("行", "row", 8.0),
            ("列", "column", 18.0),
            ("查到", "found", 30.0),
            ("应为", "expected", 30.0),
            ("怎样处理", "what to do", 50.0),
        ];
        let mut sheet = self.sheet(("问题", "Problems"), &columns)?;
        for problem in &self.index.assessment.problems {
            sheet.next_row()?;
            sheet.text(self.language.pair(words::severity(problem.severity)))?;
            sheet.mono(&problem.code)?;
            sheet.mono(&problem.file)?;
            sheet.text(problem.sheet.as_deref().unwrap_or(""))?;
            sheet.number(problem.row)?;
            sheet.mono(problem.column.as_deref().unwrap_or(""))?;
            sheet.text(&problem.found)?;
            sheet.text(&problem.expected)?;
            sheet.text(self.language.text(&problem.remedy))?;
        }
        sheet.finish(columns.len())
    }
}

/// A finding's key, canonically.
fn key(finding: &Finding) -> String {
    let key = &finding.key;
    let base = format!("{} {} {}", key.measure, key.subject, key.period);
    key.scope.as_ref().map_or(base.clone(), |scope| format!("{base} in {scope}"))
}

fn unique(items: Vec<String>) -> Vec<String> {
    let mut out: Vec<String> = Vec::new();
    for item in items {
        if !out.contains(&item) {
            out.push(item);
        }
    }
    out
}
