//! Any bytes are read as a register, a schedule of another program or an instance of PSPLIB, or refused, without a panic;
//! what was read is checked, written and read again.
//!
//! `cd fuzz/projects && cargo +nightly fuzz run --fuzz-dir . readers -- -max_total_time=600 -max_len=4096`
#![no_main]

use libfuzzer_sys::fuzz_target;
use zhidian_projects::{
    formats::{self, mspdi, register::{add_to, to_instance, to_plan}, workbook},
    register::{Reading, Register, read, reconcile},
    schedule::psplib,
};

fuzz_target!(|data: &[u8]| {
    let (register, _) = read("fuzz", data, &Reading { unit: Some("万元".into()), year: Some(2026), ..Reading::default() });
    let _ = reconcile(&register);
    if !register.projects.is_empty() {
        let written = workbook::write(&register).expect("a register that was read can be written");
        let (again, _) = read("again.xlsx", written.as_slice(), &Reading { year: Some(2026), ..Reading::default() });
        assert!(again.projects.len() <= register.projects.len());
        let plan = mspdi::read(&mspdi::write(&to_plan(&register, "fuzz"))).expect("what was written is read").plan;
        assert_eq!(plan.tasks.len(), register.projects.len());
    }
    let text = String::from_utf8_lossy(data);
    if let Ok(plan) = formats::read(&text) {
        let mut register = Register::default();
        add_to(&mut register, &plan, "fuzz");
        let _ = (reconcile(&register), to_instance(&plan));
    }
    if let Ok(instance) = psplib::read(&text) {
        assert!(instance.check().is_ok());
    }
});
