//! What each operation does: what is asked is taken apart, a page is made, an answer goes out.

use crate::{
    api::{
        ChangeShown, Changed, Comparison, NewOverrule, NewRun, NewScenarioRun, NewText, ProblemPage,
        RunStatus, Supposed,
    },
    app::{App, in_words, stopped},
    asked::{Body, Names, Query},
    events,
    pages::{document, downloads, engines, evidence, home, origins, statement, tables},
    refusal::Refused,
    rendered::Rendered,
    runs::{Doing, Done, Undone},
    texts::{self, Pasted},
    view::{View, reference},
};
use axum::{
    Json,
    extract::State,
    http::{HeaderMap, HeaderName, HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use serde::Serialize;
use std::{
    collections::BTreeMap,
    sync::{Arc, LazyLock},
};
use zhidian_dossier::{Override, overrule as keep};
use zhidian_ledger::{AssessError, Registry, Run, alone, assess, compare, contract::Outcome};
use zhidian_model::{Problem, Stop};
use zhidian_report::Language;

type Answer = Result<Response, Refused>;
type Shared = State<Arc<App>>;

/// Longest name and reason of a person who overrules, in characters.
const PERSON: usize = 60;
const REASON: usize = 1000;

fn json(value: &impl Serialize, headers: &HeaderMap) -> Answer {
    Ok(Rendered::json(value)?.answer(headers))
}

/// Work that may take a while, away from where others are answered.
async fn apart<T: Send + 'static>(work: impl FnOnce() -> T + Send + 'static) -> Result<T, Refused> {
    tokio::task::spawn_blocking(work).await.map_err(|_| Refused::fault())
}

/// A page that is made once a view.
async fn made(
    view: Arc<View>,
    name: String,
    headers: HeaderMap,
    make: impl FnOnce(&View) -> Option<Rendered> + Send + 'static,
) -> Result<Option<Response>, Refused> {
    let page = apart(move || view.page(&name, || make(&view))).await?;
    Ok(page.map(|page| page.answer(&headers)))
}

fn written(value: &impl Serialize) -> Option<Rendered> {
    Rendered::json(value).ok()
}

pub(crate) async fn openapi(headers: HeaderMap) -> Answer {
    static DESCRIPTION: LazyLock<Option<Rendered>> = LazyLock::new(|| Rendered::json(&crate::openapi()).ok());
    DESCRIPTION.as_ref().map(|description| description.answer(&headers)).ok_or_else(Refused::fault)
}

pub(crate) async fn home(State(app): Shared, headers: HeaderMap) -> Answer {
    let snapshot = app.snapshot().await?;
    let texts = app.texts().views();
    let texts = texts.iter().map(|view| &**view);
    json(&home::page(snapshot.generation, &snapshot.view, texts, !app.read_only), &headers)
}

pub(crate) async fn follow(State(app): Shared) -> Answer {
    app.snapshot().await?;
    Ok(events::of_dossiers(&app).into_response())
}

pub(crate) async fn assessment(State(app): Shared, headers: HeaderMap) -> Answer {
    let view = app.snapshot().await?.view.clone();
    let whole = made(view, "assessment".into(), headers, |view| written(&view.ledger.assessment)).await?;
    whole.ok_or_else(Refused::fault)
}

pub(crate) async fn document(State(app): Shared, Names(id): Names<String>, headers: HeaderMap) -> Answer {
    let view = app.view_of(&id).await?;
    let own = id.clone();
    let page =
        made(view, format!("d/{id}"), headers, move |view| written(&document::page(view, &own)?)).await?;
    page.ok_or_else(|| Refused::missing(("文稿", "document"), &id))
}

pub(crate) async fn statement(
    State(app): Shared,
    Names((document, id)): Names<(String, String)>,
    headers: HeaderMap,
) -> Answer {
    let view = app.view_of(&document).await?;
    let page = statement::page(&view, &document, &id).ok_or_else(|| no_statement(&id))?;
    json(&page, &headers)
}

fn no_statement(id: &str) -> Refused {
    Refused::missing(("表述", "statement"), id)
}

pub(crate) async fn what_if(
    State(app): Shared,
    Names((document, id)): Names<(String, String)>,
    Body(supposed): Body<Supposed>,
) -> Answer {
    let view = app.view_of(&document).await?;
    view.answer(&document, &id).ok_or_else(|| no_statement(&id))?;
    Ok(Json(statement::supposed(&view, &id, &supposed)?).into_response())
}

pub(crate) async fn overrule(
    State(app): Shared,
    Names((document, id)): Names<(String, String)>,
    Body(new): Body<NewOverrule>,
) -> Answer {
    if app.read_only {
        return Err(Refused::new(
            StatusCode::FORBIDDEN,
            "资料夹为只读，不能改判",
            "failed to overrule: the dossiers are only read here",
        ));
    }
    let (name, reason) = (told(&new.name, PERSON)?, told(&new.reason, REASON)?);
    let _one = app.writing.lock().await;
    let view = app.view_of(&document).await?;
    let (_, answer) = view.answer(&document, &id).ok_or_else(|| no_statement(&id))?;
    if view.pasted {
        return Err(Refused::conflict(
            "粘贴的文稿不属于资料夹，改判无处保存",
            "failed to overrule: a pasted text has no dossier to keep it in",
        ));
    }
    if new.outcome.kind() != answer.kind {
        let allowed: Vec<&str> = Outcome::ALL
            .iter()
            .filter(|outcome| outcome.kind() == answer.kind)
            .map(|outcome| outcome.name())
            .collect();
        return Err(Refused::conflict(
            format!("这一句的结论只能改判为：{}", allowed.join("、")),
            format!("failed to overrule: for this kind of answer expected one of {}", allowed.join(", ")),
        ));
    }
    let own = view.document(&document).map(|document| document.dossier.clone()).unwrap_or_default();
    let dossiers = &view.dossiers.manifest().dossiers;
    let root =
        dossiers.iter().find(|dossier| dossier.given && dossier.name == own).map(|own| own.root.clone());
    let root = root.ok_or_else(Refused::fault)?;
    let row = Override { claim: id.clone(), answer: new.outcome.name().into(), name, reason, date: today() };
    let keeping = app.clone();
    let kept = tokio::task::spawn_blocking(move || {
        keep(&root, &row)
            .map_err(|error| Refused::conflict(format!("改判未能写入：{error}"), error.to_string()))?;
        keeping.reload(&Run::default()).map_err(|text| Refused::with(StatusCode::CONFLICT, text))
    });
    kept.await.map_err(|_| Refused::fault())??;
    let view = app.view_of(&document).await?;
    let page = statement::page(&view, &document, &id).ok_or_else(|| no_statement(&id))?;
    Ok((StatusCode::CREATED, Json(page)).into_response())
}

/// A name or a reason: one line, not empty, not too long.
fn told(text: &str, most: usize) -> Result<String, Refused> {
    let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let fits = !line.is_empty() && line.chars().count() <= most && !line.chars().any(char::is_control);
    if fits {
        return Ok(line);
    }
    Err(Refused::unfit(
        format!("姓名与理由都要填写；姓名至多{PERSON}字，理由至多{REASON}字"),
        format!(
            "failed to overrule: a name of at most {PERSON} characters and a reason of at most {REASON} are needed"
        ),
    ))
}

fn today() -> jiff::civil::Date {
    let since = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).unwrap_or_default();
    let days = i64::try_from(since.as_secs() / 86_400).unwrap_or_default();
    jiff::civil::date(1970, 1, 1).saturating_add(jiff::Span::new().days(days))
}

