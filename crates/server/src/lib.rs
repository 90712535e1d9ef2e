//! The page and its JSON twin over HTTP.

pub mod api;
