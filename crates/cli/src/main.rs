//! The command line of Zhidian.
fn main() {}
