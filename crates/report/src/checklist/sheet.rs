//! A sheet that is filled from the top, and how its cells look.

use crate::words;
use rust_xlsxwriter::{Color, Format, FormatAlign, FormatBorder, FormatUnderline, Url, Worksheet, XlsxError};
use zhidian_ledger::contract::Outcome;

/// The most characters a cell holds.
const CELL: usize = 32_767;
/// The most lines a row is made high enough for; the cell holds the rest.
const LINES: u32 = 14;
/// The number of the paper size in the format.
const A3: u8 = 8;

/// The formats of the workbook.
pub(super) struct Look {
    pub(super) head: Format,
    pub(super) text: Format,
    pub(super) line: Format,
    pub(super) mono: Format,
    pub(super) number: Format,
    pub(super) link: Format,
    pub(super) note: Format,
}

impl Look {
    pub(super) fn new() -> Self {
        let cell = Format::new()
            .set_align(FormatAlign::Top)
            .set_border(FormatBorder::Hair)
            .set_border_color(Color::RGB(0x00C9_C3B4))
            .set_font_name("Microsoft YaHei")
            .set_font_size(10);
        let line = cell.clone().set_quote_prefix();
        let text = line.clone().set_text_wrap();
        Self {
            head: cell
                .clone()
                .set_bold()
                .set_text_wrap()
                .set_background_color(Color::RGB(0x00F1_EEE6))
                .set_border_bottom(FormatBorder::Medium),
            line,
            mono: text.clone().set_font_name("Consolas"),
            number: cell.set_align(FormatAlign::Center),
            link: text.clone().set_font_color(Color::RGB(0x0008_638C)).set_underline(FormatUnderline::Single),
            note: text.clone().set_background_color(Color::RGB(0x00FF_FDF2)).set_unlocked(),
            text,
        }
    }

    /// The fill of an outcome; the word stands in the cell, so the fill only helps.
    pub(super) fn outcome(&self, outcome: Outcome) -> Format {
        let (fill, ink) = match words::family(outcome) {
            words::Family::Agree => (0x00E1_EEF4, 0x0008_638C),
            words::Family::Against => (0x00F8_E5E1, 0x009E_1B12),
            words::Family::Open => (0x00F6_EFD8, 0x0085_6500),
            words::Family::Word => (0x00EC_EDEF, 0x004F_5661),
        };
        self.text.clone().set_bold().set_background_color(Color::RGB(fill)).set_font_color(Color::RGB(ink))
    }
}

/// A sheet being filled from the top.
pub(super) struct Sheet<'l> {
    sheet: Worksheet,
    row: u32,
    column: u16,
    /// Of every column, in characters.
    widths: Vec<f64>,
    /// Lines the row in hand needs.
    lines: u32,
    look: &'l Look,
}

impl<'l> Sheet<'l> {
    /// A sheet with its header row frozen and its columns wide enough: title, width in characters.
    pub(super) fn new(look: &'l Look, name: &str, columns: &[(&str, f64)]) -> Result<Self, XlsxError> {
        let mut sheet = Worksheet::new();
        sheet.set_name(name)?.set_freeze_panes(1, 2)?.set_landscape().set_paper_size(A3);
        sheet.set_print_fit_to_pages(1, 0).set_repeat_rows(0, 0)?;
        sheet.set_row_height(0, 30)?;
        for (at, (title, width)) in (0_u16..).zip(columns) {
            sheet.write_string_with_format(0, at, *title, &look.head)?;
            sheet.set_column_width(at, *width)?;
        }
        let widths = columns.iter().map(|(_, width)| *width).collect();
        Ok(Self { sheet, row: 0, column: 0, widths, lines: 0, look })
    }

    pub(super) fn next_row(&mut self) -> Result<(), XlsxError> {
        self.close_row()?;
        self.row += 1;
        self.column = 0;
        Ok(())
    }

    /// Gives the row in hand the height its longest cell needs; programs differ in whether they work it out themselves.
    fn close_row(&mut self) -> Result<(), XlsxError> {
        if self.row > 0 {
            self.sheet.set_row_height(self.row, f64::from(self.lines.clamp(1, LINES)) * 14.0 + 3.0)?;
        }
        self.lines = 0;
        Ok(())
    }

    /// Takes note of how many lines a text fills in the column in hand; a Han character is two wide.
    fn measure(&mut self, text: &str) {
        let width = self.widths.get(usize::from(self.column)).copied().unwrap_or(10.0).max(2.0) * 0.94;
        let lines: f64 = text
            .split('\n')
            .map(|line| {
                let columns: u32 = line.chars().map(|c| if (c as u32) < 0x1100 { 1 } else { 2 }).sum();
                (f64::from(columns) / width).ceil().max(1.0)
            })
            .sum();
        // a few dozen lines at most are shown, so the cast is exact
        self.lines = self.lines.max(lines.min(f64::from(LINES)) as u32);
    }

    pub(super) fn put(&mut self, text: &str, format: &Format) -> Result<(), XlsxError> {
        let text = clean(text);
        self.measure(&text);
        if text.is_empty() {
            self.sheet.write_blank(self.row, self.column, format)?;
        } else {
            self.sheet.write_string_with_format(self.row, self.column, text, format)?;
        }
        self.column += 1;
        Ok(())
    }

    pub(super) fn text(&mut self, text: &str) -> Result<(), XlsxError> {
        self.put(text, &self.look.text)
    }

    /// Text on one line, cut by the cell beside it.
    pub(super) fn line(&mut self, text: &str) -> Result<(), XlsxError> {
        let lines = self.lines;
        self.put(&text.replace('\n', " "), &self.look.line)?;
        self.lines = lines;
        Ok(())
    }

    pub(super) fn mono(&mut self, text: &str) -> Result<(), XlsxError> {
        self.put(text, &self.look.mono)
    }

    pub(super) fn number(&mut self, number: Option<u64>) -> Result<(), XlsxError> {
        match number {
            // rows and counts are far below 2^53
            Some(number) => self.sheet.write_number_with_format(
                self.row,
                self.column,
                number as f64,
                &self.look.number,
            )?,
            None => self.sheet.write_blank(self.row, self.column, &self.look.number)?,
        };
        self.column += 1;
        Ok(())
    }

    /// A link where the address is one, text where it is not or is longer than a link may be.
    pub(super) fn link(&mut self, text: &str, address: &str) -> Result<(), XlsxError> {
        let web = crate::html::link(address).filter(|address| address.chars().count() <= 2000);
        let linked = match web {
            Some(address) => {
                let url = Url::new(address).set_text(clean(text));
                self.sheet.write_url_with_format(self.row, self.column, url, &self.look.link).is_ok()
            }
            None => false,
        };
        if linked {
            self.measure(text);
            self.column += 1;
            Ok(())
        } else {
            self.text(text)
        }
    }

    pub(super) fn finish(mut self, columns: usize) -> Result<Worksheet, XlsxError> {
        self.close_row()?;
        let last = u16::try_from(columns.saturating_sub(1)).unwrap_or(0);
        self.sheet.autofilter(0, 0, self.row, last)?;
        Ok(self.sheet)
    }
}

/// Text a cell can hold: no control characters but line feeds, no longer than the format allows.
fn clean(text: &str) -> String {
    let mut out: String = text.chars().filter(|c| *c == '\n' || !c.is_control()).collect();
    if out.encode_utf16().count() > CELL {
        let mut units = 0;
        out = out
            .chars()
            .take_while(|c| {
                units += c.len_utf16();
                units < CELL
            })
            .collect();
        out.push('…');
    }
    out
}
