//! Every operation of the API.

use crate::{
    api::{
        Comparison, DocumentPage, EngineCard, EnginePage, EngineResult, Event, FindingPage, Home,
        NewOverrule, NewRun, NewScenarioRun, NewText, OriginCard, OriginPage, ProblemPage, RunStatus,
        ScenarioCard, StatementPage, Supposed, SupposedAnswer, TableCard, TablePage,
    },
    openapi::Operation,
};
use serde_json::{Value, json};
use zhidian_ledger::contract::Assessment;

const XLSX: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
const FROM_ANOTHER_RUN: &str = "The dossiers have been read again, or the statement has nothing to move.";

/// Every operation, in the order of the description.
pub(crate) fn operations() -> Vec<Operation> {
    vec![
        Operation::get("/api", "home", "What is served").gives::<Home>("What is served."),
        Operation::get("/api/openapi.json", "openapi", "This description")
            .gives::<Value>("This description."),
        Operation::get("/api/events", "events", "Told whenever the dossiers are read again")
            .streams::<Event>("Server-sent events named `generation`; one comes at once."),
        Operation::get(
            "/api/assessment.json",
            "assessment",
            "The assessment of the dossiers, zhidian.assess/1",
        )
        .gives::<Assessment>("The contract object."),
        Operation::get("/api/d/{document}", "document", "A document with its marks")
            .gives::<DocumentPage>("The document."),
        Operation::get(
            "/api/d/{document}/checklist.xlsx",
            "checklist",
            "The checklist of a document as a workbook",
        )
        .query("lang", language(), "The language of the workbook.")
        .sends(XLSX, "A workbook."),
        Operation::get("/api/d/{document}/report.html", "report", "The report of a document as one page")
            .query("lang", language(), "The language of the report.")
            .sends("text/html", "A page that needs nothing else."),
        Operation::get(
            "/api/d/{document}/{statement}",
            "statement",
            "A statement with all that its answer rests on",
        )
        .gives::<StatementPage>("The statement."),
        Operation::post(
            "/api/d/{document}/{statement}/what-if",
            "whatIf",
            "What the answer would be if the text had said something else",
        )
        .takes::<Supposed>()
        .gives::<SupposedAnswer>("The answer it would have had. Nothing is kept.")
        .refuses(409, FROM_ANOTHER_RUN),
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
        Operation::get("/api/f/{finding}", "finding", "A finding with its whole tree of evidence")
            .gives::<FindingPage>("The finding."),
        Operation::get("/api/f/{finding}.csv", "findingCsv", "A finding's points and evidence as CSV")
            .sends("text/csv", "Points of the exhibit, then the cells it rests on."),
        Operation::post("/api/texts", "readText", "Read and answer a text against a dossier")
            .takes::<NewText>()
            .gives_at::<RunStatus>(202, "It is being read.")
            .refuses(404, "There is no such dossier.")
            .refuses(409, "Too many runs are waiting.")
            .refuses(422, "The body is not what is asked for, or the text cannot be read."),
        Operation::get("/api/runs/{run}", "run", "How far a run is").gives::<RunStatus>("How far it is."),
        Operation::delete("/api/runs/{run}", "cancelRun", "Cancel a run")
            .gives::<RunStatus>("How far it was."),
        Operation::get("/api/runs/{run}/events", "runEvents", "Told how far a run is until it ends")
            .streams::<RunStatus>("Server-sent events without a name; the last one is of the end."),
        Operation::get(
            "/api/runs/{run}/result",
            "runResult",
            "The result of an engine's run or of a scenario's",
        )
        .gives_either::<EngineResult, Comparison>("The result.")
        .refuses(409, "The run has not come to its end, or its result stands elsewhere."),
        Operation::get("/api/engines", "engines", "The engines").gives::<Vec<EngineCard>>("The engines."),
        Operation::get(
            "/api/engines/{engine}",
            "engine",
            "The manual of an engine, and what it can be asked here",
        )
        .gives::<EnginePage>("The engine."),
        Operation::post("/api/engines/{engine}/runs", "runEngine", "Run an engine with options")
            .takes::<NewRun>()
            .gives_at::<RunStatus>(202, "It runs.")
            .refuses(404, "There is no such engine or scenario.")
            .refuses(409, "Too many runs are waiting.")
            .refuses(422, "The body is not what is asked for, or the options do not fit the engine."),
        Operation::get("/api/scenarios", "scenarios", "What can be supposed")
            .gives::<Vec<ScenarioCard>>("The scenarios."),
        Operation::post(
            "/api/scenarios/{scenario}/runs",
            "runScenario",
            "What would change under a scenario",
        )
        .takes::<NewScenarioRun>()
        .gives_at::<RunStatus>(202, "It runs.")
        .refuses(409, "Too many runs are waiting."),
        Operation::get("/api/tables", "tables", "The tables").gives::<Vec<TableCard>>("The tables."),
        filtered(Operation::get("/api/tables/{table}", "table", "Rows of a table"))
            .query("offset", whole(0), "The first row shown, from 0.")
            .query("limit", limit(), "How many rows; 100 where nothing is said.")
            .query("file", any(), "With `row`: show the page that holds this row of this file.")
            .query("row", whole(1), "With `file`: the row of the file, the header being row 1.")
            .gives::<TablePage>("The rows.")
            .refuses(404, "There is no such table, column or row."),
        filtered(Operation::get("/api/tables/{table}.csv", "tableCsv", "Rows of a table as CSV"))
            .sends("text/csv", "All rows that fit.")
            .refuses(404, "There is no such table or column."),
        Operation::get("/api/origins", "origins", "The origins").gives::<Vec<OriginCard>>("The origins."),
        Operation::get("/api/origins/{origin}", "origin", "An origin with what rests on it")
            .gives::<OriginPage>("The origin."),
        Operation::get("/api/problems", "problems", "What is wrong with the data")
            .query("q", any(), "Words that the problem holds.")
            .query("offset", whole(0), "The first problem shown, from 0.")
            .query("limit", limit(), "How many problems; 100 where nothing is said.")
            .gives::<ProblemPage>("The problems, gravest first."),
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
            "`where.COLUMN=VALUE`: rows whose cell is this value; empty for a missing one.",
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
