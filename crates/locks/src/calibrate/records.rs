//! Reading records: a table with one row a ship and columns for arrival, start, end and direction.
//!
//! Comma, semicolon, tab or bar between cells; UTF-8, UTF-16 or GB18030. Times are numbers (minutes, or what the header
//! says), dates of many forms, times of day beside a column of dates, or the serial days of spreadsheets. What cannot be
//! used is left out and named; the rest works.

use super::columns::{Column, Found, find};
use crate::{Direction, clock};
use std::collections::BTreeSet;
use std::io::Read;

/// One ship's passage. Times are minutes from the first midnight before the first arrival.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Record {
    /// Row of the file, the header being row 1.
    pub row: u64,
    /// When it came.
    pub arrival: f64,
    /// When its lockage started.
    pub start: f64,
    /// When it left, where given.
    pub end: Option<f64>,
    /// Which way.
    pub direction: Direction,
    /// Its name, where given.
    pub ship: String,
    /// The chamber, where given.
    pub chamber: String,
    /// Length in metres, beam in metres, deadweight and cargo in tonnes, where given.
    pub sizes: [Option<f64>; 4],
}

/// A row left out, or a file that cannot be used.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RecordProblem {
    /// Row of the file; none for the whole file.
    pub row: Option<u64>,
    /// Column.
    pub column: &'static str,
    /// What stands there.
    pub found: String,
    /// What should.
    pub expected: &'static str,
}

/// Rows read at most.
const MOST: usize = 5_000_000;
/// Bytes read at most.
const LARGEST: u64 = 1 << 30;
/// Problems kept at most.
const PROBLEMS: usize = 1_000;

fn of_file(column: &'static str, found: impl Into<String>, expected: &'static str) -> RecordProblem {
    RecordProblem { row: None, column, found: found.into(), expected }
}

/// Reads records in order of start. Bad rows are left out and named.
pub fn read_records(input: impl Read) -> (Vec<Record>, Vec<RecordProblem>) {
    let mut bytes = vec![];
    if let Err(error) = input.take(LARGEST).read_to_end(&mut bytes) {
        return (vec![], vec![of_file("arrival", error.to_string(), "a file that can be read")]);
    }
    let text = decoded(&bytes);
    let delimiter = delimiter(&text);
    let mut reader = csv::ReaderBuilder::new()
        .flexible(true)
        .has_headers(false)
        .delimiter(delimiter)
        .trim(csv::Trim::All)
        .from_reader(text.as_bytes());
    let mut rows = reader.records();
    // Titles and blank lines may stand above the header.
    let mut header = vec![];
    let mut columns = vec![];
    for line in rows.by_ref().take(20) {
        let Ok(line) = line else { continue };
        let names: Vec<String> = line.iter().map(ToOwned::to_owned).collect();
        let found = find(&names);
        if found.len() > columns.len() {
            (header, columns) = (names, found);
        }
        if has(&columns, Column::Arrival) && has(&columns, Column::Direction) {
            break;
        }
    }
    let mut problems = lacking(&columns, &header);
    if !problems.is_empty() {
        return (vec![], problems);
    }
    let mut lines: Vec<(u64, csv::StringRecord)> = vec![];
    for line in rows {
        match line {
            Ok(line) if line.iter().all(str::is_empty) => {}
            Ok(line) if lines.len() < MOST => {
                lines.push((line.position().map_or(0, |place| row_of(&text, place)), line));
            }
            Ok(_) => break,
            Err(error) => {
                let row = error.position().map(csv::Position::line);
                problems.push(RecordProblem { row, ..of_file("arrival", error.to_string(), "a row of CSV") });
            }
        }
    }
    let table = Table::new(&columns, &lines, delimiter);
    let mut records = vec![];
    let mut previous = Previous::default();
    let mut seen: BTreeSet<(u64, u64, usize, String)> = BTreeSet::new();
    for (row, line) in &lines {
        let taken = table.record(*row, line, &mut previous).and_then(|record| {
            let key = (
                record.arrival.to_bits(),
                record.start.to_bits(),
                record.direction.index(),
                format!("{}|{}", record.ship, record.chamber),
            );
            // Ships without a name may come and go together.
            match record.ship.is_empty() || seen.insert(key) {
                true => Ok(record),
                false => Err(table.fault(*row, line, Column::Ship, "a passage that is not listed twice")),
            }
        });
        match taken {
            Ok(record) => records.push(record),
            Err(problem) if problems.len() < PROBLEMS => problems.push(problem),
            Err(_) => {}
        }
    }
    from_first_midnight(&mut records);
    (records, problems)
}