pub(crate) async fn checklist(State(app): Shared, Names(id): Names<String>, mut query: Query) -> Answer {
    let language = language(&mut query)?;
    query.end()?;
    let view = app.view_of(&id).await?;
    let own = id.clone();
    let made = apart(move || downloads::checklist(&view, &own, language)).await?;
    let bytes = made.ok_or_else(|| Refused::missing(("文稿", "document"), &id))??;
    let media = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
    Ok(file(bytes, media, &format!("{id}.checklist.{}.xlsx", ending(language))))
}

pub(crate) async fn report(State(app): Shared, Names(id): Names<String>, mut query: Query) -> Answer {
    let language = language(&mut query)?;
    query.end()?;
    let view = app.view_of(&id).await?;
    let own = id.clone();
    let page = apart(move || downloads::report(&view, &own, language)).await?;
    let page = page.ok_or_else(|| Refused::missing(("文稿", "document"), &id))?;
    Ok(file(page.into_bytes(), "text/html; charset=utf-8", &format!("{id}.report.{}.html", ending(language))))
}

fn language(query: &mut Query) -> Result<Language, Refused> {
    Ok(if query.word("lang", &["zh", "en"])? == Some("en") { Language::En } else { Language::Zh })
}

fn ending(language: Language) -> &'static str {
    if language == Language::En { "en" } else { "zh" }
}

