//! Prints the statements of a text as JSON Lines: `read FILE [--dated 2026-01] [--region 410000] [--prefix ID]`.

use std::{
    error::Error,
    io::{BufWriter, Write},
};
use zhidian_claims::{Options, read};

fn main() -> Result<(), Box<dyn Error>> {
    let mut options = Options::default();
    let mut file = None;
    let mut arguments = std::env::args().skip(1);
    while let Some(argument) = arguments.next() {
        match argument.as_str() {
            "--dated" => options.dated = arguments.next(),
            "--region" => options.region = arguments.next().map(|r| r.parse()).transpose()?,
            "--prefix" => options.id_prefix = arguments.next().unwrap_or_default(),
            _ => file = Some(argument),
        }
    }
    let file = file.ok_or("usage: read FILE [--dated 2026-01] [--region 410000] [--prefix ID]")?;
    let raw = std::fs::read_to_string(file)?;
    let reading = read(&raw, &options)?;
    let mut out = BufWriter::new(std::io::stdout().lock());
    for statement in &reading.statements {
        serde_json::to_writer(&mut out, statement)?;
        out.write_all(b"\n")?;
    }
    Ok(())
}
