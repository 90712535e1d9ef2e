//! The full model: ships, queues, chambers and sides, event by event.
//!
//! Time moves from one event to the next: a ship comes, a chamber is free, a closure begins or ends, a ship has waited
//! long enough. At each, chambers that are free and open decide by the policy. What happens goes to a [`Sink`]; every
//! statistic is a fold of what it sees.

use super::{closed::Closed, planned::Planner, waves::Approach};
use crate::{
    Direction,
    lock::{Chamber, Complex, LockError, Policy},
    packing::{Rectangle, Skyline, centimetres_down, centimetres_up},
    random::Random,
    traffic::{Arrivals, Call, Class, Hull, Traffic, month_of, next_month},
};
use std::collections::VecDeque;

/// A ship on its way.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Vessel {
    /// In order of first arrival.
    pub number: u64,
    /// Index of its class.
    pub class: u32,
    /// Which way it goes.
    pub direction: Direction,
    /// When it came to this lock (or was called to it).
    pub arrival: f64,
    /// When it wanted to come; earlier than `arrival` under appointments.
    pub wanted: f64,
}

/// What happens.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Event<'a> {
    /// A ship has come to a complex.
    Arrived(&'a Vessel),
    /// A ship starts into a chamber: its wait is over.
    Started {
        /// The ship.
        vessel: &'a Vessel,
        /// Now less its arrival.
        wait: f64,
        /// Cargo aboard as a share of its deadweight.
        load: f64,
    },
    /// A lockage starts; the ships in it were named just before.
    Lockage {
        /// Chamber within the complex.
        chamber: usize,
        /// Which way it goes.
        direction: Direction,
        /// When it began: now, or earlier where an idle chamber was turned for an announced ship.
        begun: f64,
        /// When the last ship is out.
        until: f64,
        /// Minutes for which the chamber (of a flight the first one) can do nothing else.
        busy: f64,
        /// How many ships; 0 on an empty run.
        ships: usize,
        /// Share of the chamber's area taken.
        area: f64,
    },
    /// A chamber was found closed.
    Closed {
        /// Chamber within the complex.
        chamber: usize,
        /// Until when.
        until: f64,
    },
}

/// Sees what happens, in order of time.
pub trait Sink {
    /// At this minute, at this complex.
    fn see(&mut self, now: f64, complex: usize, event: &Event<'_>);
    /// Asked now and then: has it seen enough?
    fn enough(&self) -> bool {
        false
    }
}

/// Where ships come from.
#[derive(Clone, Debug)]
pub enum Source<'a> {
    /// A process.
    Process(&'a Traffic),
    /// A recorded list, in order of arrival.
    Calls(&'a [Call]),
    /// As many as the lock can take, in both directions: for capacity.
    Always,
}

/// What is simulated.
#[derive(Clone, Debug)]
pub struct Setup<'a> {
    /// From downstream to upstream.
    pub complexes: &'a [Complex],
    /// The fleet.
    pub classes: &'a [Class],
    /// Where ships come from.
    pub source: Source<'a>,
    /// Minutes to simulate.
    pub horizon: f64,
    /// The only source of randomness.
    pub seed: u64,
    /// Which replication.
    pub replication: u64,
}

/// Ships that may wait at one lock; more mean that it cannot cope, and memory stays bounded.
pub const LONGEST: usize = 500_000;
/// Ships behind the first that may be called forward.
const LOOK: usize = 32;

/// What each class may load, by month and direction; nothing when it cannot pass.
type Seasons = [[Vec<Option<f64>>; 2]; 12];

pub(super) struct Room {
    pub chamber: Chamber,
    size: Rectangle,
    skyline: Skyline,
    /// Ships by class: its rectangle here, or nothing when it does not fit at all.
    pub fits: Vec<Option<Rectangle>>,
    /// Where the depth changes with the season: what each class may load, by month and direction; nothing when it
    /// cannot pass.
    seasons: Option<Box<Seasons>>,
    pub facing: usize,
    pub free: f64,
    /// On a flight: until when ships the other way must wait.
    clear: f64,
    /// The last lockage carried ships this way.
    exchange: bool,
    runs: u32,
    running: usize,
    closed: Closed,
    /// Until when it is known to be closed or open.
    pub shut: f64,
    open: f64,
}

impl Room {
    /// Can a class pass here at this time?
    pub(super) fn takes(&self, class: usize, direction: usize, now: f64) -> bool {
        self.fits[class].is_some()
            && self.seasons.as_ref().is_none_or(|seasons| seasons[month_of(now)][direction][class].is_some())
    }
}

pub(super) struct Station {
    pub rooms: Vec<Room>,
    policy: Policy,
    pub queues: [VecDeque<Vessel>; 2],
    planner: Option<Planner>,
    urgent: [u32; 2],
    /// Ships on their way here, in order of coming.
    inbound: [VecDeque<Vessel>; 2],
    wake: f64,
    reach: f64,
}

/// Runs a setup and shows what happens to a sink.
///
/// # Errors
/// When the lock cannot cope and the queue outgrows [`LONGEST`].
pub fn run(setup: &Setup<'_>, sink: &mut impl Sink) -> Result<(), LockError> {
    World::new(setup).run(setup.horizon, sink)
}

struct World<'a> {
    setup: &'a Setup<'a>,
    stations: Vec<Station>,
    urgent: Vec<bool>,
    alone: Vec<bool>,
    /// Cargo by direction and class, as a share of deadweight.
    loads: [Vec<f64>; 2],
    /// Hulls in company, by class.
    company: Vec<Vec<Hull>>,
    shares: Vec<f64>,
    arrivals: [Option<Arrivals>; 2],
    approaches: [Option<Approach>; 2],
    /// Ships that will come, the first one first; more than one where plans look ahead.
    coming: [VecDeque<Vessel>; 2],
    /// Minutes plans look ahead.
    ahead: f64,
    /// Where each direction's next call is looked for.
    at_call: [usize; 2],
    kinds: [Random; 2],
    times: Random,
    number: u64,
    now: f64,
    chosen: Vec<usize>,
    /// Ships of the lockage at hand on their way to the next lock.
    onward_ships: Vec<Vessel>,
}

