//! Discovery and conformance against the reference and against the laws that define them.

use crate::oracle;
use proptest::prelude::*;
use std::collections::BTreeMap;
use zhidian_approvals::conform::replay::replay;
use zhidian_approvals::conform::{Costs, conform};
use zhidian_approvals::log::{Builder, EventLog, NEVER, Transition};
use zhidian_approvals::procedure::{Bpmn, Net, pnml};
use zhidian_approvals::{discover, read::Limits};

fn aligned(log: &EventLog, net: &Net, threads: usize) -> zhidian_approvals::conform::Conformance {
    conform(log, net, &Costs::default(), threads, &|| false).unwrap()
}

#[test]
fn receipt_costs_what_the_reference_found() {
    let Some(folder) = oracle::folder() else { return };
    let (log, _) = oracle::log("receipt.csv.gz").unwrap();
    let file = std::fs::File::open(folder.join("json/receipt.im02.pnml")).unwrap();
    let net = pnml::read(file, Limits::default()).unwrap();
    let one = aligned(&log, &net, 1);
    assert_eq!(one, aligned(&log, &net, 2), "threads change nothing");
    assert_eq!(one.total_cost, 2465);
    for (ours, theirs) in
        [(one.log_fitness, 0.827779), (one.average_fitness, 0.815495), (one.perfectly_fitting, 0.497211)]
    {
        assert!((ours - theirs).abs() < 1e-6, "{ours} beside {theirs}");
    }
    let again = pnml::read(pnml::write(&net).as_bytes(), Limits::default()).unwrap();
    assert_eq!(aligned(&log, &again, 2).total_cost, 2465, "written and read again");
}

#[test]
fn a_tree_without_noise_has_every_trace_as_a_run() {
    for file in [
        "running-example.xes",
        "receipt.csv.gz",
        "bpic2020-DomesticDeclarations.xes.gz",
        "bpic2020-RequestForPayment.xes.gz",
        "roadtraffic100traces.xes",
        "reviewing.xes",
    ] {
        let Some((log, _)) = oracle::log(file) else { return };
        let tree = discover::inductive(&log, 0.0);
        let net = tree.net();
        let found = aligned(&log, &net, 2);
        assert_eq!((found.total_cost, found.proven), (0, true), "{file}: {tree}");
        let drawn = Bpmn::read(Bpmn::of_tree(&tree).write().as_bytes(), Limits::default()).unwrap();
        assert_eq!(aligned(&log, &drawn.net().unwrap(), 2).total_cost, 0, "{file}: as BPMN");
        assert_eq!(replay(&log, &net).unwrap().fitting, 1.0, "{file}: token replay agrees");
    }
}

/// Logs of thousands of ways, with nets that run much side by side.
#[test]
#[ignore = "long: make oracles"]
fn trees_of_large_logs_have_every_trace_as_a_run() {
    for file in ["bpic2020-InternationalDeclarations.xes.gz", "bpic2020-PermitLog.xes.gz", "bpic2012.xes.gz"]
    {
        let Some((log, _)) = oracle::log(file) else { return };
        let found = aligned(&log, &discover::inductive(&log, 0.0).net(), 2);
        assert_eq!((found.total_cost, found.proven), (0, true), "{file}");
    }
}

#[test]
fn given_drawings_are_read() {
    let Some(folder) = oracle::folder() else { return };
    for (drawing, file) in
        [("running-example.bpmn", "running-example.xes"), ("receipt.bpmn", "receipt.csv.gz")]
    {
        let bpmn =
            Bpmn::read(std::fs::File::open(folder.join("logs").join(drawing)).unwrap(), Limits::default())
                .unwrap();
        let (log, _) = oracle::log(file).unwrap();
        let found = aligned(&log, &bpmn.net().unwrap(), 2);
        assert!(found.proven && found.log_fitness > 0.5, "{drawing}: {}", found.log_fitness);
    }
    let net =
        pnml::read(std::fs::File::open(folder.join("logs/running-example.pnml")).unwrap(), Limits::default())
            .unwrap();
    assert_eq!(aligned(&oracle::log("running-example.xes").unwrap().0, &net, 1).total_cost, 0);
}

fn log_of(traces: &[Vec<u8>]) -> EventLog {
    let mut builder = Builder::default();
    for (at, trace) in traces.iter().enumerate() {
        let case = builder.case(at.to_string().as_bytes());
        for (time, activity) in trace.iter().enumerate() {
            let name = [b'a' + activity];
            builder.push(case, &name, time as i64, NEVER, None, Transition::Complete);
        }
    }
    builder.finish()
}

/// The cheapest alignment by trying every state: Dijkstra without a bound.
fn tried(net: &Net, trace: &[String]) -> u32 {
    let mut best: BTreeMap<(Vec<u32>, usize), u32> = BTreeMap::new();
    let mut open = std::collections::BTreeSet::from([(0_u32, net.tokens(&net.initial), 0_usize)]);
    let target = net.tokens(&net.finals);
    while let Some((paid, tokens, at)) = open.pop_first() {
        if at == trace.len() && tokens == target {
            return paid;
        }
        if best.get(&(tokens.clone(), at)).is_some_and(|known| *known <= paid) {
            continue;
        }
        best.insert((tokens.clone(), at), paid);
        if at < trace.len() {
            open.insert((paid + 1, tokens.clone(), at + 1));
        }
        for transition in &net.transitions {
            if transition.inputs.iter().any(|(place, weight)| tokens[*place as usize] < *weight) {
                continue;
            }
            let mut next = tokens.clone();
            transition.inputs.iter().for_each(|(place, weight)| next[*place as usize] -= weight);
            transition.outputs.iter().for_each(|(place, weight)| next[*place as usize] += weight);
            if at < trace.len() && transition.label.as_ref() == Some(&trace[at]) {
                open.insert((paid, next.clone(), at + 1));
            }
            open.insert((paid + u32::from(transition.label.is_some()), next, at));
        }
    }
    u32::MAX
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 60, ..ProptestConfig::default() })]

    #[test]
    fn whatever_the_log_its_tree_fits(traces in proptest::collection::vec(proptest::collection::vec(0_u8..6, 1..9), 1..9)) {
        let log = log_of(&traces);
        let tree = discover::inductive(&log, 0.0);
        let found = aligned(&log, &tree.net(), 1);
        prop_assert_eq!(found.total_cost, 0, "{}", tree);
        let drawn = Bpmn::of_tree(&tree).net().unwrap();
        prop_assert_eq!(aligned(&log, &drawn, 1).total_cost, 0, "{}", tree);
        let noisy = discover::inductive(&log, 0.3);
        prop_assert!(aligned(&log, &noisy.net(), 1).proven);
    }

    #[test]
    fn the_cheapest_alignment_is_found(
        model in proptest::collection::vec(proptest::collection::vec(0_u8..5, 1..6), 1..5),
        traces in proptest::collection::vec(proptest::collection::vec(0_u8..6, 0..8), 1..4),
    ) {
        let net = discover::inductive(&log_of(&model), 0.0).net();
        let log = log_of(&traces);
        let found = aligned(&log, &net, 1);
        for (trace, _, alignment) in &found.alignments {
            prop_assert_eq!(alignment.cost, tried(&net, trace), "{:?}", trace);
            let words = alignment.moves.iter().filter(|step| !matches!(step, zhidian_approvals::conform::Move::Both(_)));
            prop_assert_eq!(words.count() as u32, alignment.cost);
        }
    }
}
