//! The cheapest way by looking at states in order of what was paid (Dijkstra 1959), for nets with at most one token on a place.
//!
//! A marking is a set of places, one bit each, so that firing a transition is a few operations on words. Of states that are paid
//! alike the one reached last is looked at first.
//!
//! A trace that fits is looked for before that, with nothing paid: between two events only such silent transitions are fired as
//! lead to the next event through silent ones alone, the nearest first. Others can as well wait: what is not a cause of an event
//! can be fired after it. So nothing is missed, and the many ways of skipping what runs beside are not tried.

use super::align::{Product, Step, Way};
use crate::procedure::Net;

/// States looked at before the search is left to one that knows what is left to pay: some milliseconds' worth.
const MOST: usize = 100_000;

/// The transitions of a net as sets of places.
#[derive(Clone, Debug)]
pub(super) enum Masks {
    One(Sets<1>),
    Two(Sets<2>),
    Four(Sets<4>),
    /// More places than that, a weight, or a transition that takes from nowhere.
    Unfit,
}

type Set<const W: usize> = [u64; W];

/// Places that transitions take from and give to, and the markings to begin and end with.
#[derive(Clone, Debug)]
pub(super) struct Sets<const W: usize> {
    inputs: Vec<Set<W>>,
    outputs: Vec<Set<W>>,
    first: Set<W>,
    last: Set<W>,
}

impl Masks {
    pub(super) fn of(net: &Net) -> Self {
        let found = match net.places.len() {
            0..=64 => Sets::of(net).map(Self::One),
            65..=128 => Sets::of(net).map(Self::Two),
            129..=256 => Sets::of(net).map(Self::Four),
            _ => None,
        };
        found.unwrap_or(Self::Unfit)
    }
}

impl<const W: usize> Sets<W> {
    fn of(net: &Net) -> Option<Self> {
        let ends = |transition: fn(&crate::procedure::net::Transition) -> &Vec<(u32, u32)>| {
            net.transitions.iter().map(|each| set(transition(each))).collect::<Option<Vec<_>>>()
        };
        let inputs = ends(|transition| &transition.inputs)?;
        let somewhere = inputs.iter().all(|places| *places != [0; W]);
        somewhere.then_some(())?;
        let outputs = ends(|transition| &transition.outputs)?;
        Some(Self { inputs, outputs, first: set(&net.initial)?, last: set(&net.finals)? })
    }
}

/// Places with one token each; none where one has more.
fn set<const W: usize>(places: &[(u32, u32)]) -> Option<Set<W>> {
    let mut set = [0; W];
    for (place, weight) in places {
        let bit = 1 << (place % 64);
        let word = &mut set[*place as usize / 64];
        if *weight != 1 || *word & bit != 0 {
            return None;
        }
        *word |= bit;
    }
    Some(set)
}

/// The cheapest way; none when the net is unfit, turns out to hold two tokens on a place, cannot end, or takes too many states.
pub(super) fn search(masks: &Masks, product: &Product<'_>, trace: &[u32]) -> Option<Way> {
    match masks {
        Masks::One(sets) => either(sets, product, trace),
        Masks::Two(sets) => either(sets, product, trace),
        Masks::Four(sets) => either(sets, product, trace),
        Masks::Unfit => None,
    }
}

/// The way of a trace that fits, or else the cheapest. A trace with events that the model does not know never fits.
fn either<const W: usize>(sets: &Sets<W>, product: &Product<'_>, trace: &[u32]) -> Option<Way> {
    let strange = product.strange(trace);
    let search = || Search::new(sets, product, trace, &strange);
    let fits = if strange[0] == 0 { search().run(Search::follow) } else { None };
    fits.or_else(|| search().run(Search::expand))
}

const NONE: u32 = u32::MAX;

struct Node<const W: usize> {
    marking: Set<W>,
    position: u32,
    paid: u32,
    before: u32,
    by: Step,
    done: bool,
}

struct Search<'a, const W: usize> {
    sets: &'a Sets<W>,
    product: &'a Product<'a>,
    trace: &'a [u32],
    strange: &'a [u32],
    nodes: Vec<Node<W>>,
    /// Where a state stands in `nodes`, one more; zero is empty. A power of two long.
    slots: Vec<u32>,
    /// Open states by what they cost at least.
    open: Vec<Vec<u32>>,
}

/// Two tokens would lie on one place.
struct Unsafe;

impl<'a, const W: usize> Search<'a, W> {
    fn new(sets: &'a Sets<W>, product: &'a Product<'a>, trace: &'a [u32], strange: &'a [u32]) -> Self {
        Self {
            sets,
            product,
            trace,
            strange,
            nodes: Vec::with_capacity(256),
            slots: vec![0; 1024],
            open: Vec::new(),
        }
    }

    /// Looks at states with `expand` until the end is reached.
    fn run(mut self, expand: fn(&mut Self, u32) -> Result<(), Unsafe>) -> Option<Way> {
        self.reach(self.sets.first, 0, 0, Step::Log, NONE);
        let (mut lowest, mut states) = (0, 0);
        while lowest < self.open.len() {
            let Some(at) = self.open[lowest].pop() else {
                lowest += 1;
                continue;
            };
            let node = &mut self.nodes[at as usize];
            if node.done {
                continue;
            }
            node.done = true;
            if node.position as usize == self.trace.len() && node.marking == self.sets.last {
                return Some(Way { cost: node.paid, proven: true, path: self.path(at), states });
            }
            states += 1;
            if states > MOST.min(self.product.costs.work) || expand(&mut self, at).is_err() {
                return None;
            }
        }
        None
    }

