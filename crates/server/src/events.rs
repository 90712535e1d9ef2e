//! Streams of events: how far a run is, and that the dossiers were read again.

use crate::{
    api::{RunState, RunStatus},
    app::App,
};
use axum::response::sse::{Event, KeepAlive, Sse};
use futures_util::stream::{Stream, unfold};
use serde::Serialize;
use std::{convert::Infallible, sync::Arc};
use tokio::sync::watch;

/// Events without a name until the run has ended, the present state first.
pub(crate) fn of_run(
    app: &Arc<App>,
    status: watch::Receiver<RunStatus>,
) -> Sse<impl Stream<Item = Told> + use<>> {
    let ended = |status: &RunStatus| !matches!(status.state, RunState::Waiting | RunState::Running);
    Sse::new(following(status, app.ending(), None, ended)).keep_alive(KeepAlive::default())
}

/// Events named `generation`, the present one first.
pub(crate) fn of_dossiers(app: &Arc<App>) -> Sse<impl Stream<Item = Told> + use<>> {
    Sse::new(following(app.events(), app.ending(), Some("generation"), |_| false))
        .keep_alive(KeepAlive::default())
}

type Told = Result<Event, Infallible>;

/// The present value, then every later one, until one is the last or the server stops.
fn following<T: Serialize + Clone + Send + Sync + 'static>(
    mut values: watch::Receiver<T>,
    ending: watch::Receiver<bool>,
    name: Option<&'static str>,
    last: fn(&T) -> bool,
) -> impl Stream<Item = Told> + use<T> {
    values.mark_changed();
    unfold(Some((values, ending)), move |state| async move {
        let (mut values, mut ending) = state?;
        tokio::select! {
            changed = values.changed() => changed.ok()?,
            _ = ending.wait_for(|ending| *ending) => return None,
        }
        let value = values.borrow_and_update().clone();
        let event = Event::default().json_data(&value).unwrap_or_default();
        let event = name.map_or(event.clone(), |name| event.event(name));
        let rest = (!last(&value)).then_some((values, ending));
        Some((Ok(event), rest))
    })
}