fn from_first_midnight(records: &mut [Record]) {
    let first = records.iter().map(|record| record.arrival).fold(f64::INFINITY, f64::min);
    if first.is_finite() {
        let midnight = (first / 1_440.0).floor() * 1_440.0;
        for record in records.iter_mut() {
            record.arrival -= midnight;
            record.start -= midnight;
            record.end = record.end.map(|end| end - midnight);
        }
    }
    records.sort_by(|a, b| {
        a.start.total_cmp(&b.start).then(a.arrival.total_cmp(&b.arrival)).then(a.row.cmp(&b.row))
    });
}

fn has(columns: &[(Column, Found)], column: Column) -> bool {
    columns.iter().any(|(found, _)| *found == column)
}

/// What a table must have and this one has not.
fn lacking(columns: &[(Column, Found)], header: &[String]) -> Vec<RecordProblem> {
    let found = || header.join(",").chars().take(200).collect::<String>();
    let mut problems = vec![];
    for (column, instead) in
        [(Column::Arrival, None), (Column::Start, Some(Column::Wait)), (Column::Direction, None)]
    {
        if !has(columns, column) && !instead.is_some_and(|instead| has(columns, instead)) {
            let expected = "columns arrival, start (or wait), direction and, if known, end, ship and chamber";
            problems.push(of_file(column.name(), found(), expected));
        }
    }
    problems
}

/// The row a record begins in: blank rows before it count.
fn row_of(text: &str, place: &csv::Position) -> u64 {
    let rest = text.as_bytes().get(place.byte() as usize..).unwrap_or_default();
    let blank = rest.iter().take_while(|byte| matches!(byte, b'\n' | b'\r')).filter(|byte| **byte == b'\n');
    place.line() + blank.count() as u64
}

fn decoded(bytes: &[u8]) -> String {
    if let Some((encoding, _)) = encoding_rs::Encoding::for_bom(bytes) {
        return encoding.decode(bytes).0.into_owned();
    }
    match std::str::from_utf8(bytes) {
        Ok(text) => text.to_owned(),
        Err(_) => encoding_rs::GB18030.decode(bytes).0.into_owned(),
    }
}

/// What stands between cells: what the first lines hold most of.
fn delimiter(text: &str) -> u8 {
    let head: Vec<&str> = text.lines().take(5).collect();
    let count = |delimiter: u8| {
        head.iter().map(|line| line.bytes().filter(|b| *b == delimiter).count()).sum::<usize>()
    };
    [b',', b';', b'\t', b'|'].into_iter().rev().max_by_key(|delimiter| count(*delimiter)).unwrap_or(b',')
}

/// How plain numbers in the columns of time are to be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Numbers {
    /// In the unit the header says.
    Units,
    /// Days since the end of 1899, as spreadsheets keep them.
    Serial,
    /// Seconds since 1970.
    Seconds,
    /// Thousandths of them.
    Milliseconds,
}

/// What the row before says about this one.
#[derive(Default)]
struct Previous {
    arrival: Option<f64>,
    midnight: f64,
}

struct Table<'a> {
    columns: &'a [(Column, Found)],
    numbers: Numbers,
    day_first: bool,
    comma: bool,
}