impl<'a> World<'a> {
    fn new(setup: &'a Setup<'a>) -> Self {
        let mut sum = 0.0;
        let shares = setup.classes.iter().map(|class| {
            sum += class.share;
            sum
        });
        let arrivals = Direction::BOTH.map(|direction| match setup.source {
            Source::Process(traffic) => {
                Some(Arrivals::new(traffic, direction, setup.seed, setup.replication))
            }
            _ => None,
        });
        let approaches = Direction::BOTH.map(|direction| match setup.source {
            Source::Process(traffic) if traffic.appointment_min > 0.0 || !traffic.waves.is_empty() => {
                Some(Approach::new(traffic, direction, setup.seed, setup.replication))
            }
            _ => None,
        });
        let looks = setup.complexes.iter().map(|complex| match complex.policy {
            Policy::Optimised { ahead_min } => ahead_min,
            _ => 0.0,
        });
        let stream = |purpose| Random::stream(setup.seed, setup.replication, purpose);
        let mut world = Self {
            stations: setup.complexes.iter().enumerate().map(|(at, one)| station(setup, at, one)).collect(),
            urgent: setup.classes.iter().map(|class| class.priority).collect(),
            alone: setup.classes.iter().map(|class| class.dangerous).collect(),
            loads: Direction::BOTH.map(|way| setup.classes.iter().map(|class| class.load(way)).collect()),
            company: setup.classes.iter().map(|class| class.with.clone()).collect(),
            shares: shares.collect(),
            arrivals,
            approaches,
            coming: [VecDeque::new(), VecDeque::new()],
            ahead: looks.fold(0.0, f64::max),
            at_call: [0, 0],
            kinds: [stream(20), stream(21)],
            times: stream(30),
            number: 0,
            now: 0.0,
            chosen: vec![],
            onward_ships: vec![],
            setup,
        };
        world.draw(0);
        world.draw(1);
        world
    }

    /// Draws ships of a direction until one comes later than plans look.
    #[inline]
    fn draw(&mut self, direction: usize) {
        let until = self.now + self.ahead;
        while self.coming[direction].back().is_none_or(|last| last.arrival <= until) {
            self.draw_one(direction);
        }
    }

