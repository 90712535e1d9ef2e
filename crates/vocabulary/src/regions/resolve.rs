//! One name, one place: how a homonym is decided, and when it is not.
use super::{Level, Region, contains, named};

/// What a name stands for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Resolution {
    /// One division.
    One(&'static Region),
    /// Several that nothing decides between, in the order of their codes.
    Several(Vec<&'static Region>),
    /// No division has this name.
    None,
}

/// The division a name stands for, given the division the text is about.
///
/// The candidates of [`named`] are narrowed by these rules in turn, each only where it leaves something:
/// 1. those inside the context, or holding it (a county text names its province);
/// 2. codes in force before past ones;
/// 3. those whose full name it is, before those it merely shortens (吉林省 is never 吉林市);
/// 4. for a short name, the higher level (新乡 is the city 410700, not the county 410721).
pub fn resolve(name: &str, within: Option<u32>) -> Resolution {
    decide(named(name), Some(name), within)
}

/// The same over given candidates; without a name, rule 3 has nothing to go by.
pub(crate) fn decide(
    mut candidates: Vec<&'static Region>,
    name: Option<&str>,
    within: Option<u32>,
) -> Resolution {
    if let Some(context) = within {
        narrow(&mut candidates, |region| contains(context, region.code) || contains(region.code, context));
    }
    narrow(&mut candidates, Region::in_force);
    if let Some(name) = name {
        narrow(&mut candidates, |region| region.name == name);
    }
    let highest: Option<Level> = candidates.iter().map(|region| region.level).min();
    narrow(&mut candidates, |region| Some(region.level) == highest);
    match candidates.len() {
        0 => Resolution::None,
        1 => Resolution::One(candidates[0]),
        _ => Resolution::Several(candidates),
    }
}

/// Keeps what passes, unless nothing does.
fn narrow(candidates: &mut Vec<&'static Region>, keep: impl Fn(&Region) -> bool) {
    if candidates.iter().any(|region| keep(region)) {
        candidates.retain(|region| keep(region));
    }
}
