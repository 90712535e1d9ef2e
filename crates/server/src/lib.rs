//! The page and its JSON twin over HTTP.

pub mod api;
mod guard;
mod openapi;
mod operations;

/// The description of the API: `/api/openapi.json`.
pub fn openapi() -> serde_json::Value {
    openapi::describe(&operations::operations())
}
