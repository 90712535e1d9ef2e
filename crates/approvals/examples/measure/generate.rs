//! Logs of a made-up permit: ten events a case, six attributes an event, about 280 bytes an event in XES.

use serde_json::{Value, json};
use std::fs::File;
use std::io::{BufWriter, Write};
use zhidian_approvals::log::time::{DAY, SECOND, utc};
use zhidian_approvals::simulate::Random;

/// The usual order. Each case swaps, repeats or leaves out a few.
const STEPS: [&str; 10] =
    ["Accept", "Check", "Supplement", "Site plan", "Fire", "Water", "Experts", "Draft", "Sign", "Deliver"];
/// A case in so many has a way of its own.
const ODD: usize = 4;

/// Writes the log; the name of the file says in which form.
pub(crate) fn generate(cases: u64, seed: u64, file: &str) -> Value {
    let mut random = Random::new(seed, 0);
    let mut out = BufWriter::with_capacity(1 << 20, File::create(file).unwrap());
    let xes = file.ends_with(".xes");
    match xes {
        true => write!(
            out,
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<log xes.version=\"1.0\">\n\
             <classifier name=\"Activity\" keys=\"concept:name\"/>\n"
        ),
        false => writeln!(out, "case_id,activity,timestamp,resource,transition,fee,urgent"),
    }
    .unwrap();
    // 2019-01-01, a case every few minutes.
    let mut came = 17_897 * DAY;
    for case in 0..cases {
        came += random.below(600 * SECOND as usize) as i64 / 1000 * 1000;
        if xes {
            write!(out, "<trace>\n<string key=\"concept:name\" value=\"case {case}\"/>\n").unwrap();
        }
        let mut at = came;
        for step in way(&mut random) {
            let event = Event {
                step,
                at,
                clerk: random.below(60),
                fee: random.below(9_000) + 100,
                urgent: random.below(8) == 0,
            };
            match xes {
                true => event.xes(&mut out),
                false => event.csv(case, &mut out),
            }
            at += (random.below(3 * DAY as usize) as i64 + SECOND) / 1000 * 1000;
        }
        if xes {
            out.write_all(b"</trace>\n").unwrap();
        }
    }
    if xes {
        out.write_all(b"</log>\n").unwrap();
    }
    out.flush().unwrap();
    let bytes = std::fs::metadata(file).unwrap().len();
    json!({"cases": cases, "events": cases * 10, "bytes": bytes, "bytes_an_event": bytes / (cases * 10).max(1)})
}

/// Ten steps: the usual ones, or some of them in another order.
fn way(random: &mut Random) -> [&'static str; 10] {
    let mut way = STEPS;
    if random.below(ODD) == 0 {
        for _ in 0..1 + random.below(3) {
            let at = 1 + random.below(8);
            match random.below(2) {
                0 => way.swap(at, 1 + at % 8),
                _ => way[at] = way[1 + random.below(8)],
            }
        }
    }
    way
}

struct Event {
    step: &'static str,
    at: i64,
    clerk: usize,
    fee: usize,
    urgent: bool,
}

impl Event {
    fn xes(&self, out: &mut impl Write) {
        let Self { step, clerk, fee, urgent, .. } = self;
        let time = self.time();
        writeln!(
            out,
            "<event><string key=\"concept:name\" value=\"{step}\"/>\
             <date key=\"time:timestamp\" value=\"{}T{}Z\"/>\
             <string key=\"org:resource\" value=\"Clerk {clerk}\"/>\
             <string key=\"lifecycle:transition\" value=\"complete\"/>\
             <int key=\"fee\" value=\"{fee}\"/><boolean key=\"urgent\" value=\"{urgent}\"/></event>",
            &time[..10],
            &time[11..],
        )
        .unwrap();
    }

    fn csv(&self, case: u64, out: &mut impl Write) {
        let Self { step, clerk, fee, urgent, .. } = self;
        let time = self.time();
        writeln!(out, "case {case},{step},{time},Clerk {clerk},complete,{fee},{urgent}").unwrap();
    }

    /// `2019-01-01 00:00:00.000`
    fn time(&self) -> String {
        let whole = utc(self.at.div_euclid(SECOND) * SECOND);
        format!("{}.{:03}", &whole[..19], self.at.rem_euclid(SECOND) / 1000)
    }
}
