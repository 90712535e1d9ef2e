//! Ships in a chamber: two-dimensional placement of rectangles without turning them.
//!
//! Lengths are whole centimetres, so that "fits" has one answer. Safety gaps are part of a ship's length and beam.
//!
//! Two methods. [`Skyline`] places ships one after the other as they come, each where the chamber is least deep
//! (bottom-left on a skyline, Burke et al., *Operations Research* 52, 2004); it is what a lock keeper can do while ships
//! enter and it costs well under a microsecond. [`pack`] searches all left-justified placements on normal patterns
//! (Herz 1972; Christofides and Whitlock 1977) and says yes with positions, no, or that its work ran out.

/// A ship's place: distance from the gate at which the first ship moors, and from the left wall, in centimetres.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Place {
    /// Along the chamber.
    pub x: i32,
    /// Across the chamber.
    pub y: i32,
}

/// A ship's rectangle with its safety gaps, in centimetres.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Rectangle {
    /// Along the chamber.
    pub length: i32,
    /// Across the chamber.
    pub beam: i32,
}

impl Rectangle {
    /// Area in square centimetres.
    pub fn area(self) -> i64 {
        i64::from(self.length) * i64::from(self.beam)
    }
}

/// Whole centimetres of a size in metres, rounded up: a ship is never smaller than stated.
pub fn centimetres_up(metres: f64) -> i32 {
    (metres * 100.0 - 1e-6).ceil().clamp(0.0, 1e8) as i32
}

/// Whole centimetres of a size in metres, rounded down: a chamber is never larger than stated.
pub fn centimetres_down(metres: f64) -> i32 {
    (metres * 100.0 + 1e-6).floor().clamp(0.0, 1e8) as i32
}

/// How many segments a skyline may have; more ships abreast do not occur.
const SEGMENTS: usize = 16;

/// A chamber being filled: how deep it is taken at each place across.
#[derive(Clone, Debug)]
pub struct Skyline {
    length: i32,
    beam: i32,
    from: [i32; SEGMENTS],
    depth: [i32; SEGMENTS],
    n: usize,
}

impl Skyline {
    /// An empty chamber of this size.
    pub fn new(chamber: Rectangle) -> Self {
        Self { length: chamber.length, beam: chamber.beam, from: [0; SEGMENTS], depth: [0; SEGMENTS], n: 1 }
    }

    /// Empties it.
    pub fn clear(&mut self) {
        (self.n, self.from[0], self.depth[0]) = (1, 0, 0);
    }

    /// Where the ship would lie, if it fits: least deep, then nearest to a wall.
    fn best(&self, ship: Rectangle) -> Option<(usize, Place)> {
        let mut best: Option<(usize, Place)> = None;
        for at in 0..self.n {
            let y = self.from[at];
            if y + ship.beam > self.beam {
                break;
            }
            let mut x = self.depth[at];
            let mut next = at + 1;
            while next < self.n && self.from[next] < y + ship.beam {
                x = x.max(self.depth[next]);
                next += 1;
            }
            if x + ship.length <= self.length && best.is_none_or(|(_, place)| x < place.x) {
                best = Some((at, Place { x, y }));
            }
        }
        best
    }

    /// Places a ship, or says that it does not fit as things stand.
    pub fn place(&mut self, ship: Rectangle) -> Option<Place> {
        let (at, place) = self.best(ship)?;
        let end = place.y + ship.beam;
        let mut last = at + 1;
        while last < self.n && self.from[last] < end {
            last += 1;
        }
        let tail_depth = self.depth[last - 1];
        let tail_end = if last < self.n { self.from[last] } else { self.beam };
        let keeps_tail = end < tail_end;
        let replaced = last - at;
        let with = if keeps_tail { 2 } else { 1 };
        if self.n - replaced + with > SEGMENTS {
            return None;
        }
        self.from.copy_within(last..self.n, at + with);
        self.depth.copy_within(last..self.n, at + with);
        self.n = self.n - replaced + with;
        self.from[at] = place.y;
        self.depth[at] = place.x + ship.length;
        if keeps_tail {
            self.from[at + 1] = end;
            self.depth[at + 1] = tail_depth;
        }
        Some(place)
    }
}

/// Whether ships fit a chamber together.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Fit {
    /// They do, like this: one place a ship, in the order given.
    Yes(Vec<Place>),
    /// They do not, whatever the placement.
    No,
    /// The search ran out of work before it could tell.
    Unknown,
}

/// Nodes the exact search may visit before it answers [`Fit::Unknown`].
const NODES: u32 = 400_000;

/// Do all ships fit the chamber at once? Exact within its work limit.
pub fn pack(chamber: Rectangle, ships: &[Rectangle]) -> Fit {
    pack_within(chamber, ships, &mut u64::MAX.clone())
}

