//! CSV to rows of cells (RFC 4180), with every irregularity kept in its place and no cell larger than allowed.
//!
//! Written here because a reader that answers for every row must say where a quote strays, where a cell was skipped for
//! its length, and which row of the file it is on when lines are blank or cells hold line ends.

/// What is irregular about a cell.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Irregular {
    /// A quote that neither opens nor closes a whole cell.
    Stray,
    /// It is longer than allowed: its length in bytes. Only its beginning is kept.
    Long(u64),
    /// It holds NUL characters.
    Nul,
    /// It was opened by a quote that nothing closes.
    Unclosed,
}

/// One row as it stands in the file.
#[derive(Debug)]
pub(crate) struct Record<'a> {
    /// Row of the file, the first being 1. Blank lines count; line ends within quotes do not.
    pub(crate) row: u64,
    text: &'a str,
    ends: &'a [usize],
    /// Cells found, kept or not.
    pub(crate) width: usize,
    /// Irregular cells by their position.
    pub(crate) irregular: &'a [(usize, Irregular)],
}

impl<'a> Record<'a> {
    /// Its cells, at most as many as the limit on columns.
    pub(crate) fn cells(&self) -> impl Iterator<Item = &'a str> {
        let (text, mut from) = (self.text, 0);
        self.ends.iter().map(move |&end| {
            let cell = text.get(from..end).unwrap_or_default();
            from = end;
            cell
        })
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum State {
    /// Nothing of the cell was seen.
    Start,
    /// In a cell without quotes.
    Bare,
    /// Within quotes.
    Quoted,
    /// Just after a quote within quotes: it closes the cell or doubles.
    Closing,
}

/// Splits text, given in any pieces, into records.
#[derive(Debug)]
pub(crate) struct Splitter {
    delimiter: u8,
    most_bytes: usize,
    most_columns: usize,
    state: State,
    buffer: Vec<u8>,
    ends: Vec<usize>,
    irregular: Vec<(usize, Irregular)>,
    width: usize,
    /// Where the current cell starts in the buffer.
    from: usize,
    /// Length of the current cell, kept or not.
    length: u64,
    row: u64,
    /// Was anything of the record seen?
    begun: bool,
    /// Where the record starts, in bytes of all that was fed.
    start: usize,
    /// Bytes fed in earlier pieces.
    fed: usize,
    /// A carriage return was the last thing seen.
    after_return: bool,
    /// The quoted cell at hand holds a line end.
    spans: bool,
    /// Shall reading stop at a sign that a quote was never closed?
    wary: bool,
    /// Such a sign was seen.
    torn: bool,
}

impl Splitter {
    /// For cells of at most `most_bytes` and rows of at most `most_columns`.
    pub(crate) fn new(delimiter: u8, most_bytes: usize, most_columns: usize) -> Self {
        Self {
            delimiter,
            most_bytes,
            most_columns,
            state: State::Start,
            buffer: Vec::new(),
            ends: Vec::new(),
            irregular: Vec::new(),
            width: 0,
            from: 0,
            length: 0,
            row: 1,
            begun: false,
            start: 0,
            fed: 0,
            after_return: false,
            spans: false,
            wary: false,
            torn: false,
        }
    }

    /// Starts at another row than the first.
    pub(crate) fn at_row(mut self, row: u64) -> Self {
        self.row = row;
        self
    }

