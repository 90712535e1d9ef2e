//! Every operation of the API, with its description and its handler.

use crate::{
    api::{
        Comparison, DocumentPage, EngineCard, EnginePage, EngineResult, Event, FindingPage, Home,
        NewOverrule, NewRun, NewScenarioRun, NewText, OriginCard, OriginPage, ProblemPage, RunStatus,
        ScenarioCard, StatementPage, Supposed, SupposedAnswer, TableCard, TablePage,
    },
    app::App,
    handlers,
    openapi::Operation,
    page,
    refusal::Refused,
};
use axum::{
    Router,
    extract::DefaultBodyLimit,
    http::{HeaderMap, HeaderValue, Method, StatusCode, Uri, header},
    response::{IntoResponse, Response},
    routing::{MethodRouter, delete, get, post},
};
use serde_json::{Value, json};
use std::{collections::BTreeMap, sync::Arc};
use zhidian_ledger::contract::Assessment;

/// Most bytes of a body.
const BODY: usize = 64 << 10;
/// Most bytes of the body that brings a text: 8 MB of it, as base64 or with characters escaped.
pub(crate) const LARGEST_BODY: usize = 20 << 20;

const XLSX: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
const FROM_ANOTHER_RUN: &str = "The dossiers have been read again, or the statement has nothing to move.";

/// Every operation, in the order of the description.
pub(crate) fn operations() -> Vec<Operation> {
    all().into_iter().map(|(operation, _)| operation).collect()
}

/// The routes of every operation, the page behind them.
pub(crate) fn router(app: Arc<App>) -> Router {
    let mut routes: BTreeMap<&str, MethodRouter<Arc<App>>> = BTreeMap::new();
    for (operation, handler) in all() {
        let Some(handler) = handler else { continue };
        let known = routes.remove(operation.path).unwrap_or_default();
        routes.insert(operation.path, known.merge(handler));
    }
    let router =
        routes.into_iter().fold(Router::new(), |router, (path, handler)| router.route(path, handler));
    router
        .method_not_allowed_fallback(no_such_method)
        .fallback(elsewhere)
        .layer(DefaultBodyLimit::max(BODY))
        .with_state(app)
}

async fn no_such_method() -> Refused {
    Refused::new(
        StatusCode::METHOD_NOT_ALLOWED,
        "此地址不接受这种请求",
        "failed to do this here: another method is needed",
    )
}

/// What is no operation is the page; below /api there is nothing else.
async fn elsewhere(method: Method, uri: Uri, headers: HeaderMap) -> Response {
    if uri.path() == "/api" || uri.path().starts_with("/api/") {
        return Refused::missing(("接口", "operation"), uri.path()).into_response();
    }
    if method != Method::GET && method != Method::HEAD {
        let mut response = no_such_method().await.into_response();
        response.headers_mut().insert(header::ALLOW, HeaderValue::from_static("GET, HEAD"));
        return response;
    }
    page::answer(&uri, &headers)
}

type Route = (Operation, Option<MethodRouter<Arc<App>>>);

