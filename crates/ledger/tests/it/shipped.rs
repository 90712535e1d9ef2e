//! The dossiers that ship with the product.

use std::path::{Path, PathBuf};
use zhidian_dossier::{Dossiers, Options};
use zhidian_ledger::{
    Ledger, Registry, Run, assess,
    contract::{Exhibit, Mark, Point},
};

/// The workspace's `dossiers/`.
pub(crate) fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../dossiers")
}

/// The whole run over dossiers at these paths.
pub(crate) fn assessed(paths: &[PathBuf]) -> Ledger {
    let dossiers = Dossiers::open(paths, &Options::default()).unwrap();
    assess(&dossiers, &Registry::standard(), &Run::default()).unwrap()
}

/// The whole run over the three cities.
pub(crate) fn cities() -> Ledger {
    assessed(&["quzhou", "laibin", "xinxiang"].map(|city| folder().join(city)))
}

/// Beside the subject's own places through the years stand those of every other member of the roster, and all of them
/// together are the places of the roster.
#[test]
fn a_bump_chart_holds_the_places_of_all_members() {
    let ledger = cities();
    let exhibits = ledger.assessment.findings.iter().filter_map(|finding| finding.exhibit.as_ref());
    let bumps: Vec<&Exhibit> = exhibits.filter(|exhibit| exhibit.mark == Mark::Bump).collect();
    assert!(!bumps.is_empty());
    for bump in bumps {
        assert_eq!(bump.peers.len(), 10);
        for (at, own) in bump.points.iter().enumerate() {
            let year = bump.peers.iter().map(|peer| &peer.points[at]);
            let all: Vec<&Point> = year.chain([own]).collect();
            assert!(all.iter().all(|point| point.label == own.label));
            let place = |text: &Option<String>| text.as_ref().unwrap().parse::<usize>().unwrap();
            // each place is held by as many members as may stand there
            for held in 1..=all.len() {
                let best = all.iter().filter(|point| place(&point.value) <= held).count();
                let worst = all.iter().filter(|point| place(&point.most) <= held).count();
                assert!(worst <= held && held <= best, "{}: place {held}", own.label.zh);
            }
        }
    }
}
