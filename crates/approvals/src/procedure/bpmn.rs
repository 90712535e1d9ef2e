//! BPMN 2.0 (ISO/IEC 19510), the part procedures are drawn with: events, tasks, exclusive and parallel gateways, flows.

use super::ModelError;
use super::net::Net;
use super::tree::{Operator, Tree};
use crate::read::Limits;
use crate::read::xml::{Token, Xml, escape};
use std::collections::BTreeMap;
use std::fmt::Write;
use std::io::Read;

/// What a node of a drawing is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Where it begins.
    Start,
    /// Where it ends.
    End,
    /// A step.
    Task,
    /// One way of several.
    Exclusive,
    /// All ways at once.
    Parallel,
    /// An event on the way, which passes on.
    Pass,
}

/// A node.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Node {
    /// Its id in a file.
    pub id: String,
    /// Its name.
    pub name: String,
    /// What it is.
    pub kind: Kind,
}

/// A process: nodes and the flows between them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Bpmn {
    /// Nodes.
    pub nodes: Vec<Node>,
    /// Flows from node to node.
    pub flows: Vec<(u32, u32)>,
}

const SUPPORTED: &str = "start and end events, tasks, exclusive and parallel gateways, and sequence flows";

impl Bpmn {
    /// Reads a file. Drawing, lanes, documents and data are passed over.
    ///
    /// # Errors
    /// When it is broken, a flow names what is not there, or it has a gateway of another kind.
    pub fn read<R: Read>(source: R, limits: Limits) -> Result<Self, ModelError> {
        let mut xml = Xml::new(source, limits, false);
        let mut bpmn = Self::default();
        let mut ids = BTreeMap::new();
        let mut flows = Vec::new();
        loop {
            match xml.token()? {
                Token::Open | Token::Empty => {}
                Token::End => break,
                _ => continue,
            }
            let element = xml.name().to_vec();
            let value = |key| xml.value(key).unwrap_or_default();
            let kind = match element.as_slice() {
                b"startEvent" => Kind::Start,
                b"endEvent" => Kind::End,
                b"exclusiveGateway" | b"eventBasedGateway" => Kind::Exclusive,
                b"parallelGateway" => Kind::Parallel,
                b"intermediateCatchEvent" | b"intermediateThrowEvent" => Kind::Pass,
                b"sequenceFlow" => {
                    flows.push((value("id"), value("sourceRef"), value("targetRef")));
                    continue;
                }
                b"inclusiveGateway" | b"complexGateway" | b"boundaryEvent" | b"adHocSubProcess" => {
                    let element = String::from_utf8_lossy(&element).into_owned();
                    return Err(ModelError::Unsupported { element, id: value("id"), supported: SUPPORTED });
                }
                name if name.ends_with(b"ask") || name == b"callActivity" => Kind::Task,
                _ => continue,
            };
            ids.insert(value("id"), bpmn.nodes.len() as u32);
            bpmn.nodes.push(Node { id: value("id"), name: value("name"), kind });
        }
        for (id, source, target) in flows {
            match (ids.get(&source), ids.get(&target)) {
                (Some(source), Some(target)) => bpmn.flows.push((*source, *target)),
                (None, _) => return Err(ModelError::Dangling { kind: "flow", id, missing: source }),
                (_, None) => return Err(ModelError::Dangling { kind: "flow", id, missing: target }),
            }
        }
        Ok(bpmn)
    }

    /// A process tree as a drawing: every block between a pair of gateways.
    pub fn of_tree(tree: &Tree) -> Self {
        let mut bpmn = Self::default();
        let start = bpmn.node("", Kind::Start);
        let end = bpmn.node("", Kind::End);
        let last = bpmn.lay(tree, start);
        bpmn.flows.push((last, end));
        bpmn
    }

    fn node(&mut self, name: &str, kind: Kind) -> u32 {
        let id = format!("n{}", self.nodes.len());
        self.nodes.push(Node { id, name: name.into(), kind });
        self.nodes.len() as u32 - 1
    }

    /// Lays a tree behind a node and gives back the node it ends at.
    fn lay(&mut self, tree: &Tree, from: u32) -> u32 {
        match tree {
            Tree::Silent => from,
            Tree::Activity(name) => {
                let task = self.node(name, Kind::Task);
                self.flows.push((from, task));
                task
            }
            Tree::Node(Operator::Sequence, children) => {
                children.iter().fold(from, |at, child| self.lay(child, at))
            }
            Tree::Node(operator @ (Operator::Choice | Operator::Parallel), children) => {
                let kind = if *operator == Operator::Choice { Kind::Exclusive } else { Kind::Parallel };
                let (split, join) = (self.node("", kind), self.node("", kind));
                self.flows.push((from, split));
                for child in children {
                    let over = self.lay(child, split);
                    self.flows.push((over, join));
                }
                join
            }
            Tree::Node(Operator::Loop, children) => {
                let (enter, leave) = (self.node("", Kind::Exclusive), self.node("", Kind::Exclusive));
                self.flows.push((from, enter));
                let mut children = children.iter();
                if let Some(body) = children.next() {
                    let over = self.lay(body, enter);
                    self.flows.push((over, leave));
                }
                for redo in children {
                    let over = self.lay(redo, leave);
                    self.flows.push((over, enter));
                }
                leave
            }
        }
    }