/// Every operation with its handler. What differs from another by an ending alone is answered by the other's handler.
fn all() -> Vec<Route> {
    vec![
        (
            Operation::get("/api", "home", "What is served").gives::<Home>("What is served."),
            Some(get(handlers::home)),
        ),
        (
            Operation::get("/api/openapi.json", "openapi", "This description")
                .gives::<Value>("This description."),
            Some(get(handlers::openapi)),
        ),
        (
            Operation::get("/api/events", "events", "Told whenever the dossiers are read again")
                .streams::<Event>("Server-sent events named `generation`; one comes at once."),
            Some(get(handlers::follow)),
        ),
        (
            Operation::get(
                "/api/assessment.json",
                "assessment",
                "The assessment of the dossiers, zhidian.assess/1",
            )
            .gives::<Assessment>("The contract object."),
            Some(get(handlers::assessment)),
        ),
        (
            Operation::get("/api/d/{document}", "document", "A document with its marks")
                .gives::<DocumentPage>("The document."),
            Some(get(handlers::document)),
        ),
        (
            Operation::get(
                "/api/d/{document}/checklist.xlsx",
                "checklist",
                "The checklist of a document as a workbook",
            )
            .query("lang", language(), "The language of the workbook.")
            .sends(XLSX, "A workbook."),
            Some(get(handlers::checklist)),
        ),
        (
            Operation::get("/api/d/{document}/report.html", "report", "The report of a document as one page")
                .query("lang", language(), "The language of the report.")
                .sends("text/html", "A page that needs nothing else."),
            Some(get(handlers::report)),
        ),
        (
            Operation::get(
                "/api/d/{document}/{statement}",
                "statement",
                "A statement with all that its answer rests on",
            )
            .gives::<StatementPage>("The statement."),
            Some(get(handlers::statement)),
        ),
        (
            Operation::post(
                "/api/d/{document}/{statement}/what-if",
                "whatIf",
                "What the answer would be if the text had said something else",
            )
            .takes::<Supposed>()
            .gives::<SupposedAnswer>("The answer it would have had. Nothing is kept.")
            .refuses(409, FROM_ANOTHER_RUN),
            Some(post(handlers::what_if)),
        ),
        (
            Operation::post(
                "/api/d/{document}/{statement}/overrules",
                "overrule",
                "Answer a statement instead of the machine; kept in the dossier's overrides.csv",
            )
            .takes::<NewOverrule>()
            .gives_at::<StatementPage>(201, "The statement with what was said, beside the machine's answer.")
            .refuses(
                409,
                "The answer is of another kind, or the document was pasted and has no dossier to keep it.",
            ),
            Some(post(handlers::overrule)),
        ),
        (
            Operation::get("/api/f/{finding}", "finding", "A finding with its whole tree of evidence")
                .gives::<FindingPage>("The finding."),
            Some(get(handlers::finding)),
        ),
        (
            Operation::get("/api/f/{finding}.csv", "findingCsv", "A finding's points and evidence as CSV")
                .sends("text/csv", "Points of the exhibit, then the cells it rests on."),
            None,
        ),
        (
            Operation::post("/api/texts", "readText", "Read and answer a text against a dossier")
                .takes::<NewText>()
                .gives_at::<RunStatus>(202, "It is being read.")
                .refuses(404, "There is no such dossier.")
                .refuses(429, "Too many runs are waiting.")
                .refuses(422, "The body is not what is asked for, or the text cannot be read."),
            Some(post(handlers::read_text).layer(DefaultBodyLimit::max(LARGEST_BODY))),
        ),
        (
            Operation::get("/api/runs/{run}", "run", "How far a run is").gives::<RunStatus>("How far it is."),
            Some(get(handlers::run)),
        ),
        (
            Operation::delete("/api/runs/{run}", "cancelRun", "Cancel a run")
                .gives::<RunStatus>("How far it was."),
            Some(delete(handlers::cancel)),
        ),
        (
            Operation::get("/api/runs/{run}/events", "runEvents", "Told how far a run is until it ends")
                .streams::<RunStatus>("Server-sent events without a name; the last one is of the end."),
            Some(get(handlers::follow_run)),
        ),
        (
            Operation::get(
                "/api/runs/{run}/result",
                "runResult",
                "The result of an engine's run or of a scenario's",
            )
            .gives_either::<EngineResult, Comparison>("The result.")
            .refuses(409, "The run has not come to its end, or its result stands elsewhere."),
            Some(get(handlers::result)),
        ),
        (
            Operation::get("/api/engines", "engines", "The engines").gives::<Vec<EngineCard>>("The engines."),
            Some(get(handlers::engines)),
        ),
        (
            Operation::get(
                "/api/engines/{engine}",
                "engine",
                "The manual of an engine, and what it can be asked here",
            )
            .gives::<EnginePage>("The engine."),
            Some(get(handlers::engine)),
        ),
        (
            Operation::post("/api/engines/{engine}/runs", "runEngine", "Run an engine with options")
                .takes::<NewRun>()
                .gives_at::<RunStatus>(202, "It runs.")
                .refuses(404, "There is no such engine or scenario.")
                .refuses(429, "Too many runs are waiting.")
                .refuses(422, "The body is not what is asked for, or the options do not fit the engine."),
            Some(post(handlers::run_engine)),
        ),
        (
            Operation::get("/api/scenarios", "scenarios", "What can be supposed")
                .gives::<Vec<ScenarioCard>>("The scenarios."),
            Some(get(handlers::scenarios)),
        ),
        (
            Operation::post(
                "/api/scenarios/{scenario}/runs",
                "runScenario",
                "What would change under a scenario",
            )
            .takes::<NewScenarioRun>()
            .gives_at::<RunStatus>(202, "It runs.")
            .refuses(429, "Too many runs are waiting."),
            Some(post(handlers::run_scenario)),
        ),
        (
            Operation::get("/api/tables", "tables", "The tables").gives::<Vec<TableCard>>("The tables."),
            Some(get(handlers::tables)),
        ),
        (
            filtered(Operation::get("/api/tables/{table}", "table", "Rows of a table"))
                .query("offset", whole(0), "The first row shown, from 0.")
                .query("limit", limit(), "How many rows; 100 where nothing is said.")
                .query("file", any(), "With `row`: show the page that holds this row of this file.")
                .query("row", whole(1), "With `file`: the row of the file, the header being row 1.")
                .gives::<TablePage>("The rows.")
                .refuses(404, "There is no such table, column or row."),
            Some(get(handlers::table)),
        ),
        (
            filtered(Operation::get("/api/tables/{table}.csv", "tableCsv", "Rows of a table as CSV"))
                .sends("text/csv", "All rows that fit.")
                .refuses(404, "There is no such table or column."),
            None,
        ),
        (
            Operation::get("/api/origins", "origins", "The origins").gives::<Vec<OriginCard>>("The origins."),
            Some(get(handlers::origins)),
        ),
        (
            Operation::get("/api/origins/{origin}", "origin", "An origin with what rests on it")
                .gives::<OriginPage>("The origin."),
            Some(get(handlers::origin)),
        ),
        (
            Operation::get("/api/problems", "problems", "What is wrong with the data")
                .query("q", any(), "Words that the problem holds.")
                .query("offset", whole(0), "The first problem shown, from 0.")
                .query("limit", limit(), "How many problems; 100 where nothing is said.")
                .gives::<ProblemPage>("The problems, gravest first."),
            Some(get(handlers::problems)),
        ),
    ]
}

/// The filters that a page of rows and its CSV share.
fn filtered(operation: Operation) -> Operation {
    operation
        .query("q", any(), "Words that a cell of the row holds.")
        .query(
            "sort",
            any(),
            "The column the rows are sorted by; in the order of the files where nothing is said.",
        )
        .query("order", json!({ "type": "string", "enum": ["asc", "desc"] }), "The direction of `sort`.")
        .queries(
            "where",
            "^where\\.[a-z_]+$",
            "`where.COLUMN=VALUE`: rows whose cell is this value, empty for a missing one; given again with another value of the \
             column, rows with either.",
        )
}

fn any() -> Value {
    json!({ "type": "string", "maxLength": 500 })
}

fn language() -> Value {
    json!({ "type": "string", "enum": ["zh", "en"], "default": "zh" })
}

fn whole(least: u32) -> Value {
    json!({ "type": "integer", "minimum": least, "maximum": 1_000_000_000 })
}

fn limit() -> Value {
    json!({ "type": "integer", "minimum": 1, "maximum": 500, "default": 100 })
}