impl<'a> Table<'a> {
    fn new(columns: &'a [(Column, Found)], lines: &[(u64, csv::StringRecord)], delimiter: u8) -> Self {
        let mut table = Self { columns, numbers: Numbers::Units, day_first: false, comma: delimiter == b';' };
        let times = [Column::Arrival, Column::Start, Column::End, Column::Date];
        let cells =
            || lines.iter().take(20_000).flat_map(|(_, line)| times.map(|column| table.cell(line, column)));
        let day_first = cells().any(clock::has_day_first);
        let mut plain: Vec<f64> = lines
            .iter()
            .take(20_000)
            .filter_map(|(_, line)| table.number(table.cell(line, Column::Arrival)))
            .collect();
        plain.sort_by(f64::total_cmp);
        let middle = plain.get(plain.len() / 2).copied().unwrap_or(0.0);
        let mut lasts: Vec<f64> = lines
            .iter()
            .take(20_000)
            .filter_map(|(_, line)| {
                let at = |column| table.number(table.cell(line, column));
                Some(at(Column::End)? - at(Column::Start)?)
            })
            .collect();
        lasts.sort_by(f64::total_cmp);
        // A lockage of less than a minute is one stated in days.
        let short = lasts.get(lasts.len() / 2).is_none_or(|lasts| *lasts < 1.0);
        let fraction = plain.iter().any(|n| n.fract() != 0.0);
        table.numbers = match middle {
            n if (1e9..1e11).contains(&n) => Numbers::Seconds,
            n if n >= 1e11 => Numbers::Milliseconds,
            // 1982 to 2119, in days, with times behind the point: no run in minutes looks like it.
            n if (30_000.0..80_000.0).contains(&n) && short && fraction && plain[0] >= 30_000.0 => {
                Numbers::Serial
            }
            _ => Numbers::Units,
        };
        table.day_first = day_first;
        table
    }

    fn place(&self, column: Column) -> Option<Found> {
        self.columns.iter().find(|(found, _)| *found == column).map(|(_, found)| *found)
    }