    #[inline]
    fn draw_one(&mut self, direction: usize) {
        let (wanted, arrival, class) = match (&mut self.arrivals[direction], &self.setup.source) {
            (Some(arrivals), _) => {
                let at = arrivals.next();
                let (wanted, arrival) = match &mut self.approaches[direction] {
                    Some(approach) => approach.pass(at),
                    None => (at, at),
                };
                (wanted, arrival, self.kinds[direction].choose(&self.shares) as u32)
            }
            (None, Source::Calls(calls)) => {
                // Calls of both directions share one list; each direction looks for its own next one.
                let from = self.at_call[direction];
                let found = calls[from..]
                    .iter()
                    .position(|call| call.direction.index() == direction)
                    .map(|offset| from + offset);
                self.at_call[direction] = found.map_or(calls.len(), |at| at + 1);
                match found {
                    Some(at) => {
                        let class = self.setup.classes.iter().position(|class| class.id == calls[at].class);
                        (calls[at].arrival, calls[at].arrival, class.unwrap_or(0) as u32)
                    }
                    None => (f64::INFINITY, f64::INFINITY, 0),
                }
            }
            _ => (f64::INFINITY, f64::INFINITY, 0),
        };
        let vessel = Vessel { number: 0, class, direction: Direction::of(direction), arrival, wanted };
        self.coming[direction].push_back(vessel);
    }

    /// When the next ship of a direction comes.
    #[inline]
    fn next(&self, direction: usize) -> f64 {
        self.coming[direction].front().map_or(f64::INFINITY, |vessel| vessel.arrival)
    }

    fn run(&mut self, horizon: f64, sink: &mut impl Sink) -> Result<(), LockError> {
        let mut events = 0_u32;
        loop {
            let mut now = self.next(0).min(self.next(1));
            for station in &self.stations {
                now = now.min(station.wake);
                for inbound in &station.inbound {
                    if let Some(first) = inbound.front() {
                        now = now.min(first.arrival);
                    }
                }
            }
            if matches!(self.setup.source, Source::Always) && events == 0 {
                now = 0.0;
            }
            if now > horizon || !now.is_finite() {
                return Ok(());
            }
            self.now = now;
            for direction in 0..2 {
                let entry = if direction == 0 { 0 } else { self.stations.len() - 1 };
                while self.next(direction) <= now {
                    let Some(mut vessel) = self.coming[direction].pop_front() else { break };
                    vessel.number = self.number;
                    self.number += 1;
                    self.join(entry, vessel, sink)?;
                    self.draw(direction);
                }
            }
            for at in 0..self.stations.len() {
                for direction in 0..2 {
                    while self.stations[at].inbound[direction].front().is_some_and(|v| v.arrival <= now) {
                        if let Some(vessel) = self.stations[at].inbound[direction].pop_front() {
                            self.join(at, vessel, sink)?;
                        }
                    }
                }
                self.decide(at, sink);
            }
            events += 1;
            if events.is_multiple_of(4096) && sink.enough() {
                return Ok(());
            }
        }
    }

    fn join(&mut self, at: usize, vessel: Vessel, sink: &mut impl Sink) -> Result<(), LockError> {
        sink.see(self.now, at, &Event::Arrived(&vessel));
        let station = &mut self.stations[at];
        let direction = vessel.direction.index();
        station.urgent[direction] += u32::from(self.urgent[vessel.class as usize]);
        station.queues[direction].push_back(vessel);
        if station.queues[direction].len() > LONGEST {
            let id = &self.setup.complexes[at].id;
            let why = format!(
                "more than {LONGEST} ships wait on day {:.0}: the traffic is more than it can pass",
                self.now / 1_440.0
            );
            return Err(LockError::new(format!("lock {id}"), why));
        }
        Ok(())
    }

    /// Lets every chamber of a complex that is free and open act, and notes when to look again.
    fn decide(&mut self, at: usize, sink: &mut impl Sink) {
        if matches!(self.setup.source, Source::Always) {
            self.top_up(at);
        }
        // A chamber that acts may leave ships to one that had stood back for it.
        while self.pass(at, sink) {}
    }

