//! Any text is read without a panic, and every span lies inside the text on code points.
//!
//! `cd fuzz/claims && cargo +nightly fuzz run read -- -max_total_time=600 -max_len=4096`
#![no_main]

use libfuzzer_sys::fuzz_target;
use zhidian_claims::{Options, numbers_in, read};

fuzz_target!(|data: &[u8]| {
    let text = String::from_utf8_lossy(data);
    let options = Options { dated: Some("2026-02".into()), region: Some(330_800), ..Options::default() };
    let Ok(reading) = read(&text, &options) else { return };
    let points: Vec<char> = reading.normalised.chars().collect();
    let raw = text.chars().count();
    for statement in &reading.statements {
        let [a, b] = statement.span;
        assert!(a <= b && b <= points.len());
        assert_eq!(points[a..b].iter().collect::<String>(), statement.text);
        assert!(reading.normalised.is_char_boundary(statement.bspan[0]));
        assert!(reading.normalised.is_char_boundary(statement.bspan[1]));
        assert!(statement.raw_span[0] <= statement.raw_span[1] && statement.raw_span[1] <= raw);
        if let Some(value) = &statement.value {
            assert_eq!(points[value.span[0]..value.span[1]].iter().collect::<String>(), value.text);
        }
    }
    for unread in &reading.unread {
        assert!(unread.span[0] <= unread.span[1] && unread.span[1] <= points.len());
    }
    for mention in numbers_in(&text) {
        assert!(mention.span[0] < mention.span[1] && mention.span[1] <= raw);
    }
});
