//! What the server holds: the dossiers as they were last read, texts that were pasted, runs, and who listens.

use crate::{
    api,
    guard::Guard,
    refusal::Refused,
    runs::Runs,
    texts::{self, Texts},
    view::View,
};
use axum::http::StatusCode;
use std::{
    path::PathBuf,
    sync::{Arc, Mutex, PoisonError},
};
use tokio::sync::{Semaphore, watch};
use zhidian_dossier::{Dossiers, Options};
use zhidian_ledger::{AssessError, Registry, Run, assess};
use zhidian_model::{Severity, Stop, Text};

/// Requests that are answered at once; the others wait.
const AT_ONCE: usize = 64;

/// The dossiers as they were read at one time. It is replaced whole.
pub(crate) struct Snapshot {
    pub(crate) generation: u64,
    pub(crate) view: Arc<View>,
}

/// Everything that is shared between requests.
pub(crate) struct App {
    paths: Vec<PathBuf>,
    pub(crate) read_only: bool,
    pub(crate) guard: Guard,
    pub(crate) runs: Runs,
    pub(crate) at_once: Semaphore,
    /// One change of a dossier at a time.
    pub(crate) writing: tokio::sync::Mutex<()>,
    snapshot: watch::Sender<Option<Arc<Snapshot>>>,
    told: watch::Sender<api::Event>,
    texts: Mutex<Texts>,
    ending: watch::Sender<bool>,
}

impl App {
    pub(crate) fn new(paths: Vec<PathBuf>, read_only: bool, guard: Guard) -> Arc<Self> {
        Arc::new(Self {
            paths,
            read_only,
            guard,
            runs: Runs::new(),
            at_once: Semaphore::new(AT_ONCE),
            writing: tokio::sync::Mutex::new(()),
            snapshot: watch::channel(None).0,
            told: watch::channel(api::Event { generation: 0, problem: None }).0,
            texts: Mutex::default(),
            ending: watch::channel(false).0,
        })
    }

    /// The dossiers as they were last read; a request that comes before they were read once waits.
    pub(crate) async fn snapshot(&self) -> Result<Arc<Snapshot>, Refused> {
        let mut changes = self.snapshot.subscribe();
        let held = changes.wait_for(Option::is_some).await;
        held.ok().and_then(|snapshot| snapshot.clone()).ok_or_else(|| {
            Refused::new(
                StatusCode::SERVICE_UNAVAILABLE,
                "服务正在停止",
                "failed to answer: the server is stopping",
            )
        })
    }

    /// The view that holds a document.
    pub(crate) async fn view_of(&self, document: &str) -> Result<Arc<View>, Refused> {
        let main = self.snapshot().await?.view.clone();
        if main.document(document).is_some() {
            return Ok(main);
        }
        self.texts().view(document).ok_or_else(|| Refused::missing(("文稿", "document"), document))
    }

    /// The view that holds a finding: that of the dossiers first.
    pub(crate) async fn view_with(&self, finding: &str) -> Result<Arc<View>, Refused> {
        let main = self.snapshot().await?.view.clone();
        let mut views = std::iter::once(main).chain(self.texts().views());
        views
            .find(|view| view.finding(finding).is_some())
            .ok_or_else(|| Refused::missing(("结果", "finding"), finding))
    }

    /// The texts that were pasted.
    pub(crate) fn texts(&self) -> std::sync::MutexGuard<'_, Texts> {
        self.texts.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Told of every generation.
    pub(crate) fn events(&self) -> watch::Receiver<api::Event> {
        self.told.subscribe()
    }

    /// Told when the server stops.
    pub(crate) fn ending(&self) -> watch::Receiver<bool> {
        self.ending.subscribe()
    }

    /// Stops runs and lets those who listen go.
    pub(crate) fn end(&self) {
        self.runs.cancel_all();
        self.ending.send_replace(true);
    }

