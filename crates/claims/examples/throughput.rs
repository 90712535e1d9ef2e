//! How fast a text is read: `throughput FILE [REPETITIONS]` prints one JSON object with bytes, statements and seconds of
//! processor time per reading, best first. Reading the file does not count.

use std::{error::Error, io::Write, time::Instant};
use zhidian_claims::{Options, read};

fn main() -> Result<(), Box<dyn Error>> {
    let mut arguments = std::env::args().skip(1);
    let file = arguments.next().ok_or("usage: throughput FILE [REPETITIONS]")?;
    let repetitions: usize = arguments.next().map_or(Ok(3), |n| n.parse())?;
    let raw = std::fs::read_to_string(file)?;
    let options = Options { dated: Some("2026-02".into()), region: Some(330_000), ..Options::default() };
    read("预热。", &options)?; // tables and patterns are built at first use
    let mut seconds = Vec::new();
    let mut statements = 0;
    for _ in 0..repetitions {
        let start = Instant::now();
        statements = read(&raw, &options)?.statements.len();
        seconds.push(start.elapsed().as_secs_f64());
    }
    seconds.sort_by(f64::total_cmp);
    let line =
        format!("{{\"bytes\": {}, \"statements\": {statements}, \"seconds\": {seconds:.6?}}}\n", raw.len());
    std::io::stdout().write_all(line.as_bytes())?;
    Ok(())
}
