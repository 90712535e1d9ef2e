//! What can be known without simulating: closed forms.

mod backlog;
mod economics;
mod kooman;
mod queues;

pub use backlog::{Backlog, backlog};
pub use economics::{break_even, net_present_value, year_of_need};
pub use kooman::{Pattern, kooman_capacity, kooman_wait};
pub use queues::{
    Bulk, FixedCycle, bulk, fixed_cycle, wait_many_exponential, wait_many_fixed, wait_one_server,
};

/// Ships a lock passes in the time of one lockage when it serves single ships in order of arrival, sides are as likely
/// and it is never without work: of two successive ships one in two comes from the other side, and half the lockages
/// need an empty run first.
///
/// `exchange` is the share of successive ships from opposite sides; it is one half when sides are independent.
pub fn single_ship_throughput(exchange: f64) -> f64 {
    1.0 / (1.0 + (1.0 - exchange))
}