    /// Reads the dossiers and answers everything anew. What was read before stays when they cannot be read. Blocks.
    ///
    /// # Errors
    /// Why they cannot be read.
    pub(crate) fn reload(&self, run: &Run<'_>) -> Result<Arc<Snapshot>, Text> {
        let read = self.read(run);
        let problem = match read {
            Ok(Some(view)) => return Ok(self.replace(view, run)),
            Ok(None) => None,
            Err(problem) => Some(problem),
        };
        let generation = self.told.borrow().generation;
        let known = self.told.borrow().problem == problem;
        if !known {
            self.told.send_replace(api::Event { generation, problem: problem.clone() });
        }
        match (problem, self.snapshot.borrow().clone()) {
            (None, Some(snapshot)) => Ok(snapshot),
            (problem, _) => Err(problem.unwrap_or_default()),
        }
    }

    /// The dossiers with their answers; nothing when no file of them has changed.
    fn read(&self, run: &Run<'_>) -> Result<Option<View>, Text> {
        let dossiers = Dossiers::open(&self.paths, &Options::default()).map_err(|error| {
            Text::new(format!("无法打开资料夹：{error}"), format!("failed to open the dossier: {error}"))
        })?;
        if let Some(held) = self.snapshot.borrow().as_ref() {
            if let Some(broken) = broken(&dossiers) {
                return Err(broken);
            }
            if held.view.dossiers.manifest() == dossiers.manifest() {
                return Ok(None);
            }
        }
        let ledger = assess(&dossiers, &Registry::standard(), run).map_err(|error| in_words(&error))?;
        Ok(Some(View::new(dossiers, ledger, false)))
    }

    fn replace(&self, view: View, run: &Run<'_>) -> Arc<Snapshot> {
        // Texts are answered from the same dossiers; one that can no longer be answered is dropped.
        let inputs = self.texts().inputs();
        let again: Vec<_> =
            inputs.into_iter().filter_map(|input| texts::answer(&view.dossiers, input, run).ok()).collect();
        let generation = self.told.borrow().generation + 1;
        let snapshot = Arc::new(Snapshot { generation, view: Arc::new(view) });
        let mut texts = self.texts();
        texts.replace(again);
        self.snapshot.send_replace(Some(snapshot.clone()));
        drop(texts);
        self.told.send_replace(api::Event { generation, problem: None });
        snapshot
    }
}

/// Why a dossier is no longer one: its description cannot be read.
fn broken(dossiers: &Dossiers) -> Option<Text> {
    let fatal = dossiers.problems().iter().filter(|problem| problem.severity == Severity::Fatal);
    let package = fatal.into_iter().find(|problem| {
        let empty = |name: &str| dossiers.manifest().dossiers.iter().any(|own| own.given && own.name == name);
        problem.file.ends_with("datapackage.json") && empty("")
    })?;
    Some(Text::new(
        format!("{}：{}", package.file, package.remedy.zh),
        format!("failed to read {}: {}", package.file, package.remedy.en),
    ))
}

/// Why an assessment came to nothing.
pub(crate) fn in_words(error: &AssessError) -> Text {
    match error {
        AssessError::Document { document, why } => Text::new(
            format!("无法读取文稿“{document}”：{why}"),
            format!("failed to read the document “{document}”: {why}"),
        ),
        AssessError::Engine { engine, stop } => {
            let why = stopped(stop);
            Text::new(format!("{engine} 未能完成：{}", why.zh), format!("failed to run {engine}: {}", why.en))
        }
    }
}

/// Why an engine gave nothing back.
pub(crate) fn stopped(stop: &Stop) -> Text {
    match stop {
        Stop::Cancelled => Text::new("已取消", "it was cancelled"),
        Stop::Misuse(text) => text.clone(),
        Stop::MissingParameter(name, period) => Text::new(
            format!("资料夹的 parameters.toml 中缺少参数 {name}（{period}）"),
            format!("parameter {name} for {period} is not in the dossier's parameters.toml"),
        ),
    }
}