    /// Reads the next event, or fires what leads to it; at the end of the trace, what leads to that of the model.
    fn follow(&mut self, at: u32) -> Result<(), Unsafe> {
        let Node { marking, position, .. } = self.nodes[at as usize];
        let product = self.product;
        let next = self.trace.get(position as usize).map(|activity| product.known[*activity as usize]);
        let label = match next {
            None => product.of_label.len(),
            Some(Some(label)) => label as usize,
            Some(None) => return Ok(()),
        };
        for transition in &product.leading[label] {
            if let Some(next) = self.fire(&marking, *transition)? {
                self.reach(next, position, 0, Step::Model(*transition), at);
            }
        }
        for transition in product.of_label.get(label).into_iter().flatten() {
            if let Some(next) = self.fire(&marking, *transition)? {
                self.reach(next, position + 1, 0, Step::Both(*transition), at);
            }
        }
        Ok(())
    }

    fn expand(&mut self, at: u32) -> Result<(), Unsafe> {
        let Node { marking, position, paid, .. } = self.nodes[at as usize];
        let product = self.product;
        let event = self.trace.get(position as usize).map(|activity| product.known[*activity as usize]);
        if event.is_some() {
            self.reach(marking, position + 1, paid + product.costs.log, Step::Log, at);
        }
        for word in 0..W {
            let mut left = marking[word];
            while left != 0 {
                let place = word * 64 + left.trailing_zeros() as usize;
                left &= left - 1;
                for transition in &product.takers[place] {
                    if let Some(next) = self.fire(&marking, *transition)? {
                        let paid = paid + product.model_cost[*transition as usize];
                        self.reach(next, position, paid, Step::Model(*transition), at);
                    }
                }
            }
        }
        // Reached last, so that of equal states the one that reads the trace is looked at first.
        if let Some(Some(label)) = event {
            for transition in &product.of_label[label as usize] {
                if let Some(next) = self.fire(&marking, *transition)? {
                    self.reach(next, position + 1, paid, Step::Both(*transition), at);
                }
            }
        }
        Ok(())
    }

    /// The marking after a transition; none when it is not enabled.
    #[inline]
    fn fire(&self, marking: &Set<W>, transition: u32) -> Result<Option<Set<W>>, Unsafe> {
        let (takes, gives) =
            (&self.sets.inputs[transition as usize], &self.sets.outputs[transition as usize]);
        let mut next = *marking;
        for word in 0..W {
            if marking[word] & takes[word] != takes[word] {
                return Ok(None);
            }
            next[word] &= !takes[word];
        }
        for word in 0..W {
            if next[word] & gives[word] != 0 {
                return Err(Unsafe);
            }
            next[word] |= gives[word];
        }
        Ok(Some(next))
    }

    /// Notes that a state was reached, if it is new or cheaper than before.
    #[inline]
    fn reach(&mut self, marking: Set<W>, position: u32, paid: u32, by: Step, before: u32) {
        let mask = self.slots.len() - 1;
        let mut slot = hash(&marking, position) as usize & mask;
        loop {
            let at = self.slots[slot];
            if at == 0 {
                break;
            }
            let node = &mut self.nodes[at as usize - 1];
            if node.position == position && node.marking == marking {
                if node.done || paid >= node.paid {
                    return;
                }
                (node.paid, node.by, node.before) = (paid, by, before);
                return self.push(at - 1, paid, position);
            }
            slot = (slot + 1) & mask;
        }
        self.nodes.push(Node { marking, position, paid, before, by, done: false });
        self.slots[slot] = self.nodes.len() as u32;
        self.push(self.nodes.len() as u32 - 1, paid, position);
        if self.nodes.len() * 2 > self.slots.len() {
            self.grow();
        }
    }

    /// Events the model does not know will be paid for whatever happens.
    #[inline]
    fn push(&mut self, at: u32, paid: u32, position: u32) {
        let least = (paid + self.strange[position as usize] * self.product.costs.log) as usize;
        if least >= self.open.len() {
            self.open.resize(least + 1, Vec::new());
        }
        self.open[least].push(at);
    }

    fn grow(&mut self) {
        let mask = self.slots.len() * 4 - 1;
        self.slots = vec![0; mask + 1];
        for (at, node) in self.nodes.iter().enumerate() {
            let mut slot = hash(&node.marking, node.position) as usize & mask;
            while self.slots[slot] != 0 {
                slot = (slot + 1) & mask;
            }
            self.slots[slot] = at as u32 + 1;
        }
    }

    fn path(&self, end: u32) -> Vec<(Step, u32)> {
        let (mut path, mut at) = (Vec::new(), end);
        while self.nodes[at as usize].before != NONE {
            let node = &self.nodes[at as usize];
            path.push((node.by, node.position));
            at = node.before;
        }
        path.reverse();
        path
    }
}

#[inline]
fn hash<const W: usize>(marking: &Set<W>, position: u32) -> u64 {
    let fold = |state: u64, word: u64| {
        let product = u128::from(state ^ word) * 0xA076_1D64_78BD_642F_u128;
        (product >> 64) as u64 ^ product as u64
    };
    marking.iter().fold(0x9E37_79B9_7F4A_7C15 ^ u64::from(position), |state, word| fold(state, *word))
}
