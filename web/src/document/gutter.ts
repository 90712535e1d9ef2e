// The gutter beside the text: which marks stand at which height. Neighbours of one outcome on a line share the word.
import type { Shown } from "./reading";

export interface Row {
  top: number;
  statements: Shown[];
}

/** A row of the gutter is so high. */
export const ROW = 19;

/** Rows for statements whose first lines have the given middles; at most `wide` marks share a row. */
export function rows(begins: { statement: Shown; middle: number }[], wide: number): Row[] {
  const lines: { middle: number; groups: Shown[][] }[] = [];
  for (const { statement, middle } of begins) {
    let line = lines.at(-1);
    if (!line || Math.abs(line.middle - middle) > 6) lines.push((line = { middle, groups: [] }));
    const group = line.groups.at(-1);
    if (group && group[0]!.name === statement.name && group.length < wide) group.push(statement);
    else line.groups.push([statement]);
  }
  const laid: Row[] = [];
  let last = -Infinity;
  for (const line of lines) {
    line.groups.forEach((statements, at) => {
      const top = Math.max(line.middle - ROW / 2 - ((line.groups.length - 1) * ROW) / 2 + at * ROW, last + ROW);
      laid.push({ top, statements });
      last = top;
    });
  }
  return laid;
}
