//! The page and its JSON twin over HTTP.
//!
//! [`serve()`] binds, reads the dossiers, and answers until it is told to stop. What is read never changes: it is replaced
//! whole when a dossier does.
//!
//! | module | what it holds |
//! |---|---|
//! | [`api`] | the JSON of the pages |
//! | `operations`, `openapi` | every operation with its description and its handler |
//! | `pages` | what each page is made of, from a `view` of one assessment |
//! | `app` | what is shared between requests |
//! | `runs`, `texts`, `events` | work that takes its time, texts that were pasted, streams of what happens |
//! | `guard`, `asked`, `refusal` | who may ask, what is asked, what is refused |
//! | `listen`, `around`, `page` | connections, what is put around every answer, the built page |
//! | `watch` | reads dossiers again when they change |

pub mod api;
mod app;
mod around;
mod asked;
mod events;
mod guard;
mod handlers;
mod listen;
mod openapi;
mod operations;
mod page;
mod pages;
mod refusal;
mod rendered;
mod runs;
mod serve;
mod texts;
mod view;
mod watch;

pub use serve::{Options, ServeError, Server, Told, serve};

/// The description of the API: `/api/openapi.json`.
pub fn openapi() -> serde_json::Value {
    openapi::describe(&operations::operations())
}
