//! Any bytes are read as an object-centric log (JSON, XML, SQLite) without a panic.
//!
//! `cd fuzz/approvals && cargo +nightly fuzz run ocel -- -max_total_time=600 -max_len=16384`
#![no_main]

use libfuzzer_sys::fuzz_target;
use zhidian_approvals::{ocel, read::Limits};

fuzz_target!(|data: &[u8]| {
    let Ok(log) = ocel::read(data, 480, Limits::default()) else { return };
    for kind in log.kinds() {
        assert!(log.flat(kind).len() <= log.event_objects());
    }
});