/// Bytes to be saved under a name.
fn file(bytes: Vec<u8>, media: &'static str, name: &str) -> Response {
    let safe: String =
        name.chars().map(|c| if c.is_ascii_alphanumeric() || "-_.".contains(c) { c } else { '_' }).collect();
    let whole = percent_encoding::utf8_percent_encode(name, percent_encoding::NON_ALPHANUMERIC);
    let disposition = format!("attachment; filename=\"{safe}\"; filename*=UTF-8''{whole}");
    let mut response = ([(header::CONTENT_TYPE, HeaderValue::from_static(media))], bytes).into_response();
    if let Ok(disposition) = HeaderValue::from_str(&disposition) {
        response.headers_mut().insert(header::CONTENT_DISPOSITION, disposition);
    }
    response
}

/// CSV with the mark by which spreadsheets know its encoding.
fn csv(text: &str, name: &str) -> Response {
    let bytes = ["\u{feff}", text].concat().into_bytes();
    file(bytes, "text/csv; charset=utf-8", name)
}

pub(crate) async fn finding(State(app): Shared, Names(id): Names<String>, headers: HeaderMap) -> Answer {
    if let Some(own) = id.strip_suffix(".csv") {
        let view = app.view_with(own).await?;
        let rows =
            downloads::finding(&view, own).ok_or_else(|| Refused::missing(("结果", "finding"), own))??;
        return Ok(csv(&rows, &id));
    }
    let view = app.view_with(&id).await?;
    let own = id.clone();
    let page =
        made(view, format!("f/{id}"), headers, move |view| written(&evidence::page(view, &own)?)).await?;
    page.ok_or_else(|| Refused::missing(("结果", "finding"), &id))
}

pub(crate) async fn read_text(State(app): Shared, Body(new): Body<NewText>) -> Answer {
    let view = app.snapshot().await?.view.clone();
    let pasted = Pasted::new(new, &view)?;
    let keeping = app.clone();
    let status = app.runs.start("text", move |doing| {
        doing.progress("read", 0, 1);
        let document = pasted.read().map_err(Undone::Failed)?;
        let id = document.id.clone();
        let answered = by_run(doing, 0, |run| texts::answer(&view.dossiers, document, run))?;
        keeping.texts().add(answered);
        Ok(Done::Page(format!("/api/d/{id}")))
    })?;
    Ok(accepted(&status))
}

fn accepted(status: &RunStatus) -> Response {
    let mut response = (StatusCode::ACCEPTED, Json(status)).into_response();
    if let Ok(place) = HeaderValue::from_str(&format!("/api/runs/{}", status.id)) {
        response.headers_mut().insert(HeaderName::from_static("location"), place);
    }
    response
}

