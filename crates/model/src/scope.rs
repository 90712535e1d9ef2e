//! Dated rosters: the peers a rank is counted among.

use crate::{Code, Origin, Period, Subject};
use std::{collections::BTreeMap, sync::Arc};

/// A dated roster. A rank is counted in a roster, never among the rows at hand; a peer whose figure is missing widens
/// the rank instead of disappearing from it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Scope {
    /// `zhejiang.prefectures`
    pub id: Code,
    /// Its name.
    pub title: String,
    /// What a document calls it: `330000/prefecture`. Rosters that read the same are readings of one another.
    pub reads: Code,
    /// Each member with the time it belonged.
    pub members: BTreeMap<Subject, Period>,
    /// How many belong, where not all of them are named.
    pub stated_size: Option<u32>,
    /// Where the roster comes from.
    pub origin: Arc<Origin>,
}

impl Scope {
    /// How many belonged throughout a period, named or not.
    pub fn size(&self, period: &Period) -> u32 {
        let named = u32::try_from(self.during(period).count()).unwrap_or(u32::MAX);
        self.stated_size.map_or(named, |stated| stated.max(named))
    }

    /// Who belonged throughout a period, in code order.
    pub fn during<'a>(&'a self, period: &'a Period) -> impl Iterator<Item = &'a Subject> {
        self.members.iter().filter(|(_, valid)| valid.contains(period)).map(|(member, _)| member)
    }
}
