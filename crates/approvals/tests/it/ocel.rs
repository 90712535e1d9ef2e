//! Object-centric logs: one log in three encodings, and broken ones.

use crate::oracle;
use proptest::prelude::*;
use zhidian_approvals::ocel::{self, Ocel};
use zhidian_approvals::read::Limits;
use zhidian_approvals::stats;

fn log(name: &str, zone: i32) -> Option<Ocel> {
    let file = std::fs::File::open(oracle::folder()?.join("logs").join(name)).unwrap();
    Some(ocel::read(file, zone, Limits::default()).unwrap())
}

#[test]
fn three_encodings_are_one_log() {
    let Some(json) = log("ocel20_example.jsonocel", 0) else { return };
    // Its database and its XML hold local times of a zone an hour ahead.
    let sqlite = log("ocel20_example.sqlite", 60).unwrap();
    let xml = log("ocel20_example.xmlocel", 60).unwrap();
    assert_eq!(json.clone().sorted(), sqlite.sorted());
    assert_eq!(json.sorted(), xml.sorted());
}

#[test]
fn counts_are_those_of_the_reference() {
    let Some(summary) = oracle::json("ocel_summary.json") else { return };
    for (name, theirs) in summary.as_object().unwrap() {
        let ours = log(name, 60).unwrap();
        let counts = [
            ("events", ours.events.len()),
            ("objects", ours.objects.len()),
            ("e2o", ours.event_objects()),
            ("o2o", ours.object_objects()),
            ("object_changes", ours.object_changes()),
        ];
        for (key, count) in counts {
            assert_eq!(count as u64, theirs[key].as_u64().unwrap(), "{name} {key}");
        }
        for (kind, edges) in theirs["ocdfg_edges_per_type"].as_object().unwrap() {
            let flat = stats::of(&ours.flat(kind), 1, None);
            assert_eq!(flat.n_dfg_edges, edges.as_u64().unwrap(), "{name} {kind}");
            let couples = ours.couples(kind);
            for edge in theirs["ocdfg_edges"][kind].as_array().into_iter().flatten() {
                let pair = (edge[0].as_str().unwrap(), edge[1].as_str().unwrap());
                assert_eq!(couples.get(&pair).copied(), edge[2].as_u64(), "{name} {edge}");
            }
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, ..ProptestConfig::default() })]

    #[test]
    fn a_broken_database_is_refused(at in 0_usize..151_552, byte in any::<u8>(), cut in 1_usize..151_552) {
        let Some(folder) = oracle::folder() else { return Ok(()) };
        let mut bytes = std::fs::read(folder.join("logs/ocel20_example.sqlite")).unwrap();
        bytes[at % 4096] = byte;
        bytes[at] = byte;
        let _ = ocel::read(&*bytes, 0, Limits::default());
        bytes.truncate(cut);
        let _ = ocel::read(&*bytes, 0, Limits::default());
    }

    #[test]
    fn any_bytes_after_the_header_are_refused(bytes in proptest::collection::vec(any::<u8>(), 0..2000)) {
        let mut file = b"SQLite format 3\0\x02\x00\x01\x01\x00\x40\x20\x20".to_vec();
        file.resize(100, 0);
        file.extend(&bytes);
        let _ = ocel::read(&*file, 0, Limits::default());
        let _ = ocel::read(&*[b"{", &*bytes].concat(), 0, Limits::default());
    }
}