    fn cell<'b>(&self, line: &'b csv::StringRecord, column: Column) -> &'b str {
        let cell = self.place(column).and_then(|found| line.get(found.at)).unwrap_or("");
        match cell.to_lowercase().as_str() {
            "na" | "n/a" | "nan" | "null" | "none" | "-" | "—" | "/" | "无" => "",
            _ => cell,
        }
    }

    fn number(&self, text: &str) -> Option<f64> {
        let parsed = match self.comma && text.matches(',').count() == 1 {
            true => text.replace(',', ".").parse::<f64>(),
            false => text.parse::<f64>(),
        };
        parsed.ok().filter(|number| number.is_finite())
    }

    fn fault(
        &self,
        row: u64,
        line: &csv::StringRecord,
        column: Column,
        expected: &'static str,
    ) -> RecordProblem {
        let found = self.cell(line, column).chars().take(60).collect();
        RecordProblem { row: Some(row), column: column.name(), found, expected }
    }

    /// Minutes of a cell; times of day count from `midnight` and are moved on by days until they are not before `least`.
    fn time(&self, text: &str, unit: f64, midnight: Option<f64>, least: f64) -> Option<f64> {
        let dated = clock::date_and_time(text, self.day_first);
        if let Some(number) = self.number(text).filter(|_| dated.is_none() || self.numbers != Numbers::Units)
        {
            let minutes = match self.numbers {
                Numbers::Units => number * unit,
                Numbers::Serial => (number - 25_569.0) * 1_440.0,
                Numbers::Seconds => number / 60.0,
                Numbers::Milliseconds => number / 60_000.0,
            };
            return (0.0..1e9).contains(&minutes).then_some(minutes);
        }
        if let Some(time) = clock::time_of_day(text) {
            let mut minutes = midnight? + time;
            while minutes < least {
                minutes += 1_440.0;
            }
            return Some(minutes);
        }
        dated.filter(|minutes| *minutes >= 0.0)
    }

    fn record(
        &self,
        row: u64,
        line: &csv::StringRecord,
        previous: &mut Previous,
    ) -> Result<Record, RecordProblem> {
        let fault = |column, expected| Err(self.fault(row, line, column, expected));
        let expected = "minutes of 0 or more, or a time like 2024-03-01 08:30";
        let date = self.cell(line, Column::Date);
        // Times of day need a day: the row's own, else that of the row before, and the next one after midnight.
        let midnight = match clock::date_and_time(date, self.day_first) {
            Some(date) => (date / 1_440.0).floor() * 1_440.0,
            None => {
                let time = clock::time_of_day(self.cell(line, Column::Arrival));
                match (time, previous.arrival) {
                    (Some(time), Some(before)) if previous.midnight + time < before - 720.0 => {
                        previous.midnight + 1_440.0
                    }
                    _ => previous.midnight,
                }
            }
        };
        let unit = |column| self.place(column).map_or(1.0, |found| found.minutes);
        let cell = self.cell(line, Column::Arrival);
        let Some(arrival) = self.time(cell, unit(Column::Arrival), Some(midnight), f64::NEG_INFINITY) else {
            return fault(Column::Arrival, expected);
        };
        (previous.arrival, previous.midnight) = (Some(arrival), midnight);
        let own_day = Some((arrival / 1_440.0).floor() * 1_440.0);
        let cell = self.cell(line, Column::Start);
        let start = match (self.time(cell, unit(Column::Start), own_day, arrival), cell.is_empty()) {
            (Some(start), _) => start,
            (None, true) => match self.number(self.cell(line, Column::Wait)) {
                Some(wait) => arrival + wait * unit(Column::Wait),
                None => return fault(Column::Start, expected),
            },
            (None, false) => return fault(Column::Start, expected),
        };
        if start < arrival {
            return fault(Column::Start, "a start not before the arrival");
        }
        let cell = self.cell(line, Column::End);
        let end = match (self.time(cell, unit(Column::End), own_day, start), cell.is_empty()) {
            (Some(end), _) => Some(end),
            (None, true) => {
                let takes = self.number(self.cell(line, Column::Duration));
                takes.filter(|minutes| *minutes >= 0.0).map(|takes| start + takes * unit(Column::Duration))
            }
            (None, false) => return fault(Column::End, expected),
        };
        if end.is_some_and(|end| end < start) {
            return fault(Column::End, "an end not before the start");
        }
        if end.is_some_and(|end| end - start > 30.0 * 1_440.0) {
            return fault(Column::End, "a passage of at most 30 days");
        }
        if start - arrival > 400.0 * 1_440.0 {
            return fault(Column::Start, "a wait of at most 400 days");
        }
        let Some(direction) = Direction::read(self.cell(line, Column::Direction)) else {
            return fault(Column::Direction, "up or down");
        };
        let size = |column| self.number(self.cell(line, column)).filter(|size| *size > 0.0);
        let sizes = [Column::Length, Column::Beam, Column::Deadweight, Column::Cargo].map(size);
        let (ship, chamber) = (self.cell(line, Column::Ship).into(), self.cell(line, Column::Chamber).into());
        Ok(Record { row, arrival, start, end, direction, ship, chamber, sizes })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_are_read_and_faults_named() {
        let text = "\u{feff}Vessel,Direction,Arrival,Start,End\n\
                    a,U,2024-03-01 08:00,2024-03-01 09:00,2024-03-01T10:00\n\
                    b,D,2024-03-01 08:00,2024-03-01 07:00,2024-03-01 10:00\n\
                    c,上行,03/01/2024 08:00,03/01/2024 08:30:30,03/01/2024 08:20\n\
                    d,sideways,1,2,3\n\
                    e,up,-5,2,3\n";
        let (records, problems) = read_records(text.as_bytes());
        assert_eq!(records.len(), 1);
        assert_eq!((records[0].arrival, records[0].start, records[0].end), (480.0, 540.0, Some(600.0)));
        let places: Vec<_> = problems.iter().map(|p| (p.row, p.column)).collect();
        assert_eq!(
            places,
            [(Some(3), "start"), (Some(4), "end"), (Some(5), "direction"), (Some(6), "arrival")]
        );
        let (records, problems) = read_records("a,b\n1,2\n".as_bytes());
        assert!(records.is_empty());
        assert_eq!(problems.len(), 3);
    }

    /// The same two passages in the ways tables write them: 08:00 to 09:00 to 10:00, and overnight.
    #[test]
    fn tables_of_many_forms_say_the_same() {
        let forms = [
            "到锚时间,进闸时间,出闸时间,上下行,船名\n2024年3月1日8:00,2024年3月1日9:00,2024年3月1日10:00,上行,a\n2024年3月1日23:30,2024年3月2日0:10,2024年3月2日0:50,下行,b\n",
            "ship;direction;arrival;start;end\na;up;01.03.2024 08:00;01.03.2024 09:00;01.03.2024 10:00\nb;down;01.03.2024 23:30;02.03.2024 00:10;02.03.2024 00:50\n",
            "Date\tArrival\tEntry\tExit\tDir\tVessel\n2024-03-01\t08:00\t09:00\t10:00\tU\ta\n2024-03-01\t23:30\t00:10\t00:50\tD\tb\n",
            "arrival (h),start (h),end (h),direction,ship\n8,9,10,0,a\n23.5,24.1666666666667,24.8333333333333,1,b\n",
            "arrival,start,end,direction,ship\n45352.3333333333,45352.375,45352.4166666667,u,a\n45352.9791666667,45353.0069444444,45353.0347222222,d,b\n",
            "arrival,start,end,direction,ship\n1709280000,1709283600,1709287200,u,a\n1709335800,1709338200,1709340600,d,b\n",
            "arrival,wait_min,duration_min,direction,ship\n480,60,60,up,a\n1410,40,40,down,b\n",
            "过闸记录表\n\n到达时间,入闸时间,出闸时间,方向,船舶\n20240301 0800,20240301 0900,20240301 1000,上水,a\n20240301 2330,20240302 0010,20240302 0050,下水,b\n",
        ];
        for text in forms {
            // A day before the first tells day from month where the form leaves it open.
            let day_first = text.contains("01.03.2024");
            let text = if day_first {
                format!("{text}c;up;13.03.2024 08:00;13.03.2024 08:00;13.03.2024 08:30\n")
            } else {
                text.to_owned()
            };
            let (records, problems) = read_records(text.as_bytes());
            assert!(problems.is_empty(), "{text}: {problems:?}");
            let close = |record: &Record, times: [f64; 3]| {
                let found = [record.arrival, record.start, record.end.unwrap()];
                found.iter().zip(times).all(|(a, b)| (a - b).abs() < 1e-3)
            };
            assert!(close(&records[0], [480.0, 540.0, 600.0]), "{text}: {:?}", records[0]);
            assert!(close(&records[1], [1_410.0, 1_450.0, 1_490.0]), "{text}: {:?}", records[1]);
            assert_eq!(records[1].direction, Direction::Down, "{text}");
        }
        let (gb, _, _) = encoding_rs::GB18030.encode(forms[0]);
        assert_eq!(read_records(gb.as_ref()).0.len(), 2);
    }

    #[test]
    fn what_is_missing_or_there_twice_is_named_and_the_rest_works() {
        let text = "arrival,start,end,direction,ship\n\
                    0,10,,up,a\n0,10,,up,a\n5,,30,up,b\n7,20,NA,down,c\n8,20,40,,d\n,20,40,up,e\n\n9,21\n";
        let (records, problems) = read_records(text.as_bytes());
        assert_eq!(records.iter().map(|record| record.ship.as_str()).collect::<Vec<_>>(), ["a", "c"]);
        assert_eq!(records[0].end, None);
        let places: Vec<_> = problems.iter().map(|p| (p.row.unwrap(), p.column)).collect();
        assert_eq!(places, [(3, "ship"), (4, "start"), (6, "direction"), (7, "arrival"), (9, "direction")]);
    }
}
