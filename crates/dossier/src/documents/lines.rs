//! What a document's own structure says, as text: paragraphs that end where the document says so, tables as rows.

/// Ends a paragraph whose end the document states, so that no reader of broken lines joins it to the next.
pub(super) const PARAGRAPH: char = '\u{2029}';

/// Most cells of a table row that are kept.
const WIDEST: usize = 64;

/// Text in the making: paragraphs, headings and tables, one below the other.
#[derive(Debug, Default)]
pub(super) struct Lines {
    text: String,
    most: usize,
}

impl Lines {
    /// Text of at most `most` bytes.
    pub(super) fn new(most: u64) -> Self {
        Self { text: String::new(), most: usize::try_from(most).unwrap_or(usize::MAX) }
    }

    /// A paragraph, its blanks made single; a heading of `level` where that is not zero.
    pub(super) fn paragraph(&mut self, words: &str, level: usize) {
        let words = single_blanks(words);
        if words.is_empty() {
            return;
        }
        if level > 0 {
            self.text.extend(std::iter::repeat_n('#', level.min(6)));
            self.text.push(' ');
        }
        self.text.push_str(&words);
        self.text.push(PARAGRAPH);
        self.text.push('\n');
    }

    /// A table: its rows between bars, as Markdown writes them. A table of one column is paragraphs.
    pub(super) fn table(&mut self, rows: &[Vec<String>]) {
        let width = rows.iter().map(Vec::len).max().unwrap_or_default().min(WIDEST);
        if width < 2 || rows.len() < 2 {
            for cell in rows.iter().flatten() {
                self.paragraph(cell, 0);
            }
            return;
        }
        for (i, row) in rows.iter().enumerate() {
            for cell in 0..width {
                let words =
                    row.get(cell).map(|cell| single_blanks(cell).replace('|', "｜")).unwrap_or_default();
                self.text.push_str("| ");
                self.text.push_str(&words);
                self.text.push(' ');
            }
            self.text.push_str("|\n");
            if i == 0 {
                self.text.extend(std::iter::repeat_n("|---", width));
                self.text.push_str("|\n");
            }
        }
    }

    /// Whether more text was put in than it may hold.
    pub(super) fn full(&self) -> bool {
        self.text.len() > self.most
    }

    /// The text.
    pub(super) fn finish(self) -> String {
        self.text
    }
}

/// Words with single blanks between them; none beside Chinese characters.
fn single_blanks(words: &str) -> String {
    let mut out = String::with_capacity(words.len());
    let mut pending = false;
    for c in words.chars() {
        if c.is_whitespace() || c == '\u{200b}' || c == '\u{feff}' {
            pending = !out.is_empty();
            continue;
        }
        if std::mem::take(&mut pending) {
            let wide = |c: char| c >= '\u{2e80}';
            if !(out.chars().next_back().is_some_and(wide) || wide(c)) {
                out.push(' ');
            }
        }
        out.push(c);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paragraphs_and_tables() {
        let mut lines = Lines::new(1000);
        lines.paragraph("  去年全市\n 增长5%，\tGDP  reached  ", 0);
        lines.table(&[vec!["指标".into(), "数".into()], vec!["甲|乙".into(), "3".into()]]);
        assert_eq!(
            lines.finish(),
            "去年全市增长5%，GDP reached\u{2029}\n| 指标 | 数 |\n|---|---|\n| 甲｜乙 | 3 |\n"
        );
    }
}