    /// One look at every chamber; true when one acted and another stood back.
    fn pass(&mut self, at: usize, sink: &mut impl Sink) -> bool {
        let now = self.now;
        let mut wake = f64::INFINITY;
        let (mut acted, mut stood) = (false, false);
        for room in 0..self.stations[at].rooms.len() {
            let one = &mut self.stations[at].rooms[room];
            let mut look = one.free;
            if look <= now {
                if now >= one.open && now >= one.shut {
                    match one.closed.at(now) {
                        Ok(next) => one.open = next,
                        Err(until) => {
                            one.shut = until;
                            sink.see(now, at, &Event::Closed { chamber: room, until });
                        }
                    }
                }
                look = one.shut;
                if look <= now {
                    match self.act(at, room, sink) {
                        Some(until) => {
                            look = until;
                            acted |= self.stations[at].rooms[room].free > now;
                        }
                        None => {
                            look = f64::INFINITY;
                            stood = true;
                        }
                    }
                }
            }
            wake = wake.min(look);
        }
        self.stations[at].wake = wake;
        acted && stood
    }

    /// What a free chamber does now: the next minute to look at it, or nothing while nobody waits.
    fn act(&mut self, at: usize, room: usize, sink: &mut impl Sink) -> Option<f64> {
        self.chosen.clear();
        let station = &self.stations[at];
        let one = &station.rooms[room];
        let now = self.now;
        let head = |direction: usize| {
            // The first ship this chamber can take at all.
            let queue = &station.queues[direction];
            let takes = |v: &&Vessel| one.takes(v.class as usize, direction, now);
            queue.iter().take(LOOK).find(takes).map(|v| v.arrival)
        };
        let facing = one.facing;
        let heads = [head(0), head(1)];
        if heads == [None, None]
            && one.seasons.is_some()
            && station.queues.iter().any(|queue| !queue.is_empty())
        {
            // They wait for deeper water.
            return Some(next_month(now));
        }
        if station.planner.is_some()
            && let Some(looked) = self.act_by_plan(at, room, sink)
        {
            return looked;
        }
        let station = &self.stations[at];
        let one = &station.rooms[room];
        let direction = match station.policy {
            Policy::FirstCome | Policy::SkipFit | Policy::Optimised { .. } => match heads {
                [None, None] => return None,
                [Some(_), None] => 0,
                [None, Some(_)] => 1,
                [Some(a), Some(b)] if a == b => facing,
                [Some(a), Some(b)] => usize::from(b < a),
            },
            Policy::Alternate | Policy::MinimumFill { .. } => match (heads[facing], heads[1 - facing]) {
                (None, None) => return None,
                (Some(_), _) => facing,
                (None, Some(_)) => 1 - facing,
            },
            Policy::Runs { up, down } => {
                let most = [up, down][one.running];
                let keep = if one.runs < most { one.running } else { 1 - one.running };
                match (heads[keep], heads[1 - keep]) {
                    (None, None) => return None,
                    (Some(_), _) => keep,
                    (None, Some(_)) => 1 - keep,
                }
            }
        };
        if one.chamber.steps > 1 {
            if let Policy::MinimumFill { .. } = station.policy
                && let Some(later) = self.unfilled(at, room, direction)
            {
                return Some(later);
            }
            return Some(self.enter_flight(at, room, direction, sink));
        }
        if direction != facing {
            // Another free chamber that faces them goes first.
            let other = station.rooms.iter().enumerate().any(|(i, other)| {
                let takes = |v: &Vessel| other.takes(v.class as usize, direction, now);
                i != room
                    && other.free <= now
                    && other.shut <= now
                    && other.facing == direction
                    && station.queues[direction].iter().take(LOOK).any(takes)
            });
            if other {
                return None;
            }
            if let Policy::MinimumFill { .. } = station.policy
                && let Some(later) = self.unfilled(at, room, direction)
            {
                return Some(later);
            }
            let known = heads[direction].unwrap_or(now) - self.setup.complexes[at].announced_min;
            let one = &self.stations[at].rooms[room];
            let begun = known.max(one.free).max(one.shut).min(now);
            let until = self.turn_from(begun, at, room, sink);
            return if until > now { Some(until) } else { Some(self.lock(at, room, direction, sink)) };
        }
        if let Policy::MinimumFill { .. } = station.policy
            && let Some(later) = self.unfilled(at, room, direction)
        {
            // Nobody goes this way yet; the other side may be full.
            if heads[1 - facing].is_some() && self.unfilled(at, room, 1 - facing).is_none() {
                return Some(self.turn(at, room, sink));
            }
            return Some(later);
        }
        Some(self.lock(at, room, direction, sink))
    }

