//! Any bytes are read as a log (XES, CSV, packed or not, in any encoding) without a panic, whole or in pieces with the same events, and
//! what was read can be counted.
//!
//! `cd fuzz/approvals && cargo +nightly fuzz run log -- -max_total_time=600 -max_len=4096`
#![no_main]

use libfuzzer_sys::fuzz_target;
use std::io::Read;
use zhidian_approvals::{flow, read, stats};

/// Gives a few bytes at a time, as a network or a pipe may.
struct Pieces<'a>(&'a [u8]);

impl Read for Pieces<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
        let most = buffer.len().min(7);
        self.0.read(&mut buffer[..most])
    }
}

fuzz_target!(|data: &[u8]| {
    let options = read::Options::default();
    let (Ok((log, report)), Ok((pieces, again))) =
        (read::log(data, &options), read::log(Pieces(data), &options))
    else {
        return;
    };
    assert_eq!(log.len() as u64, report.events);
    assert_eq!((&log.times, &log.activity, &log.offsets), (&pieces.times, &pieces.activity, &pieces.offsets));
    assert_eq!(report.counts, again.counts);
    let counted = stats::of(&log, 5, None);
    assert_eq!(counted.n_events, report.events);
    flow::bottlenecks(&log);
    report.problems("log", Some(&log));
});
