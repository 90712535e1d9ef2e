//! Reading records: CSV with one row a ship and columns for arrival, start, end and direction.

use crate::Direction;
use std::io::Read;

/// One ship's passage. Times are minutes from the first midnight before the first arrival.
#[derive(Clone, Debug, PartialEq)]
pub struct Record {
    /// Row of the file, the header being row 1.
    pub row: u64,
    /// When it came.
    pub arrival: f64,
    /// When its lockage started.
    pub start: f64,
    /// When it left.
    pub end: f64,
    /// Which way.
    pub direction: Direction,
    /// Its name, where given.
    pub ship: String,
    /// The chamber, where given.
    pub chamber: String,
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
/// Problems kept at most.
const PROBLEMS: usize = 1_000;

const COLUMNS: [(&str, &[&str]); 6] = [
    (
        "arrival",
        &[
            "arrival",
            "arrived",
            "arrival_time",
            "arrival_date",
            "arrival_datetime",
            "arr",
            "到锚时间",
            "到达时间",
            "到港时间",
        ],
    ),
    (
        "start",
        &[
            "start",
            "started",
            "entered",
            "start_of_lockage",
            "start_time",
            "sol_date",
            "sol",
            "lockage_start",
            "进闸时间",
            "开始时间",
        ],
    ),
    (
        "end",
        &[
            "end",
            "ended",
            "left",
            "departure",
            "end_of_lockage",
            "end_time",
            "eol_date",
            "eol",
            "lockage_end",
            "出闸时间",
            "结束时间",
        ],
    ),
    ("direction", &["direction", "dir", "side", "方向", "航向"]),
    ("ship", &["ship", "vessel", "vessel_name", "vessel_no", "name", "id", "船舶", "船名"]),
    ("chamber", &["chamber", "chamber_id", "line", "闸室", "线别"]),
];

/// Reads records in order of start. Bad rows are left out and named.
pub fn read_records(input: impl Read) -> (Vec<Record>, Vec<RecordProblem>) {
    let mut problems = vec![];
    let mut reader = csv::ReaderBuilder::new().flexible(true).trim(csv::Trim::All).from_reader(input);
    let header: Vec<String> = match reader.headers() {
        Ok(header) => header
            .iter()
            .map(|name| name.trim_start_matches('\u{feff}').to_lowercase().replace(' ', "_"))
            .collect(),
        Err(error) => {
            let found = error.to_string();
            problems.push(RecordProblem {
                row: None,
                column: "arrival",
                found,
                expected: "a CSV file in UTF-8",
            });
            return (vec![], problems);
        }
    };
    let at = COLUMNS.map(|(_, names)| header.iter().position(|name| names.contains(&name.as_str())));
    for (place, (name, _)) in at.iter().zip(COLUMNS).take(4) {
        if place.is_none() {
            problems.push(RecordProblem {
                row: None,
                column: name,
                found: header.join(","),
                expected: "columns arrival, start, end, direction and, if known, ship and chamber",
            });
        }
    }
    if at[..4].iter().any(Option::is_none) {
        return (vec![], problems);
    }
    let mut records: Vec<Record> = vec![];
    for (row, line) in (2..).zip(reader.records()) {
        let line = match line {
            Ok(line) => line,
            Err(error) => {
                let found = error.to_string();
                problems.push(RecordProblem {
                    row: Some(row),
                    column: "arrival",
                    found,
                    expected: "a row of CSV",
                });
                continue;
            }
        };
        let cell = |column: usize| at[column].and_then(|at| line.get(at)).unwrap_or("");
        match record(row, &cell) {
            Ok(record) => records.push(record),
            Err(problem) if problems.len() < PROBLEMS => problems.push(problem),
            Err(_) => {}
        }
        if records.len() >= MOST {
            break;
        }
    }
    let first = records.iter().map(|record| record.arrival).fold(f64::INFINITY, f64::min);
    if first.is_finite() {
        let midnight = (first / 1_440.0).floor() * 1_440.0;
        for record in &mut records {
            record.arrival -= midnight;
            record.start -= midnight;
            record.end -= midnight;
        }
    }
    records.sort_by(|a, b| {
        a.start.total_cmp(&b.start).then(a.arrival.total_cmp(&b.arrival)).then(a.row.cmp(&b.row))
    });
    (records, problems)
}

fn record<'a>(row: u64, cell: &dyn Fn(usize) -> &'a str) -> Result<Record, RecordProblem> {
    let fault = |column: usize, expected: &'static str| RecordProblem {
        row: Some(row),
        column: COLUMNS[column].0,
        found: cell(column).chars().take(60).collect(),
        expected,
    };
    let time = |column: usize| {
        minutes(cell(column))
            .ok_or_else(|| fault(column, "minutes of 0 or more, or a time like 2024-03-01 08:30"))
    };
    let (arrival, start, end) = (time(0)?, time(1)?, time(2)?);
    if start < arrival {
        return Err(fault(1, "a start not before the arrival"));
    }
    if end < start {
        return Err(fault(2, "an end not before the start"));
    }
    if end - start > 30.0 * 1_440.0 || start - arrival > 400.0 * 1_440.0 {
        return Err(fault(2, "a passage of at most 30 days, a wait of at most 400"));
    }
    let direction = Direction::read(cell(3)).ok_or_else(|| fault(3, "up or down"))?;
    Ok(Record { row, arrival, start, end, direction, ship: cell(4).into(), chamber: cell(5).into() })
}

/// Minutes as a number, or minutes of a civil time.
fn minutes(text: &str) -> Option<f64> {
    if let Ok(number) = text.parse::<f64>() {
        return (number.is_finite() && (0.0..1e10).contains(&number)).then_some(number);
    }
    let civil = text.replace('/', "-").replace('T', " ");
    let civil = civil.trim_end_matches('Z');
    let (date, time) = civil.split_once(' ').unwrap_or((civil, "00:00"));
    let parts: Vec<&str> = date.split('-').collect();
    let number = |at: usize| parts.get(at).and_then(|part| part.parse::<i32>().ok());
    // Year first, or month first as American records have it.
    let (year, month, day) = match parts.first()?.len() {
        4 => (number(0)?, number(1)?, number(2)?),
        _ => (number(2)?, number(0)?, number(1)?),
    };
    let date =
        jiff::civil::Date::new(year.try_into().ok()?, month.try_into().ok()?, day.try_into().ok()?).ok()?;
    let days = f64::from((date - jiff::civil::date(1970, 1, 1)).get_days());
    let mut clock = time.trim().split(':');
    let hour: f64 = clock.next()?.parse().ok()?;
    let minute: f64 = clock.next().unwrap_or("0").parse().ok()?;
    let second: f64 = clock.next().unwrap_or("0").parse().ok()?;
    let sane = (0.0..=24.0).contains(&hour) && (0.0..60.0).contains(&minute) && (0.0..61.0).contains(&second);
    sane.then_some(days * 1_440.0 + hour * 60.0 + minute + second / 60.0)
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
        assert_eq!((records[0].arrival, records[0].start, records[0].end), (480.0, 540.0, 600.0));
        let places: Vec<_> = problems.iter().map(|p| (p.row, p.column)).collect();
        assert_eq!(
            places,
            [(Some(3), "start"), (Some(4), "end"), (Some(5), "direction"), (Some(6), "arrival")]
        );
        let (records, problems) = read_records("a,b\n1,2\n".as_bytes());
        assert!(records.is_empty());
        assert_eq!(problems.len(), 4);
    }
}
