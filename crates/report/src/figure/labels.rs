//! Labels that do not run into each other: candidates in order of liking, the first that is free is taken.

/// A box in pixels.
#[derive(Clone, Copy, Debug)]
pub(super) struct Area {
    pub(super) left: f64,
    pub(super) top: f64,
    pub(super) right: f64,
    pub(super) bottom: f64,
}

impl Area {
    pub(super) fn new(left: f64, top: f64, width: f64, height: f64) -> Self {
        Self { left, top, right: left + width, bottom: top + height }
    }

    pub(super) fn around(center: (f64, f64), radius: f64) -> Self {
        Self::new(center.0 - radius, center.1 - radius, radius * 2.0, radius * 2.0)
    }

    fn meets(&self, other: &Self) -> bool {
        self.left < other.right
            && other.left < self.right
            && self.top < other.bottom
            && other.top < self.bottom
    }
}

/// What is taken already, and the edges labels must keep within.
pub(super) struct Placer {
    taken: Vec<Area>,
    left: f64,
    right: f64,
}

impl Placer {
    pub(super) fn new(left: f64, right: f64) -> Self {
        Self { taken: Vec::new(), left, right }
    }

    pub(super) fn take(&mut self, area: Area) {
        self.taken.push(area);
    }

    pub(super) fn free(&self, area: &Area) -> bool {
        area.left >= self.left
            && area.right <= self.right
            && !self.taken.iter().any(|other| other.meets(area))
    }

    /// Takes all areas of the first candidate that is free in all of them: a label and the line that leads to it.
    pub(super) fn first_free<T>(
        &mut self,
        candidates: impl IntoIterator<Item = (T, Vec<Area>)>,
    ) -> Option<T> {
        for (candidate, areas) in candidates {
            if areas.iter().all(|area| self.free(area)) {
                self.taken.extend(areas);
                return Some(candidate);
            }
        }
        None
    }

    /// The lowest pixel that is taken.
    pub(super) fn bottom(&self) -> f64 {
        self.taken.iter().map(|area| area.bottom).fold(0.0, f64::max)
    }

    /// The highest pixel that is taken.
    pub(super) fn top(&self) -> f64 {
        self.taken.iter().map(|area| area.top).fold(0.0, f64::min)
    }
}