    /// A lockage into a flight: at once the same way, else when the ships the other way are out.
    fn enter_flight(&mut self, at: usize, room: usize, direction: usize, sink: &mut impl Sink) -> f64 {
        let one = &mut self.stations[at].rooms[room];
        if direction != one.running && self.now < one.clear {
            return one.clear;
        }
        one.exchange = direction != one.running;
        self.lock(at, room, direction, sink)
    }

    /// What a plan says a free chamber does now; nothing where no plan can be made.
    fn act_by_plan(&mut self, at: usize, room: usize, sink: &mut impl Sink) -> Option<Option<f64>> {
        let (now, last) = (self.now, self.stations.len() - 1);
        let mut planner = self.stations[at].planner.take()?;
        let announced = |direction: usize| -> Vec<Vessel> {
            let entry = if direction == 0 { 0 } else { last };
            let coming = if at == entry { Some(&self.coming[direction]) } else { None };
            let known = self.stations[at].inbound[direction].iter().chain(coming.into_iter().flatten());
            known.filter(|vessel| vessel.arrival <= now + planner.ahead).copied().collect()
        };
        let announced = [announced(0), announced(1)];
        let step = planner.next(&self.stations[at], room, now, &announced, self.setup.classes);
        self.stations[at].planner = Some(planner);
        let step = step?;
        if step.start > now + 1e-9 {
            return Some(Some(step.start));
        }
        if self.stations[at].rooms[room].chamber.steps > 1 {
            self.chosen = step.ships;
            return Some(Some(self.enter_flight(at, room, step.direction, sink)));
        }
        if step.direction != self.stations[at].rooms[room].facing || step.ships.is_empty() {
            return Some(Some(self.turn(at, room, sink)));
        }
        self.chosen = step.ships;
        Some(Some(self.lock(at, room, step.direction, sink)))
    }

    /// An empty run.
    fn turn(&mut self, at: usize, room: usize, sink: &mut impl Sink) -> f64 {
        self.turn_from(self.now, at, room, sink)
    }

    /// An empty run that began at a time.
    fn turn_from(&mut self, begun: f64, at: usize, room: usize, sink: &mut impl Sink) -> f64 {
        let one = &mut self.stations[at].rooms[room];
        let until = begun + one.chamber.empty() * noise(&one.chamber, &mut self.times);
        let direction = Direction::of(one.facing);
        one.free = until;
        one.facing = 1 - one.facing;
        one.exchange = false;
        let busy = until - begun;
        sink.see(
            self.now,
            at,
            &Event::Lockage { chamber: room, direction, begun, until, busy, ships: 0, area: 0.0 },
        );
        until
    }

