//! Any bytes are read as a net (PNML), a drawing (BPMN) or a table of cases without a panic; a net that was read is written and read again.
//!
//! `cd fuzz/approvals && cargo +nightly fuzz run model -- -max_total_time=600 -max_len=4096`
#![no_main]

use libfuzzer_sys::fuzz_target;
use zhidian_approvals::clock::register;
use zhidian_approvals::procedure::{Bpmn, pnml};
use zhidian_approvals::read::Limits;

fuzz_target!(|data: &[u8]| {
    register::read(data, 480, Limits::default());
    if let Ok(net) = pnml::read(data, Limits::default()) {
        let again = pnml::read(pnml::write(&net).as_bytes(), Limits::default());
        assert_eq!(again.map(|net| net.arcs()), Ok(net.arcs()));
    }
    if let Ok(drawing) = Bpmn::read(data, Limits::default()) {
        let _ = drawing.net();
    }
});
