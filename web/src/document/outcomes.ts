// What an outcome looks like: its family (colour and line) and its shape. Filled is judged, outlined is not.
import type { Outcome, Shape } from "../api/types";

/** Which side: a colour and a line each. */
export type Family = "agree" | "against" | "open" | "word";

/** A mark is named by its outcome; one that only bears, by the shape of what was said. */
export type MarkName = Exclude<Outcome, "bearing"> | Exclude<Shape, "outcome">;

/** Every mark in the order they are shown: by family, the judged first. */
export const MARKS: readonly MarkName[] = [
  "supported", "met", "on_track", "coherent",
  "contradicted", "missed", "off_track", "incoherent",
  "disputed", "undecided",
  "goal", "proposal", "list",
];

export const FAMILIES: readonly Family[] = ["agree", "against", "open", "word"];

const families: Record<MarkName, Family> = {
  supported: "agree", met: "agree", on_track: "agree", coherent: "agree",
  contradicted: "against", missed: "against", off_track: "against", incoherent: "against",
  disputed: "open", undecided: "open",
  goal: "word", proposal: "word", list: "word",
};

/** The mark of an answer. */
export function markName(outcome: Outcome, shape: Shape = "outcome"): MarkName {
  if (outcome !== "bearing") return outcome;
  return shape === "outcome" ? "goal" : shape;
}

/** The family of a mark or an outcome. */
export function family(name: MarkName | Outcome): Family {
  return name === "bearing" ? "word" : families[name];
}

/** The id of its word in common.ftl. */
export function wordId(name: MarkName | Outcome): string {
  return name === "goal" || name === "proposal" || name === "list" ? `shape-${name}` : `outcome-${name}`;
}