    /// Chooses ships for a lockage into `self.chosen`; the share of area they take.
    fn load(&mut self, at: usize, room: usize, direction: usize) -> f64 {
        let station = &mut self.stations[at];
        let strict = station.policy == Policy::FirstCome;
        let one = &mut station.rooms[room];
        let queue = &station.queues[direction];
        one.skyline.clear();
        self.chosen.clear();
        let most = one.chamber.most_ships.unwrap_or(usize::MAX);
        let (mut area, mut refused, mut hulls) = (0.0, 0_u64, 0);
        let all = one.size.area() as f64;
        let passes = if station.urgent[direction] > 0 { 2 } else { 1 };
        'all: for pass in 0..passes {
            for (i, vessel) in queue.iter().enumerate().take(LOOK) {
                let class = vessel.class as usize;
                let urgent = self.urgent[class];
                if passes == 2 && (urgent == (pass == 1)) {
                    continue;
                }
                if (refused >> class) & 1 == 1 {
                    continue;
                }
                let Some(size) = one.fits[class] else { continue };
                if one.seasons.is_some() && !one.takes(class, direction, self.now) {
                    continue;
                }
                if self.alone[class] {
                    if self.chosen.is_empty() && placed(one, size, &self.company[class]) {
                        self.chosen.push(i);
                        area = taken(one, size, &self.company[class]);
                        break 'all;
                    }
                    if strict {
                        break 'all;
                    }
                    refused |= 1 << class;
                    continue;
                }
                hulls += 1 + self.company[class].len();
                if hulls <= most && placed(one, size, &self.company[class]) {
                    self.chosen.push(i);
                    area += taken(one, size, &self.company[class]);
                    if hulls >= most {
                        break 'all;
                    }
                } else if strict {
                    break 'all;
                } else {
                    hulls -= 1 + self.company[class].len();
                    refused |= 1 << class;
                }
            }
        }
        area / all
    }

    /// When to look again if too few ships wait for a lockage; nothing when it may go.
    fn unfilled(&mut self, at: usize, room: usize, direction: usize) -> Option<f64> {
        let Policy::MinimumFill { fill, longest_min } = self.stations[at].policy else { return None };
        let area = self.load(at, room, direction);
        let first = self.stations[at].queues[direction].front()?.arrival;
        let due = first + longest_min;
        (area < fill && due > self.now).then_some(due)
    }

    /// A lockage with ships.
    fn lock(&mut self, at: usize, room: usize, direction: usize, sink: &mut impl Sink) -> f64 {
        let now = self.now;
        let area = match self.stations[at].planner.is_some() && !self.chosen.is_empty() {
            true => self.chosen_area(at, room, direction),
            false => self.load(at, room, direction),
        };
        let queue = &self.stations[at].queues[direction];
        let company = self.chosen.iter().map(|i| self.company[queue[*i].class as usize].len());
        let ships = self.chosen.len();
        let hulls = ships + company.sum::<usize>();
        let last = self.stations.len() - 1;
        let onward = match direction {
            0 if at < last => Some((at + 1, self.stations[at].reach)),
            1 if at > 0 => Some((at - 1, self.stations[at - 1].reach)),
            _ => None,
        };
        let station = &mut self.stations[at];
        let one = &mut station.rooms[room];
        let noise = noise(&one.chamber, &mut self.times);
        let until = now + one.chamber.lockage(hulls, one.exchange) * noise;
        one.free = until;
        if one.chamber.steps > 1 {
            one.free = until.min(now + one.chamber.follow(hulls) * noise);
            one.clear = one.clear.max(until);
        }
        one.facing = 1 - direction;
        one.exchange = true;
        let free = one.free;
        if one.running == direction {
            one.runs += 1;
        } else {
            (one.running, one.runs) = (direction, 1);
        }
        let queue = &mut station.queues[direction];
        for i in &self.chosen {
            let vessel = &queue[*i];
            let class = vessel.class as usize;
            let load = match &one.seasons {
                Some(seasons) => seasons[month_of(now)][direction][class].unwrap_or(0.0),
                None => self.loads[direction][class],
            };
            sink.see(now, at, &Event::Started { vessel, wait: now - vessel.arrival, load });
        }
        if let Some((_, reach)) = onward {
            let gap = one.chamber.exit_interval_min;
            for (k, i) in self.chosen.iter().enumerate() {
                let mut vessel = queue[*i];
                vessel.arrival = until - gap * (ships - 1 - k) as f64 + reach;
                self.onward_ships.push(vessel);
            }
        }
        self.chosen.sort_unstable();
        for i in self.chosen.iter().rev() {
            let gone = if *i == 0 { queue.pop_front() } else { queue.remove(*i) };
            if let Some(gone) = gone {
                station.urgent[direction] -= u32::from(self.urgent[gone.class as usize]);
            }
        }
        if let Some((to, _)) = onward {
            for vessel in std::mem::take(&mut self.onward_ships) {
                let inbound = &mut self.stations[to].inbound[direction];
                let place = inbound.iter().rposition(|v| v.arrival <= vessel.arrival).map_or(0, |p| p + 1);
                inbound.insert(place, vessel);
            }
        }
        self.chosen.clear();
        let direction = Direction::of(direction);
        sink.see(
            now,
            at,
            &Event::Lockage { chamber: room, direction, begun: now, until, busy: free - now, ships, area },
        );
        free
    }

    /// The share of the chamber's area that the chosen ships take.
    fn chosen_area(&self, at: usize, room: usize, direction: usize) -> f64 {
        let (one, queue) = (&self.stations[at].rooms[room], &self.stations[at].queues[direction]);
        let of = |i: &usize| {
            let class = queue[*i].class as usize;
            one.fits[class].map_or(0.0, |size| taken(one, size, &self.company[class]))
        };
        self.chosen.iter().map(of).sum::<f64>() / one.size.area() as f64
    }

    /// Keeps both queues full.
    fn top_up(&mut self, at: usize) {
        for direction in 0..2 {
            while self.stations[at].queues[direction].len() < 2 * LOOK {
                let class = self.kinds[direction].choose(&self.shares) as u32;
                let vessel = Vessel {
                    number: self.number,
                    class,
                    direction: Direction::of(direction),
                    arrival: self.now,
                    wanted: self.now,
                };
                self.number += 1;
                self.stations[at].urgent[direction] += u32::from(self.urgent[class as usize]);
                self.stations[at].queues[direction].push_back(vessel);
            }
        }
    }
}