/// The same, with a budget of work that many questions share: once it is used up, only what is quick to see is told. A
/// node of the search works through the whole profile of the chamber.
pub fn pack_within(chamber: Rectangle, ships: &[Rectangle], budget: &mut u64) -> Fit {
    if ships.iter().any(|ship| ship.length > chamber.length || ship.beam > chamber.beam) {
        return Fit::No;
    }
    if ships.iter().map(|ship| ship.area()).sum::<i64>() > chamber.area() {
        return Fit::No;
    }
    if let Some(places) = quick(chamber, ships) {
        return Fit::Yes(places);
    }
    if *budget == 0 {
        return Fit::Unknown;
    }
    let mut search = Search::new(chamber, ships);
    let node = search.breaks.len().max(1) as u64;
    search.most = (*budget / node).min(u64::from(NODES)) as u32;
    let found = search.run();
    *budget = budget.saturating_sub(u64::from(search.nodes) * node + search.usable.len() as u64);
    match found {
        Some(true) => Fit::Yes(search.places()),
        Some(false) => Fit::No,
        None => Fit::Unknown,
    }
}

/// Skylines in a few orders.
fn quick(chamber: Rectangle, ships: &[Rectangle]) -> Option<Vec<Place>> {
    type By = fn(&Rectangle) -> (i32, i32);
    let orders: [By; 5] = [
        |s| (-s.beam, -s.length),
        |s| (-s.length, -s.beam),
        |s| (s.beam, -s.length),
        |s| (-(s.area() / 100).min(i64::from(i32::MAX)) as i32, -s.beam),
        |s| (s.length, s.beam),
    ];
    for by in orders {
        let mut order: Vec<usize> = (0..ships.len()).collect();
        order.sort_by_key(|&i| by(&ships[i]));
        let mut skyline = Skyline::new(chamber);
        let mut places = vec![Place { x: 0, y: 0 }; ships.len()];
        let all = order.iter().all(|&i| match skyline.place(ships[i]) {
            Some(place) => {
                places[i] = place;
                true
            }
            None => false,
        });
        if all {
            return Some(places);
        }
    }
    None
}

/// Depth-first search over left-justified placements, ships in order of x then y.
///
/// What lies behind the last ship placed can no longer be used, so all that matters of the ships placed is how far the
/// chamber is taken at each place across. States that failed once are remembered.
struct Search {
    chamber: Rectangle,
    kinds: Vec<Rectangle>,
    left: Vec<usize>,
    /// Which ships are of each kind.
    members: Vec<Vec<usize>>,
    /// Places across where a ship may begin: sums of beams.
    ys: Vec<i32>,
    /// Places across where the profile may change.
    breaks: Vec<i32>,
    placed: Vec<(usize, Place)>,
    /// The most of a free length that ships one behind the other can use.
    usable: Vec<i32>,
    failed: std::collections::BTreeSet<Vec<i32>>,
    nodes: u32,
    most: u32,
}

impl Search {
    fn new(chamber: Rectangle, ships: &[Rectangle]) -> Self {
        let mut kinds: Vec<Rectangle> = ships.to_vec();
        kinds.sort_unstable_by_key(|kind| std::cmp::Reverse((kind.area(), *kind)));
        kinds.dedup();
        let members: Vec<Vec<usize>> =
            kinds.iter().map(|kind| (0..ships.len()).filter(|&i| ships[i] == *kind).collect()).collect();
        let left = members.iter().map(Vec::len).collect();
        let mut ys = vec![0];
        for ship in ships {
            let more: Vec<i32> = ys.iter().map(|y| y + ship.beam).filter(|y| *y < chamber.beam).collect();
            ys.extend(more);
            ys.sort_unstable();
            ys.dedup();
        }
        let ends = ys.iter().flat_map(|y| kinds.iter().map(move |kind| y + kind.beam));
        let mut breaks: Vec<i32> = ys.iter().copied().chain(ends.filter(|y| *y < chamber.beam)).collect();
        breaks.sort_unstable();
        breaks.dedup();
        let mut usable = vec![0; chamber.length as usize + 1];
        for free in 1..usable.len() {
            let with = kinds.iter().filter(|kind| kind.length as usize <= free && kind.length > 0);
            usable[free] =
                with.map(|kind| usable[free - kind.length as usize] + kind.length).max().unwrap_or(0);
        }
        let failed = std::collections::BTreeSet::new();
        Self {
            chamber,
            kinds,
            left,
            members,
            ys,
            breaks,
            placed: vec![],
            usable,
            failed,
            nodes: 0,
            most: NODES,
        }
    }

    fn run(&mut self) -> Option<bool> {
        let profile = vec![0; self.breaks.len()];
        self.step(&profile, Place { x: 0, y: -1 })
    }

