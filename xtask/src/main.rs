//! The build's own chores.
fn main() {}