/// A hull's rectangle with the chamber's gaps.
pub(super) fn rectangle(chamber: &Chamber, length_m: f64, beam_m: f64) -> Rectangle {
    Rectangle {
        length: centimetres_up(length_m + chamber.gap_length_m),
        beam: centimetres_up(beam_m + chamber.gap_width_m),
    }
}

/// Places a ship and its company, all or none.
#[inline]
fn placed(room: &mut Room, ship: Rectangle, company: &[Hull]) -> bool {
    if company.is_empty() {
        return room.skyline.place(ship).is_some();
    }
    let before = room.skyline.clone();
    let all = room.skyline.place(ship).is_some()
        && company.iter().all(|hull| {
            let size = rectangle(&room.chamber, hull.length_m, hull.beam_m);
            room.skyline.place(size).is_some()
        });
    if !all {
        room.skyline = before;
    }
    all
}

/// The area of a ship and its company.
fn taken(room: &Room, ship: Rectangle, company: &[Hull]) -> f64 {
    let others = company.iter().map(|hull| rectangle(&room.chamber, hull.length_m, hull.beam_m).area());
    (ship.area() + others.sum::<i64>()) as f64
}

fn noise(chamber: &Chamber, random: &mut Random) -> f64 {
    match chamber.variation {
        v if v > 0.0 => random.gamma(1.0 / (v * v)),
        _ => 1.0,
    }
}

fn station(setup: &Setup<'_>, at: usize, complex: &Complex) -> Station {
    let rooms = complex.chambers.iter().map(|chamber| {
        let size =
            Rectangle { length: centimetres_down(chamber.length_m), beam: centimetres_down(chamber.width_m) };
        let fits = setup.classes.iter().map(|class| {
            let ship = rectangle(chamber, class.length_m, class.beam_m);
            let deep = match chamber.depths_m.is_empty() {
                true => class.draught_m + chamber.under_keel_m <= chamber.sill_m + 1e-9,
                false => true,
            };
            let company = class.with.iter().map(|hull| rectangle(chamber, hull.length_m, hull.beam_m));
            let all: Vec<Rectangle> = std::iter::once(ship).chain(company).collect();
            // The keeper's own way of placing them must do, too.
            let mut skyline = Skyline::new(size);
            (deep && all.iter().all(|hull| skyline.place(*hull).is_some())).then_some(ship)
        });
        let seasons = (chamber.depths_m.len() == 12).then(|| {
            Box::new(std::array::from_fn(|month| {
                let water = chamber.depths_m[month] - chamber.under_keel_m;
                Direction::BOTH
                    .map(|way| setup.classes.iter().map(|class| class.floats(way, water)).collect())
            }))
        });
        Room {
            size,
            skyline: Skyline::new(size),
            fits: fits.collect(),
            seasons,
            facing: 0,
            free: 0.0,
            clear: 0.0,
            exchange: false,
            runs: 0,
            running: 0,
            closed: Closed::new(&complex.closures, &chamber.id, at, setup.seed, setup.replication),
            shut: 0.0,
            open: 0.0,
            chamber: chamber.clone(),
        }
    });
    Station {
        rooms: rooms.collect(),
        policy: complex.policy,
        planner: match complex.policy {
            Policy::Optimised { ahead_min } => Some(Planner::new(ahead_min)),
            _ => None,
        },
        queues: [VecDeque::new(), VecDeque::new()],
        urgent: [0, 0],
        inbound: [VecDeque::new(), VecDeque::new()],
        wake: f64::INFINITY,
        reach: complex.reach_min,
    }
}