    /// Can the ships that are left be placed beyond this profile, each after `last`? None when work runs out.
    fn step(&mut self, profile: &[i32], last: Place) -> Option<bool> {
        if self.left.iter().all(|left| *left == 0) {
            return Some(true);
        }
        self.nodes += 1;
        if self.nodes > self.most {
            return None;
        }
        if self.too_little(profile) {
            return Some(false);
        }
        let mut state: Vec<i32> = profile.to_vec();
        state.extend(self.left.iter().map(|left| *left as i32));
        state.extend([last.x, last.y]);
        if self.failed.contains(&state) {
            return Some(false);
        }
        for at in 0..self.ys.len() {
            let y = self.ys[at];
            for kind in 0..self.kinds.len() {
                let ship = self.kinds[kind];
                if self.left[kind] == 0 || y + ship.beam > self.chamber.beam {
                    continue;
                }
                let first = self.breaks.partition_point(|b| *b < y);
                let end = self.breaks.partition_point(|b| *b < y + ship.beam);
                let x = profile[first..end].iter().copied().max().unwrap_or(0);
                if x + ship.length > self.chamber.length || (x == last.x && y <= last.y) {
                    continue;
                }
                let mut then: Vec<i32> = profile.iter().map(|depth| (*depth).max(x)).collect();
                then[first..end].fill(x + ship.length);
                self.left[kind] -= 1;
                self.placed.push((kind, Place { x, y }));
                let found = self.step(&then, Place { x, y });
                if found != Some(false) {
                    return found;
                }
                self.placed.pop();
                self.left[kind] += 1;
            }
        }
        self.failed.insert(state);
        Some(false)
    }

    /// Is the area beyond the profile less than the ships need?
    fn too_little(&self, profile: &[i32]) -> bool {
        let ends = self.breaks[1..].iter().copied().chain([self.chamber.beam]);
        let free: i64 = (profile.iter().zip(&self.breaks).zip(ends))
            .map(|((depth, from), to)| {
                i64::from(self.usable[(self.chamber.length - depth) as usize]) * i64::from(to - from)
            })
            .sum();
        let needed: i64 = self.left.iter().zip(&self.kinds).map(|(n, kind)| *n as i64 * kind.area()).sum();
        needed > free
    }

    fn places(&self) -> Vec<Place> {
        let mut places = vec![Place { x: 0, y: 0 }; self.members.iter().map(Vec::len).sum()];
        let mut next = vec![0; self.kinds.len()];
        for (kind, place) in &self.placed {
            places[self.members[*kind][next[*kind]]] = *place;
            next[*kind] += 1;
        }
        places
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn disjoint(chamber: Rectangle, ships: &[Rectangle], places: &[Place]) -> bool {
        let inside = |ship: &Rectangle, place: &Place| {
            place.x >= 0
                && place.y >= 0
                && place.x + ship.length <= chamber.length
                && place.y + ship.beam <= chamber.beam
        };
        let apart = |i: usize, j: usize| {
            let (a, b, p, q) = (ships[i], ships[j], places[i], places[j]);
            p.x >= q.x + b.length || q.x >= p.x + a.length || p.y >= q.y + b.beam || q.y >= p.y + a.beam
        };
        ships.iter().zip(places).all(|(ship, place)| inside(ship, place))
            && (0..ships.len()).all(|i| (0..i).all(|j| apart(i, j)))
    }

    proptest! {
        #[test]
        fn what_is_placed_lies_inside_and_apart(sizes in prop::collection::vec((10..60_i32, 10..60_i32), 1..12)) {
            let chamber = Rectangle { length: 140, beam: 100 };
            let ships: Vec<_> = sizes.iter().map(|(l, b)| Rectangle { length: *l, beam: *b }).collect();
            if let Fit::Yes(places) = pack(chamber, &ships) {
                prop_assert!(disjoint(chamber, &ships, &places));
            }
            let mut skyline = Skyline::new(chamber);
            let placed: Vec<_> = ships.iter().map(|ship| (*ship, skyline.place(*ship))).filter(|(_, p)| p.is_some()).collect();
            let (ships, places): (Vec<_>, Vec<_>) = placed.iter().map(|(s, p)| (*s, p.unwrap())).unzip();
            prop_assert!(disjoint(chamber, &ships, &places));
        }

        #[test]
        fn pieces_of_a_cut_chamber_fit_it(cuts in prop::collection::vec(10..40_i32, 1..6), split in 20..80_i32) {
            // Columns of any width, each cut once: a perfect packing exists, so the search must not say no.
            let chamber = Rectangle { length: cuts.iter().sum(), beam: 100 };
            let ships: Vec<_> = cuts
                .iter()
                .flat_map(|l| [Rectangle { length: *l, beam: split }, Rectangle { length: *l, beam: 100 - split }])
                .collect();
            prop_assert_ne!(pack(chamber, &ships), Fit::No);
        }
    }

    #[test]
    fn a_packing_that_no_skyline_finds() {
        // A pinwheel: four 2x1 around a 1x1.
        let chamber = Rectangle { length: 3, beam: 3 };
        let (flat, tall) = (Rectangle { length: 2, beam: 1 }, Rectangle { length: 1, beam: 2 });
        let ships = [flat, tall, flat, tall, Rectangle { length: 1, beam: 1 }];
        let Fit::Yes(places) = pack(chamber, &ships) else { panic!("the pinwheel was not found") };
        assert!(disjoint(chamber, &ships, &places));
        let five = [flat, flat, flat, flat, tall];
        assert_eq!(pack(chamber, &five), Fit::No);
    }
}
