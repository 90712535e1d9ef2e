// The types of the API under short names. `npm run types` writes schema.d.ts from openapi.json, which the program prints.
import type { components } from "./schema";

type Schemas = components["schemas"];

export type Answer = Schemas["Answer"];
export type Block = Schemas["Block"];
export type CitedFile = Schemas["CitedFile"];
export type Comparison = Schemas["Comparison"];
export type Count = Schemas["Count"];
export type DocumentCard = Schemas["DocumentCard"];
export type DocumentPage = Schemas["DocumentPage"];
export type DossierCard = Schemas["DossierCard"];
export type EngineCard = Schemas["EngineCard"];
export type EnginePage = Schemas["EnginePage"];
export type EngineResult = Schemas["EngineResult"];
export type Exhibit = Schemas["Exhibit"];
export type Facet = Schemas["Facet"];
export type Finding = Schemas["Finding"];
export type FindingPage = Schemas["FindingPage"];
export type Grade = Schemas["Grade"];
export type Home = Schemas["Home"];
export type Mark = Schemas["Mark"];
export type Method = Schemas["Method"];
export type NewOverrule = Schemas["NewOverrule"];
export type NewRun = Schemas["NewRun"];
export type NewText = Schemas["NewText"];
export type Notable = Schemas["Notable"];
export type Origin = Schemas["Origin"];
export type OriginCard = Schemas["OriginCard"];
export type OriginPage = Schemas["OriginPage"];
export type Outcome = Schemas["Outcome"];
export type Overrule = Schemas["Overrule"];
export type Point = Schemas["Point"];
export type Problem = Schemas["Problem"];
export type ProblemPage = Schemas["ProblemPage"];
export type Refusal = Schemas["Refusal"];
export type ResultChart = Schemas["ResultChart"];
export type ResultTable = Schemas["ResultTable"];
export type RunStatus = Schemas["RunStatus"];
export type ScenarioCard = Schemas["ScenarioCard"];
export type Shape = Schemas["Shape"];
export type StatementPage = Schemas["StatementPage"];
export type StatementRef = Schemas["StatementRef"];
export type Step = Schemas["Step"];
export type SupposedAnswer = Schemas["SupposedAnswer"];
export type TableCard = Schemas["TableCard"];
export type TableNeed = Schemas["TableNeed"];
export type TablePage = Schemas["TablePage"];
export type TableRow = Schemas["TableRow"];
export type WhatIf = Schemas["WhatIf"];

/** One message in both languages. */
export type Text = Schemas["Text"];
