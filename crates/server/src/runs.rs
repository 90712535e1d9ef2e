//! Work that takes its time: in threads of its own, a few at once, each with its progress and a way to stop it.

use crate::{
    api::{RunState, RunStatus},
    refusal::Refused,
    rendered::Rendered,
};
use axum::http::StatusCode;
use std::{
    collections::BTreeMap,
    sync::{
        Arc, Mutex, MutexGuard, PoisonError,
        atomic::{AtomicBool, Ordering},
    },
    time::{Duration, Instant},
};
use tokio::sync::{Semaphore, watch};
use zhidian_model::Text;

/// Runs at once; the others wait.
const AT_ONCE: usize = 2;
/// How many may wait.
const WAITING: usize = 16;
/// How many that have ended are kept.
const KEPT: usize = 64;
/// How often progress is passed on.
const OFTEN: Duration = Duration::from_millis(80);

/// Every run that is known.
pub(crate) struct Runs {
    held: Arc<Mutex<Held>>,
    slots: Arc<Semaphore>,
}

#[derive(Default)]
struct Held {
    next: u64,
    runs: BTreeMap<u64, Entry>,
}

struct Entry {
    status: watch::Sender<RunStatus>,
    cancelled: Arc<AtomicBool>,
    result: Option<Arc<Rendered>>,
}

/// What a run came to.
pub(crate) enum Done {
    /// A result that is kept with the run.
    Result(Rendered),
    /// Its result is a page of its own.
    Page(String),
}

/// Why a run came to nothing.
pub(crate) enum Undone {
    Cancelled,
    Failed(Text),
}

/// What a run is given: whether to stop, and whom to tell how far it is.
pub(crate) struct Doing {
    cancelled: Arc<AtomicBool>,
    status: watch::Sender<RunStatus>,
    told: Mutex<Instant>,
}

impl Doing {
    pub(crate) fn cancelled(&self) -> bool {
        self.cancelled.load(Ordering::Relaxed)
    }

    pub(crate) fn progress(&self, stage: &str, done: u64, of: u64) {
        let mut told = self.told.lock().unwrap_or_else(PoisonError::into_inner);
        let new_stage = self.status.borrow().stage.as_deref() != Some(stage);
        if !new_stage && told.elapsed() < OFTEN && done < of {
            return;
        }
        *told = Instant::now();
        self.status.send_modify(|status| {
            if status.state == RunState::Running {
                (status.stage, status.done, status.of) = (Some(stage.to_owned()), done, of);
            }
        });
    }
}

impl Runs {
    pub(crate) fn new() -> Self {
        Self { held: Arc::default(), slots: Arc::new(Semaphore::new(AT_ONCE)) }
    }

    fn held(&self) -> MutexGuard<'_, Held> {
        self.held.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Starts work, or lets it wait. Refused when too many wait already.
    pub(crate) fn start(
        &self,
        what: &str,
        work: impl FnOnce(&Doing) -> Result<Done, Undone> + Send + 'static,
    ) -> Result<RunStatus, Refused> {
        let mut held = self.held();
        let of_state = |state| held.runs.values().filter(|run| run.status.borrow().state == state).count();
        if of_state(RunState::Waiting) >= WAITING {
            return Err(Refused::new(
                StatusCode::TOO_MANY_REQUESTS,
                "等候的运行太多，请稍后再试",
                "failed to start: too many runs are waiting; try again later",
            ));
        }
        held.next += 1;
        let number = held.next;
        let status = RunStatus {
            id: number.to_string(),
            what: what.to_owned(),
            state: RunState::Waiting,
            stage: None,
            done: 0,
            of: 0,
            error: None,
            result: None,
        };
        let (sender, cancelled) = (watch::channel(status.clone()).0, Arc::new(AtomicBool::new(false)));
        held.runs
            .insert(number, Entry { status: sender.clone(), cancelled: cancelled.clone(), result: None });
        held.forget();
        drop(held);
        let doing = Doing { cancelled, status: sender, told: Mutex::new(Instant::now()) };
        tokio::spawn(carry_out(number, doing, work, self.slots.clone(), self.held.clone()));
        Ok(status)
    }

    /// How far a run is.
    pub(crate) fn status(&self, id: &str) -> Result<RunStatus, Refused> {
        self.entry(id, |run| run.status.borrow().clone())
    }

