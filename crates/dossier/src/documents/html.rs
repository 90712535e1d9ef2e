//! Web pages: the words of paragraphs, headings, lists and tables, without scripts, styles and forms.

use std::cell::RefCell;

use html5ever::tendril::StrTendril;
use html5ever::tokenizer::{
    BufferQueue, Tag, TagKind, Token, TokenSink, TokenSinkResult, Tokenizer, TokenizerOpts, states,
};

use super::lines::Lines;

/// Most tables within tables that are kept apart; deeper ones are words of their cell.
const DEEPEST: usize = 16;
/// What is no text of the page.
const SILENT: [&str; 11] = [
    "script", "style", "noscript", "template", "svg", "select", "button", "iframe", "object", "textarea",
    "head",
];
/// What stands on lines of its own.
const BLOCKS: [&str; 31] = [
    "p",
    "div",
    "section",
    "article",
    "main",
    "header",
    "footer",
    "nav",
    "aside",
    "ul",
    "ol",
    "li",
    "dl",
    "dt",
    "dd",
    "blockquote",
    "pre",
    "figure",
    "figcaption",
    "address",
    "form",
    "fieldset",
    "hr",
    "br",
    "body",
    "html",
    "center",
    "details",
    "summary",
    "caption",
    "h1",
];

/// The text of a page, at most `most` bytes of it; none if it holds more.
pub(super) fn text(page: &str, most: u64) -> Option<String> {
    let sink = Sink(RefCell::new(Page { lines: Lines::new(most), ..Page::default() }));
    let tokenizer = Tokenizer::new(sink, TokenizerOpts::default());
    let input = BufferQueue::default();
    input.push_back(StrTendril::from_slice(page));
    let _ = tokenizer.feed(&input);
    tokenizer.end();
    let mut page = tokenizer.sink.0.into_inner();
    page.close_tables();
    page.flush();
    (!page.lines.full()).then(|| page.lines.finish())
}

struct Sink(RefCell<Page>);

impl TokenSink for Sink {
    type Handle = ();

    fn process_token(&self, token: Token, _line: u64) -> TokenSinkResult<()> {
        let mut page = self.0.borrow_mut();
        match token {
            Token::TagToken(tag) => return page.tag(&tag),
            Token::CharacterTokens(words) => page.say(&words),
            _ => {}
        }
        TokenSinkResult::Continue
    }
}

/// A table being read.
#[derive(Default)]
struct Table {
    rows: Vec<Vec<String>>,
    /// Cells of rows below that a tall cell reaches into: column, rows left, words.
    tall: Vec<(usize, usize, String)>,
    /// How many columns and rows the cell in hand spans; none outside cells.
    cell: Option<(usize, usize)>,
}

#[derive(Default)]
struct Page {
    lines: Lines,
    words: String,
    level: usize,
    silent: Vec<String>,
    tables: Vec<Table>,
}

impl Page {
    fn say(&mut self, words: &str) {
        if self.silent.is_empty() && !self.lines.full() {
            self.words.push_str(words);
        }
    }

