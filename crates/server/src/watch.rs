//! Reads the dossiers again when a file of theirs changes.

use crate::{Told, app::App};
use notify::{EventKind, RecursiveMode, Watcher};
use std::{collections::BTreeSet, path::PathBuf, sync::Arc, time::Duration};
use tokio::sync::mpsc;
use zhidian_ledger::Run;
use zhidian_model::Text;

/// Changes that come within this time are one change: editors write a file in several steps.
const QUIET: Duration = Duration::from_millis(250);
/// How often a folder is looked at where the system does not tell of changes.
const LOOK: Duration = Duration::from_secs(2);

/// Watches until the server stops.
pub(crate) async fn watch(app: Arc<App>, tell: Arc<dyn Fn(Told) + Send + Sync>) {
    let (changed, mut changes) = mpsc::unbounded_channel();
    let mut ending = app.ending();
    let mut watched: Option<(BTreeSet<PathBuf>, Box<dyn Watcher + Send>)> = None;
    loop {
        let roots = roots(&app).await;
        if watched.as_ref().is_none_or(|(known, _)| *known != roots) {
            match watcher(&roots, changed.clone()) {
                Ok(watcher) => watched = Some((roots, watcher)),
                Err(error) => tell(Told::NotRead(Text::new(
                    format!("无法监视资料夹：{error}"),
                    format!("failed to watch the dossiers: {error}"),
                ))),
            }
        }
        tokio::select! {
            change = changes.recv() => if change.is_none() { return },
            _ = ending.wait_for(|ending| *ending) => return,
        }
        while tokio::time::timeout(QUIET, changes.recv()).await.is_ok_and(|change| change.is_some()) {}
        again(&app, &tell).await;
    }
}

/// Reads the dossiers again, one change at a time.
async fn again(app: &Arc<App>, tell: &Arc<dyn Fn(Told) + Send + Sync>) {
    let _one = app.writing.lock().await;
    let before = app.events().borrow().generation;
    let reading = app.clone();
    match tokio::task::spawn_blocking(move || reading.reload(&Run::default())).await {
        Ok(Ok(snapshot)) if snapshot.generation != before => tell(Told::ReadAgain(snapshot.generation)),
        Ok(Ok(_)) => {}
        Ok(Err(problem)) => tell(Told::NotRead(problem)),
        Err(_) => tell(Told::NotRead(Text::new("程序内部错误", "a fault of ours"))),
    }
}

async fn roots(app: &App) -> BTreeSet<PathBuf> {
    match app.snapshot().await {
        Ok(snapshot) => {
            snapshot.view.dossiers.manifest().dossiers.iter().map(|dossier| dossier.root.clone()).collect()
        }
        Err(_) => BTreeSet::new(),
    }
}

/// The system's own way of telling; where it has none left, the folders are looked at from time to time.
fn watcher(
    roots: &BTreeSet<PathBuf>,
    changed: mpsc::UnboundedSender<()>,
) -> notify::Result<Box<dyn Watcher + Send>> {
    let told = move |event: notify::Result<notify::Event>| {
        // Reading is no change, and neither is a file that is still being written beside its place.
        let ours = |path: &PathBuf| {
            path.file_name().is_some_and(|name| name.to_string_lossy().starts_with(".zhidian-"))
        };
        let matters = |event: &notify::Event| {
            let temporary = !event.paths.is_empty() && event.paths.iter().all(ours);
            !matches!(event.kind, EventKind::Access(_)) && !temporary
        };
        if event.as_ref().map_or(true, matters) {
            let _ = changed.send(());
        }
    };
    let follow = |watcher: &mut dyn Watcher| -> notify::Result<()> {
        roots.iter().try_for_each(|root| watcher.watch(root, RecursiveMode::Recursive))
    };
    let native = notify::recommended_watcher(told.clone()).and_then(|mut watcher| {
        follow(&mut watcher)?;
        Ok(Box::new(watcher) as Box<dyn Watcher + Send>)
    });
    native.or_else(|_| {
        let config = notify::Config::default().with_poll_interval(LOOK).with_compare_contents(true);
        let mut watcher = notify::PollWatcher::new(told, config)?;
        follow(&mut watcher)?;
        Ok(Box::new(watcher) as Box<dyn Watcher + Send>)
    })
}