    /// Takes the next piece. `see` answers whether to go on.
    pub(crate) fn feed(&mut self, piece: &str, see: &mut dyn FnMut(Record<'_>) -> bool) -> bool {
        let bytes = piece.as_bytes();
        let mut at = 0;
        while at < bytes.len() {
            if std::mem::take(&mut self.after_return) && bytes[at] == b'\n' {
                at += 1;
                continue;
            }
            if !self.begun {
                self.start = self.fed + at;
            }
            // Everything up to the next byte that means something is copied at once.
            let quoted = self.state == State::Quoted;
            let run = bytes[at..].iter().position(|&b| match b {
                b'"' => true,
                b'\n' | b'\r' => !quoted,
                _ => b == self.delimiter && !quoted,
            });
            let end = run.map_or(bytes.len(), |run| at + run);
            if end > at {
                self.content(&piece[at..end]);
                at = end;
                if self.torn {
                    return false;
                }
                continue;
            }
            let byte = bytes[at];
            at += 1;
            match byte {
                b'"' => self.quote(),
                b'\n' | b'\r' => {
                    self.after_return = byte == b'\r';
                    if !self.end_record(see) {
                        return false;
                    }
                }
                _ => {
                    self.begun = true;
                    self.end_cell();
                }
            }
        }
        self.fed += bytes.len();
        true
    }

    /// The last record, if the text does not end with a line end. A quote that was not closed is noted in it.
    pub(crate) fn finish(mut self, see: &mut dyn FnMut(Record<'_>) -> bool) {
        if self.state == State::Quoted {
            self.irregular.push((self.width, Irregular::Unclosed));
        }
        if self.begun {
            self.end_record(see);
        }
    }

    fn content(&mut self, run: &str) {
        self.begun = true;
        match self.state {
            State::Start => self.state = State::Bare,
            State::Closing => {
                // Text right after a quote that came lines later: that quote opened another cell.
                self.torn = self.wary && self.spans;
                self.note(Irregular::Stray);
                self.state = State::Bare;
            }
            State::Quoted => self.spans = self.spans || run.contains('\n'),
            State::Bare => {}
        }
        self.keep(run);
    }

    fn quote(&mut self) {
        self.begun = true;
        match self.state {
            State::Start => self.state = State::Quoted,
            State::Quoted => self.state = State::Closing,
            State::Closing => {
                self.keep("\"");
                self.state = State::Quoted;
            }
            State::Bare => {
                self.note(Irregular::Stray);
                self.keep("\"");
            }
        }
    }

    /// Keeps a run of text, or as much of it as the limit allows.
    fn keep(&mut self, run: &str) {
        let before = self.length;
        self.length += run.len() as u64;
        if self.width >= self.most_columns {
            return;
        }
        if run.as_bytes().contains(&0) {
            self.note(Irregular::Nul);
        }
        let kept = self.buffer.len() - self.from;
        if before > kept as u64 {
            // Its end was cut off before.
            return;
        }
        let room = self.most_bytes.saturating_sub(kept);
        let kept = if run.len() <= room { run } else { &run[..run.floor_char_boundary(room)] };
        self.buffer.extend_from_slice(kept.as_bytes());
    }

    fn note(&mut self, irregular: Irregular) {
        let entry = (self.width, irregular);
        if self.irregular.last() != Some(&entry) && self.width < self.most_columns {
            self.irregular.push(entry);
        }
    }

    fn end_cell(&mut self) {
        if self.length > self.most_bytes as u64 {
            self.note(Irregular::Long(self.length));
        }
        if self.width < self.most_columns {
            self.ends.push(self.buffer.len());
        }
        self.width += 1;
        self.from = self.buffer.len();
        self.length = 0;
        self.spans = false;
        self.state = State::Start;
    }

    fn end_record(&mut self, see: &mut dyn FnMut(Record<'_>) -> bool) -> bool {
        let row = self.row;
        self.row += 1;
        if !std::mem::take(&mut self.begun) {
            return true;
        }
        self.end_cell();
        let text = std::str::from_utf8(&self.buffer).unwrap_or_default();
        let record = Record { row, text, ends: &self.ends, width: self.width, irregular: &self.irregular };
        let go_on = see(record);
        self.buffer.clear();
        self.ends.clear();
        self.irregular.clear();
        self.width = 0;
        self.from = 0;
        go_on
    }
}

/// Splits a text at hand. After a quote that nothing closes the rows below it are read all the same: the line with the
/// quote is given with the irregularity, and reading goes on with the next line.
pub(crate) fn split(
    text: &str,
    delimiter: u8,
    most_bytes: usize,
    most_columns: usize,
    see: &mut dyn FnMut(Record<'_>) -> bool,
) {
    // Mending reads on from the line below the quote, so each time costs another pass: some are, very many are not.
    const PASSES: usize = 64;
    let (mut rest, mut row) = (text, 1);
    for pass in 1.. {
        let fresh = |row| Splitter::new(delimiter, most_bytes, most_columns).at_row(row);
        let mut splitter = Splitter { wary: pass < PASSES, ..fresh(row) };
        let go_on = splitter.feed(rest, see);
        let open = splitter.torn || (go_on && splitter.state == State::Quoted && pass < PASSES);
        if !open {
            if go_on {
                splitter.finish(see);
            }
            return;
        }
        let from = &rest[splitter.start..];
        let (line, below) = from.split_once('\n').unwrap_or((from, ""));
        row = splitter.row;
        let mut splitter = fresh(row);
        if !splitter.feed(line.trim_end_matches('\r'), see) {
            return;
        }
        splitter.finish(see);
        (rest, row) = (below, row + 1);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    type Row = (u64, Vec<String>, Vec<(usize, Irregular)>);

    fn rows(text: &str) -> Vec<Row> {
        let mut rows = Vec::new();
        split(text, b',', 16, 4, &mut |record| {
            let cells = record.cells().map(str::to_owned).collect();
            rows.push((record.row, cells, record.irregular.to_vec()));
            true
        });
        rows
    }

    fn cells(text: &str) -> Vec<Vec<String>> {
        rows(text).into_iter().map(|(_, cells, _)| cells).collect()
    }

    #[test]
    fn quotes_line_ends_and_blank_lines() {
        let text = "a,b\r\n\"x, \"\"y\"\"\",\"two\nlines\"\n\n,\r3,4";
        assert_eq!(
            cells(text),
            [vec!["a", "b"], vec!["x, \"y\"", "two\nlines"], vec!["", ""], vec!["3", "4"]]
        );
        let numbers: Vec<_> = rows(text).iter().map(|row| row.0).collect();
        assert_eq!(numbers, [1, 2, 4, 5]);
        assert_eq!(
            rows("a\n\"\"\nb"),
            [(1, vec!["a".into()], vec![]), (2, vec![String::new()], vec![]), (3, vec!["b".into()], vec![]),]
        );
    }

    #[test]
    fn irregular_cells_keep_their_place() {
        let long = "x".repeat(40);
        let text = format!("12\",b\nc,\"d\"e\n1,{long},3\na\0,b\n1,2,3,4,5,6\n");
        let rows = rows(&text);
        assert_eq!(rows[0], (1, vec!["12\"".into(), "b".into()], vec![(0, Irregular::Stray)]));
        assert_eq!(rows[1], (2, vec!["c".into(), "de".into()], vec![(1, Irregular::Stray)]));
        assert_eq!(rows[2].1, ["1", &long[..16], "3"]);
        assert_eq!(rows[2].2, [(1, Irregular::Long(40))]);
        assert_eq!(rows[3].2, [(0, Irregular::Nul)]);
        assert_eq!(rows[4].1, ["1", "2", "3", "4"]);
    }

    #[test]
    fn rows_below_an_open_quote_are_read() {
        let rows = rows("a,b\n1,\"2\n3,4\n5,6");
        assert_eq!(rows[1], (2, vec!["1".into(), "2".into()], vec![(1, Irregular::Unclosed)]));
        assert_eq!(rows[2], (3, vec!["3".into(), "4".into()], vec![]));
        assert_eq!(rows[3].0, 4);
    }

    #[test]
    fn a_quote_that_another_one_seems_to_close_is_open_all_the_same() {
        let rows = rows("a,\"1,b\nc,2,d\ne,\"3\",f\n");
        assert_eq!(rows[0], (1, vec!["a".into(), "1,b".into()], vec![(1, Irregular::Unclosed)]));
        assert_eq!(rows[1], (2, vec!["c".into(), "2".into(), "d".into()], vec![]));
        assert_eq!(rows[2], (3, vec!["e".into(), "3".into(), "f".into()], vec![]));
    }

    proptest! {
        #[test]
        fn what_the_csv_crate_writes_reads_back(
            table in prop::collection::vec(prop::collection::vec("[a-z,\"\n\r 衢]{0,5}", 3..=3), 1..6)
        ) {
            let mut writer = csv::Writer::from_writer(Vec::new());
            for row in &table {
                writer.write_record(row).unwrap();
            }
            let text = String::from_utf8(writer.into_inner().unwrap()).unwrap();
            prop_assert_eq!(cells(&text), table);
        }

        #[test]
        fn any_text_in_any_pieces_gives_the_same_rows(text in "[a\",\n\r衢]{0,40}", cut in 0_usize..40) {
            let mut at = cut.min(text.len());
            while !text.is_char_boundary(at) { at -= 1; }
            let (mut one, mut two) = (Vec::new(), Vec::new());
            let collect = |rows: &mut Vec<Row>, record: Record<'_>| {
                rows.push((record.row, record.cells().map(str::to_owned).collect(), record.irregular.to_vec()));
                true
            };
            let mut splitter = Splitter::new(b',', 16, 4);
            splitter.feed(&text, &mut |record| collect(&mut one, record));
            splitter.finish(&mut |record| collect(&mut one, record));
            let mut splitter = Splitter::new(b',', 16, 4);
            splitter.feed(&text[..at], &mut |record| collect(&mut two, record));
            splitter.feed(&text[at..], &mut |record| collect(&mut two, record));
            splitter.finish(&mut |record| collect(&mut two, record));
            prop_assert_eq!(one, two);
        }
    }
}