    fn tag(&mut self, tag: &Tag) -> TokenSinkResult<()> {
        let name = &*tag.name;
        let opens = tag.kind == TagKind::StartTag;
        if let Some(silent) = self.silent.last() {
            if !opens && silent == name {
                self.silent.pop();
            } else if opens && silent == "head" && name == "body" {
                self.silent.pop(); // a head left open ends with the body
            } else if opens && silent == "head" {
                return raw(name);
            }
            return TokenSinkResult::Continue;
        }
        if opens && SILENT.contains(&name) && !tag.self_closing {
            self.silent.push(name.to_owned());
            return raw(name);
        }
        match name {
            "table" if opens => {
                self.flush();
                if self.tables.len() < DEEPEST {
                    self.tables.push(Table::default());
                }
            }
            "table" => self.close_table(),
            "tr" => {
                self.close_cell();
                if let Some(table) = self.tables.last_mut().filter(|_| opens) {
                    table.begin_row();
                }
            }
            "td" | "th" => {
                self.close_cell();
                if let Some(table) = self.tables.last_mut().filter(|_| opens) {
                    let span = |name: &str| {
                        let said = tag.attrs.iter().find(|attr| &*attr.name.local == name);
                        said.and_then(|attr| attr.value.trim().parse().ok()).unwrap_or(1).clamp(1, 64)
                    };
                    if table.rows.is_empty() {
                        table.begin_row();
                    }
                    table.cell = Some((span("colspan"), span("rowspan")));
                    self.words.clear();
                }
            }
            "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => {
                self.flush();
                self.level = if opens { usize::from(name.as_bytes()[1] - b'0') } else { 0 };
            }
            name if BLOCKS.contains(&name) => self.flush(),
            _ => {}
        }
        TokenSinkResult::Continue
    }

    /// Ends the paragraph in hand. Within a cell its words stay together.
    fn flush(&mut self) {
        if self.tables.last().is_some_and(|table| table.cell.is_some()) {
            self.words.push(' ');
            return;
        }
        let words = std::mem::take(&mut self.words);
        if !self.lines.full() {
            self.lines.paragraph(&words, self.level);
        }
    }

    fn close_cell(&mut self) {
        let Some(table) = self.tables.last_mut() else { return };
        let Some((wide, tall)) = table.cell.take() else { return };
        table.put(std::mem::take(&mut self.words), wide, tall);
    }

    fn close_table(&mut self) {
        self.close_cell();
        let Some(table) = self.tables.pop() else { return };
        match self.tables.last() {
            // A table within a cell is words of that cell.
            Some(outer) if outer.cell.is_some() => {
                let words: Vec<String> = table.rows.iter().map(|row| row.join(" ")).collect();
                self.words.push_str(&words.join(" "));
            }
            _ => self.lines.table(&table.rows),
        }
    }

    fn close_tables(&mut self) {
        while !self.tables.is_empty() {
            self.close_table();
        }
    }
}

impl Table {
    fn begin_row(&mut self) {
        self.rows.push(Vec::new());
        self.fill();
    }

    /// Puts a cell into the row in hand, over as many columns as it is wide, and keeps it for the rows it reaches into.
    fn put(&mut self, words: String, wide: usize, tall: usize) {
        let Some(row) = self.rows.last_mut() else { return };
        for _ in 0..wide {
            if tall > 1 {
                self.tall.push((row.len(), tall - 1, words.clone()));
            }
            row.push(words.clone());
        }
        self.fill();
    }

    /// Copies what reaches into the row in hand from above.
    fn fill(&mut self) {
        let Some(row) = self.rows.last_mut() else { return };
        while let Some(cell) =
            self.tall.iter_mut().find(|(column, left, _)| *column == row.len() && *left > 0)
        {
            cell.1 -= 1;
            row.push(cell.2.clone());
            // Cells begun in this very row do not reach into it.
        }
        self.tall.retain(|(_, left, _)| *left > 0);
    }
}

/// Elements whose inside is no markup.
fn raw(name: &str) -> TokenSinkResult<()> {
    match name {
        "script" => TokenSinkResult::RawData(states::RawKind::ScriptData),
        "style" | "iframe" | "noscript" => TokenSinkResult::RawData(states::RawKind::Rawtext),
        "textarea" | "title" => TokenSinkResult::RawData(states::RawKind::Rcdata),
        _ => TokenSinkResult::Continue,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_without_scripts_and_with_tables() {
        let page = "<html><head><title>某报</title><script>if (a < b) { }</script></head><body><h2>工作报告</h2>\
            <p>全市生产总值<b>860</b>亿元，\n 增长5%</p><div>第二段<br>第三段</div>\
            <table><tr><th rowspan=2>指标</th><th colspan=2>2025年</th></tr><tr><th>数</th><th>增长</th></tr>\
            <tr><td>出口</td><td>12</td><td>3</td></tr></table><style>p { }</style></body></html>";
        let text = text(page, 10_000).unwrap();
        assert_eq!(
            text,
            "## 工作报告\u{2029}\n全市生产总值860亿元，增长5%\u{2029}\n第二段\u{2029}\n第三段\u{2029}\n\
             | 指标 | 2025年 | 2025年 |\n|---|---|---|\n| 指标 | 数 | 增长 |\n| 出口 | 12 | 3 |\n"
        );
    }

    #[test]
    fn a_page_cut_off_and_one_too_long() {
        assert_eq!(
            text("<p>甲<table><tr><td>乙<td>丙<tr><td>丁<td>戊", 1000).unwrap().matches('|').count(),
            9
        );
        assert!(text(&"<p>甲乙丙</p>".repeat(100), 64).is_none());
    }
}