/// Lends what a run of the ledger needs.
fn by_run<T>(doing: &Doing, seed: u64, work: impl FnOnce(&Run<'_>) -> T) -> T {
    let threads = std::thread::available_parallelism().map_or(1, Into::into);
    let (cancelled, progress) =
        (|| doing.cancelled(), |stage: &str, done: u64, of: u64| doing.progress(stage, done, of));
    work(&Run { seed, threads, cancelled: &cancelled, progress: &progress })
}

pub(crate) async fn run(State(app): Shared, Names(id): Names<String>) -> Answer {
    Ok(Json(app.runs.status(&id)?).into_response())
}

pub(crate) async fn cancel(State(app): Shared, Names(id): Names<String>) -> Answer {
    Ok(Json(app.runs.cancel(&id)?).into_response())
}

pub(crate) async fn follow_run(State(app): Shared, Names(id): Names<String>) -> Answer {
    let status = app.runs.follow(&id)?;
    Ok(events::of_run(&app, status).into_response())
}

pub(crate) async fn result(State(app): Shared, Names(id): Names<String>, headers: HeaderMap) -> Answer {
    Ok(app.runs.result(&id)?.answer(&headers))
}

pub(crate) async fn engines(headers: HeaderMap) -> Answer {
    json(&engines::cards(), &headers)
}

pub(crate) async fn engine(State(app): Shared, Names(id): Names<String>, headers: HeaderMap) -> Answer {
    let view = app.snapshot().await?.view.clone();
    let page = engines::page(&view, &id).ok_or_else(|| no_engine(&id))?;
    json(&page, &headers)
}

fn no_engine(id: &str) -> Refused {
    Refused::missing(("引擎", "engine"), id)
}

pub(crate) async fn run_engine(
    State(app): Shared,
    Names(id): Names<String>,
    Body(new): Body<NewRun>,
) -> Answer {
    let view = app.snapshot().await?.view.clone();
    let registry = Registry::standard();
    if !registry.cards().iter().any(|card| card.id == id) {
        return Err(no_engine(&id));
    }
    if let Some(name) = new.scenario.as_deref() {
        known_scenario(&view, name)?;
    }
    if let Err(stop) = registry.check(&id, &new.options) {
        return Err(Refused::with(StatusCode::UNPROCESSABLE_ENTITY, stopped(&stop)));
    }
    let engine = id.clone();
    let status = app.runs.start(&id, move |doing| {
        let NewRun { options, seed, scenario } = new;
        let output = by_run(doing, seed, |run| match &scenario {
            None => {
                let (ledger, dossiers) = (&view.ledger, &view.dossiers);
                alone::run_engine(ledger, dossiers, &registry, &engine, &options, run)
                    .map_err(|stop| undone(&stop))
            }
            Some(name) => {
                let laid = view.dossiers.with_scenario(name).map_err(|error| failed(&error))?;
                let ledger = assess(&laid, &registry, run).map_err(|error| not_assessed(&error))?;
                alone::run_engine(&ledger, &laid, &registry, &engine, &options, run)
                    .map_err(|stop| undone(&stop))
            }
        })?;
        let options =
            if options.is_null() { registry.defaults(&engine).unwrap_or_default() } else { options };
        rendered(&engines::result(&engine, options, seed, scenario, &output))
    })?;
    Ok(accepted(&status))
}

fn undone(stop: &Stop) -> Undone {
    match stop {
        Stop::Cancelled => Undone::Cancelled,
        other => Undone::Failed(stopped(other)),
    }
}

fn failed(error: &impl ToString) -> Undone {
    Undone::Failed(zhidian_model::Text::same(error.to_string()))
}

fn not_assessed(error: &AssessError) -> Undone {
    match error {
        AssessError::Engine { stop: Stop::Cancelled, .. } => Undone::Cancelled,
        other => Undone::Failed(in_words(other)),
    }
}

fn rendered(value: &impl Serialize) -> Result<Done, Undone> {
    Rendered::json(value).map(Done::Result).map_err(|_| {
        Undone::Failed(zhidian_model::Text::new("结果无法写成 JSON", "failed to write the result as JSON"))
    })
}

fn known_scenario(view: &View, name: &str) -> Result<(), Refused> {
    let known = view.dossiers.scenarios().iter().any(|scenario| scenario.name == name);
    if known { Ok(()) } else { Err(Refused::missing(("情景", "scenario"), name)) }
}

pub(crate) async fn scenarios(State(app): Shared, headers: HeaderMap) -> Answer {
    json(&home::scenarios(&app.snapshot().await?.view), &headers)
}

pub(crate) async fn run_scenario(
    State(app): Shared,
    Names(name): Names<String>,
    Body(new): Body<NewScenarioRun>,
) -> Answer {
    let view = app.snapshot().await?.view.clone();
    known_scenario(&view, &name)?;
    let status = app.runs.start("compare", move |doing| {
        let scenario = view.dossiers.scenarios().iter().find(|scenario| scenario.name == name);
        let laid = view.dossiers.with_scenario(&name).map_err(|error| failed(&error))?;
        let after = by_run(doing, new.seed, |run| assess(&laid, &Registry::standard(), run));
        let after = after.map_err(|error| not_assessed(&error))?;
        // The same seed on both sides: what differs is the scenario.
        let before = match new.seed {
            0 => None,
            seed => Some(
                by_run(doing, seed, |run| assess(&view.dossiers, &Registry::standard(), run))
                    .map_err(|error| not_assessed(&error))?,
            ),
        };
        let before = before.as_ref().map_or(&view.ledger.assessment, |ledger| &ledger.assessment);
        let places: BTreeMap<&str, &_> = before.answers.iter().map(|answer| (&*answer.id, answer)).collect();
        let changes = compare::compare(before, &after.assessment).into_iter().filter_map(|change| {
            let statement = reference(places.get(&*change.id)?);
            Some(Changed { statement, change: ChangeShown::from(change) })
        });
        let changes = changes.collect();
        let scenario = scenario.map(home::scenario).ok_or(Undone::Cancelled)?;
        rendered(&Comparison { scenario, changes })
    })?;
    Ok(accepted(&status))
}

pub(crate) async fn tables(State(app): Shared, headers: HeaderMap) -> Answer {
    let view = app.snapshot().await?.view.clone();
    let list = made(view, "tables".into(), headers, |view| written(&tables::list(view))).await?;
    list.ok_or_else(Refused::fault)
}

pub(crate) async fn table(
    State(app): Shared,
    Names(id): Names<String>,
    mut query: Query,
    headers: HeaderMap,
) -> Answer {
    let view = app.snapshot().await?.view.clone();
    let asked = tables::Asked::take(&mut query)?;
    if let Some(own) = id.strip_suffix(".csv") {
        query.end()?;
        let own = own.to_owned();
        let rows = apart(move || tables::csv(&view, &own, &asked)).await??;
        return Ok(csv(&rows, &id));
    }
    let window = tables::Window::take(&mut query)?;
    query.end()?;
    let page = apart(move || tables::page(&view, &id, &asked, &window)).await??;
    json(&page, &headers)
}

pub(crate) async fn origins(State(app): Shared, headers: HeaderMap) -> Answer {
    let view = app.snapshot().await?.view.clone();
    let list = made(view, "origins".into(), headers, |view| written(&origins::list(view))).await?;
    list.ok_or_else(Refused::fault)
}

pub(crate) async fn origin(State(app): Shared, Names(id): Names<String>, headers: HeaderMap) -> Answer {
    let view = app.snapshot().await?.view.clone();
    let own = id.clone();
    let page =
        made(view, format!("o/{id}"), headers, move |view| written(&origins::page(view, &own)?)).await?;
    page.ok_or_else(|| Refused::missing(("来源", "origin"), &id))
}

pub(crate) async fn problems(State(app): Shared, mut query: Query, headers: HeaderMap) -> Answer {
    let view = app.snapshot().await?.view.clone();
    let words = query.take("q").map(|words| words.trim().to_lowercase()).unwrap_or_default();
    let offset = query.whole("offset", 0, 1_000_000_000)?.unwrap_or_default() as usize;
    let limit = query.whole("limit", 1, tables::MOST)?.unwrap_or(100) as usize;
    query.end()?;
    let holds = |problem: &&Problem| {
        let Problem { code, file, found, expected, remedy, .. } = problem;
        words.is_empty()
            || [code, file, found, expected, &remedy.zh, &remedy.en]
                .iter()
                .any(|text| text.to_lowercase().contains(&words))
    };
    let mut found: Vec<&Problem> = view.ledger.assessment.problems.iter().filter(holds).collect();
    found.sort_by(|a, b| b.severity.cmp(&a.severity).then_with(|| a.cmp(b)));
    let problems = found.iter().skip(offset).take(limit).map(|problem| (*problem).clone()).collect();
    json(&ProblemPage { matching: found.len(), offset, problems }, &headers)
}