    /// Told how far a run is.
    pub(crate) fn follow(&self, id: &str) -> Result<watch::Receiver<RunStatus>, Refused> {
        self.entry(id, |run| run.status.subscribe())
    }

    /// Stops a run; one that has ended stays as it is.
    pub(crate) fn cancel(&self, id: &str) -> Result<RunStatus, Refused> {
        self.entry(id, |run| {
            run.cancel();
            run.status.borrow().clone()
        })
    }

    /// Stops every run.
    pub(crate) fn cancel_all(&self) {
        self.held().runs.values().for_each(Entry::cancel);
    }

    /// The result of a run that has ended well.
    pub(crate) fn result(&self, id: &str) -> Result<Arc<Rendered>, Refused> {
        self.entry(id, |run| run.result.clone().ok_or_else(|| run.why_not()))?
    }

    fn entry<T>(&self, id: &str, see: impl FnOnce(&Entry) -> T) -> Result<T, Refused> {
        let held = self.held();
        let number = id.parse::<u64>().ok().filter(|number| number.to_string() == id);
        let run = number.and_then(|number| held.runs.get(&number));
        run.map(see).ok_or_else(|| Refused::missing(("运行", "run"), id))
    }
}

impl Held {
    /// Drops what has ended, oldest first.
    fn forget(&mut self) {
        let ended: Vec<u64> = self
            .runs
            .iter()
            .filter(|(_, run)| !matches!(run.status.borrow().state, RunState::Waiting | RunState::Running))
            .map(|(number, _)| *number)
            .collect();
        for number in ended.iter().take(ended.len().saturating_sub(KEPT)) {
            self.runs.remove(number);
        }
    }
}

impl Entry {
    fn cancel(&self) {
        self.cancelled.store(true, Ordering::Relaxed);
        self.status.send_if_modified(|status| {
            let waits = status.state == RunState::Waiting;
            if waits {
                status.state = RunState::Cancelled;
            }
            waits
        });
    }

    fn why_not(&self) -> Refused {
        let status = self.status.borrow();
        match (&status.state, &status.result) {
            (RunState::Done, Some(page)) => Refused::conflict(
                format!("结果在 {page}"),
                format!("failed to give it here: the result stands at {page}"),
            ),
            (RunState::Cancelled, _) => {
                Refused::conflict("这次运行已取消", "failed to give a result: the run was cancelled")
            }
            (RunState::Failed, _) => {
                let error = status.error.clone().unwrap_or_default();
                Refused::conflict(
                    format!("这次运行没有结果：{}", error.zh),
                    format!("failed to give a result: {}", error.en),
                )
            }
            _ => Refused::conflict(
                "这次运行还没有结束",
                "failed to give a result: the run has not come to its end",
            ),
        }
    }
}

async fn carry_out(
    number: u64,
    doing: Doing,
    work: impl FnOnce(&Doing) -> Result<Done, Undone> + Send + 'static,
    slots: Arc<Semaphore>,
    held: Arc<Mutex<Held>>,
) {
    let status = doing.status.clone();
    let mut changes = status.subscribe();
    let slot = tokio::select! {
        slot = slots.acquire_owned() => slot,
        _ = changes.wait_for(|status| status.state == RunState::Cancelled) => return,
    };
    let begun = status.send_if_modified(|status| {
        let waits = status.state == RunState::Waiting;
        if waits {
            status.state = RunState::Running;
        }
        waits
    });
    if !begun {
        return;
    }
    let done = tokio::task::spawn_blocking(move || work(&doing)).await;
    drop(slot);
    let done = done.unwrap_or_else(|_| {
        Err(Undone::Failed(Text::new(
            "程序内部错误；请附上输入报告此问题",
            "a fault of ours; please report it with the input",
        )))
    });
    let (result, page, state, error) = match done {
        Ok(Done::Result(rendered)) => {
            (Some(Arc::new(rendered)), Some(format!("/api/runs/{number}/result")), RunState::Done, None)
        }
        Ok(Done::Page(page)) => (None, Some(page), RunState::Done, None),
        Err(Undone::Cancelled) => (None, None, RunState::Cancelled, None),
        Err(Undone::Failed(error)) => (None, None, RunState::Failed, Some(error)),
    };
    if let Some(run) = held.lock().unwrap_or_else(PoisonError::into_inner).runs.get_mut(&number) {
        run.result = result;
    }
    status.send_modify(|status| (status.state, status.error, status.result) = (state, error, page));
}