    /// As a net: a place for every flow, a transition for every way through a node.
    ///
    /// # Errors
    /// When it has no start or no end.
    pub fn net(&self) -> Result<Net, ModelError> {
        let mut net = Net::default();
        let (source, sink) = (net.place("source"), net.place("sink"));
        net.initial = vec![(source, 1)];
        net.finals = vec![(sink, 1)];
        let flows: Vec<u32> = self.flows.iter().map(|_| net.fresh()).collect();
        let (mut starts, mut ends) = (0, 0);
        for (at, node) in self.nodes.iter().enumerate() {
            let at = at as u32;
            let of = |end: fn(&(u32, u32)) -> u32| -> Vec<u32> {
                self.flows
                    .iter()
                    .zip(&flows)
                    .filter(|(flow, _)| end(flow) == at)
                    .map(|(_, place)| *place)
                    .collect()
            };
            let (mut incoming, mut outgoing) = (of(|flow| flow.1), of(|flow| flow.0));
            match node.kind {
                Kind::Start => {
                    starts += 1;
                    incoming.push(source);
                }
                Kind::End => {
                    ends += 1;
                    outgoing.push(sink);
                }
                // An isolated piece of drawing takes no part.
                _ if incoming.is_empty() || outgoing.is_empty() => continue,
                _ => {}
            }
            match node.kind {
                Kind::Task => {
                    // Several ways in merge; several ways out of a task are taken all at once.
                    for place in &incoming {
                        net.join(Some(&node.name), &[*place], &outgoing);
                    }
                }
                Kind::Parallel => net.join(None, &incoming, &outgoing),
                Kind::Start => net.join(None, &incoming, &outgoing),
                Kind::Exclusive | Kind::Pass | Kind::End => {
                    for place in &incoming {
                        for next in &outgoing {
                            net.join(None, &[*place], &[*next]);
                        }
                    }
                }
            }
        }
        match (starts, ends) {
            (0, _) => Err(ModelError::Marking("initial")),
            (_, 0) => Err(ModelError::Marking("final")),
            _ => Ok(net),
        }
    }

    /// Writes the process with a plain drawing, left to right, so that editors open it.
    pub fn write(&self) -> String {
        let mut out = String::from(
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<definitions xmlns=\"http://www.omg.org/spec/BPMN/20100524/MODEL\" xmlns:bpmndi=\"http://www.omg.org/spec/BPMN/20100524/DI\" xmlns:dc=\"http://www.omg.org/spec/DD/20100524/DC\" xmlns:di=\"http://www.omg.org/spec/DD/20100524/DI\" targetNamespace=\"urn:zhidian\">\n<process id=\"process\" isExecutable=\"false\">\n",
        );
        // Writing to a string cannot fail.
        for (at, node) in self.nodes.iter().enumerate() {
            let element = match node.kind {
                Kind::Start => "startEvent",
                Kind::End => "endEvent",
                Kind::Task => "task",
                Kind::Exclusive => "exclusiveGateway",
                Kind::Parallel => "parallelGateway",
                Kind::Pass => "intermediateThrowEvent",
            };
            let _ = writeln!(out, "<{element} id=\"n{at}\" name=\"{}\"/>", escape(&node.name));
        }
        for (at, (from, to)) in self.flows.iter().enumerate() {
            let _ = writeln!(out, "<sequenceFlow id=\"f{at}\" sourceRef=\"n{from}\" targetRef=\"n{to}\"/>");
        }
        out.push_str("</process>\n<bpmndi:BPMNDiagram id=\"diagram\"><bpmndi:BPMNPlane id=\"plane\" bpmnElement=\"process\">\n");
        let places = self.layout();
        for (at, (x, y, width, height)) in places.iter().enumerate() {
            let _ = writeln!(
                out,
                "<bpmndi:BPMNShape id=\"s{at}\" bpmnElement=\"n{at}\"><dc:Bounds x=\"{x}\" y=\"{y}\" width=\"{width}\" height=\"{height}\"/></bpmndi:BPMNShape>"
            );
        }
        for (at, (from, to)) in self.flows.iter().enumerate() {
            let (a, b) = (places[*from as usize], places[*to as usize]);
            let (x1, y1, x2, y2) = (a.0 + a.2, a.1 + a.3 / 2, b.0, b.1 + b.3 / 2);
            let _ = writeln!(
                out,
                "<bpmndi:BPMNEdge id=\"e{at}\" bpmnElement=\"f{at}\"><di:waypoint x=\"{x1}\" y=\"{y1}\"/><di:waypoint x=\"{x2}\" y=\"{y2}\"/></bpmndi:BPMNEdge>"
            );
        }
        out.push_str("</bpmndi:BPMNPlane></bpmndi:BPMNDiagram>\n</definitions>\n");
        out
    }

    /// Columns by shortest distance from the start, rows in order of sight.
    fn layout(&self) -> Vec<(i32, i32, i32, i32)> {
        let mut column = vec![None; self.nodes.len()];
        let mut queue: std::collections::VecDeque<u32> =
            (0..self.nodes.len() as u32).filter(|at| self.nodes[*at as usize].kind == Kind::Start).collect();
        for at in &queue {
            column[*at as usize] = Some(0);
        }
        while let Some(at) = queue.pop_front() {
            let next = column[at as usize].unwrap_or(0) + 1;
            for (_, to) in self.flows.iter().filter(|(from, _)| *from == at) {
                if column[*to as usize].is_none() {
                    column[*to as usize] = Some(next);
                    queue.push_back(*to);
                }
            }
        }
        let mut rows: BTreeMap<i32, i32> = BTreeMap::new();
        self.nodes
            .iter()
            .zip(column)
            .map(|(node, column)| {
                let column = column.unwrap_or(0);
                let row = rows.entry(column).or_default();
                let (width, height) = match node.kind {
                    Kind::Task => (120, 60),
                    Kind::Exclusive | Kind::Parallel => (40, 40),
                    _ => (36, 36),
                };
                let place = (column * 180, *row * 100, width, height);
                *row += 1;
                place
            })
            .collect()
    }
}
