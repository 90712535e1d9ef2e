// The document as text to read: its blocks cut into pieces wherever a statement begins or ends.
//
// Statements may share a span, lie within one another or cross. Each piece is wrapped once for every span that covers
// it, the shortest innermost, and spans that overlap have different levels, so that their underlines run side by side.
// The innermost span of a piece is its link. A statement that is innermost nowhere, or shares its span, has its mark
// as a link of its own where it ends.
import type { Block, DocumentPage, Mark } from "../api/types";
import { family, markName, type Family, type MarkName } from "./outcomes";

/** A statement as it is drawn. */
export interface Shown {
  id: string;
  number: number;
  name: MarkName;
  family: Family;
  overruled: boolean;
}

/** Statements that stand at one span, in UTF-16 offsets. */
export interface Group {
  from: number;
  to: number;
  level: number;
  /** The family its underline is drawn in. */
  family: Family;
  statements: Shown[];
}

/** A piece of text within the same spans. */
export interface Piece {
  text: string;
  /** Its last word, which keeps together with the mark that follows: a mark never begins a line. */
  tail: string;
  /** The spans that cover it, innermost first. */
  over: Group[];
  /** Whether the keyboard stops here for the innermost span. */
  stop: boolean;
  /** Statements that end here, whose mark stands in the link. */
  marks: Shown[];
  /** Statements that end here and whose mark is their link. */
  links: Shown[];
}

/** A paragraph or heading. */
export interface Paragraph {
  kind: Block["kind"];
  /** Whether it goes on where the one before it was cut for length. */
  continued: boolean;
  pieces: Piece[];
  /** Statements that begin here. */
  begins: Shown[];
}

/** Some paragraphs that are drawn together. */
export interface Section {
  plain: string;
  paragraphs: Paragraph[];
  statements: Shown[];
}

/** The whole text. */
export interface Reading {
  title: Paragraph | null;
  sections: Section[];
  /** In the order of the text. */
  statements: Shown[];
  /** The section a statement begins in. */
  sectionOf: Map<string, number>;
  /** Statements without a place in the text. */
  loose: Shown[];
}

/** A section holds about so many characters and statements. */
const CHARACTERS = 1600;
const STATEMENTS = 40;
/** A longer paragraph is cut at sentences. */
const LONGEST = 4000;
/** Spans around a piece that are drawn. */
const DEEPEST = 4;

/** Lays a document out for reading. */
export function reading(page: DocumentPage): Reading {
  const text = page.text;
  const at = offsets(text);
  const shown = new Map(page.statements.map((mark) => [mark, shownOf(mark)]));
  const groups = levelled(grouped(page.statements, text, at, shown));
  const blocks = cut(page.blocks.map((block) => ({ kind: block.kind, from: at(block.span[0]), to: at(block.span[1]), continued: false })), text);
  const innermost = new Set<Group>();
  const placed = new Set<Shown>();
  const paragraphs: { paragraph: Paragraph; plain: string }[] = [];
  let next = 0;
  let open: Group[] = [];
  for (const block of blocks) {
    open = open.filter((group) => group.to > block.from);
    while (next < groups.length && groups[next]!.from < block.to) {
      const group = groups[next++]!;
      if (group.to > block.from) open.push(group);
    }
    const from = open.some((group) => group.from < block.to) ? block.from : afterSigns(text, block.from, block.to);
    const begins = open.filter((group) => group.from >= block.from).flatMap((group) => group.statements);
    for (const statement of begins) placed.add(statement);
    const pieces = pieced(text, from, block.to, open, innermost);
    paragraphs.push({ paragraph: { kind: block.kind, continued: block.continued, pieces, begins }, plain: text.slice(from, block.to) });
  }
  linkTheRest(paragraphs.map((each) => each.paragraph), innermost);
  for (const { paragraph } of paragraphs) paragraph.pieces = kept(paragraph.pieces);
  const title = paragraphs[0]?.paragraph.kind === "title" ? (paragraphs.shift()?.paragraph ?? null) : null;
  const sections = sectioned(paragraphs);
  const sectionOf = new Map(sections.flatMap((section, i) => section.statements.map((statement) => [statement.id, i] as const)));
  const all = [...shown.values()];
  return { title, sections, statements: all, sectionOf, loose: all.filter((statement) => !placed.has(statement)) };
}

function shownOf(mark: Mark): Shown {
  const name = markName(mark.outcome, mark.shape);
  return { id: mark.id, number: mark.number, name, family: family(name), overruled: mark.overruled };
}

/** From code points to UTF-16 offsets. */
function offsets(text: string): (point: number) => number {
  if (!/[\ud800-\udfff]/.test(text)) return (point) => Math.min(point, text.length);
  const table: number[] = [];
  for (let i = 0; i < text.length; i += text.codePointAt(i)! > 0xffff ? 2 : 1) table.push(i);
  return (point) => table[point] ?? text.length;
}

/** One group a span, blanks at its ends left out, in the order of the text. */
function grouped(marks: Mark[], text: string, at: (point: number) => number, shown: Map<Mark, Shown>): Group[] {
  const bySpan = new Map<string, Group>();
  for (const mark of marks) {
    let [from, to] = [at(mark.span[0]), at(mark.span[1])];
    while (from < to && isBlank(text, from)) from++;
    while (to > from && isBlank(text, to - 1)) to--;
    if (from >= to) continue;
    const statement = shown.get(mark)!;
    const group = bySpan.get(`${from}-${to}`);
    if (group) group.statements.push(statement);
    else bySpan.set(`${from}-${to}`, { from, to, level: 0, family: statement.family, statements: [statement] });
  }
  const pressing: Family[] = ["against", "open", "agree", "word"];
  for (const group of bySpan.values()) {
    group.family = pressing.find((side) => group.statements.some((statement) => statement.family === side)) ?? "word";
  }
  return [...bySpan.values()].sort((a, b) => a.from - b.from || a.to - b.to);
}

/** Gives groups that overlap different levels, the shorter the lower. */
function levelled(groups: Group[]): Group[] {
  let cluster: Group[] = [];
  let end = 0;
  const close = () => {
    const done: Group[] = [];
    for (const group of cluster.sort((a, b) => a.to - a.from - (b.to - b.from) || a.from - b.from)) {
      const taken = new Set(done.filter((other) => other.from < group.to && group.from < other.to).map((other) => other.level));
      while (taken.has(group.level) && group.level < 3) group.level++;
      done.push(group);
    }
    cluster = [];
  };
  for (const group of groups) {
    if (group.from >= end) close();
    cluster.push(group);
    end = Math.max(end, group.to);
  }
  close();
  return groups;
}

interface Cut {
  kind: Block["kind"];
  from: number;
  to: number;
  continued: boolean;
}

/** Cuts what is too long to be drawn at once where a sentence ends. */
function cut(blocks: Cut[], text: string): Cut[] {
  return blocks.flatMap((block) => {
    if (block.to - block.from <= LONGEST) return [block];
    const parts: Cut[] = [];
    let from = block.from;
    while (block.to - from > LONGEST) {
      const window = text.slice(from, from + CHARACTERS * 2);
      const end = Math.max(...["。", "；", ". ", "; ", "，", " "].map((sign) => window.lastIndexOf(sign)));
      let to = from + (end > CHARACTERS / 2 ? end + 1 : CHARACTERS);
      if (isLowSurrogate(text, to)) to++;
      parts.push({ ...block, from, to, continued: from > block.from });
      from = to;
    }
    return [...parts, { ...block, from, to: block.to, continued: true }];
  });
}

/** Where a heading's words begin after its signs. */
function afterSigns(text: string, from: number, to: number): number {
  const signs = /^#{1,6}\s+/.exec(text.slice(from, Math.min(to, from + 16)));
  return from + (signs?.[0].length ?? 0);
}

function pieced(text: string, from: number, to: number, open: Group[], innermost: Set<Group>): Piece[] {
  const here = open.filter((group) => group.from < to && group.to > from);
  const cuts = new Set([from, to]);
  for (const group of here) cuts.add(Math.max(group.from, from)).add(Math.min(group.to, to));
  const places = [...cuts].sort((a, b) => a - b);
  const pieces: Piece[] = [];
  for (let i = 0; i + 1 < places.length; i++) {
    const [a, b] = [places[i]!, places[i + 1]!];
    const over = here
      .filter((group) => group.from <= a && group.to >= b)
      .sort((x, y) => x.to - x.from - (y.to - y.from) || x.from - y.from)
      .slice(0, DEEPEST);
    const inner = over[0];
    const stop = inner !== undefined && !innermost.has(inner);
    if (inner) innermost.add(inner);
    const ending = here.filter((group) => group.to === b && group.from <= a);
    const marks = inner && inner.to === b ? inner.statements.slice(0, 1) : [];
    const links = ending.flatMap((group) => (group === inner ? group.statements.slice(1) : group.statements));
    pieces.push({ text: clean(text.slice(a, b)), tail: "", over, stop, marks, links });
  }
  return pieces;
}

/** A statement whose span has a link somewhere needs none at its end: there its mark is only drawn. */
function linkTheRest(paragraphs: Paragraph[], innermost: Set<Group>): void {
  const linked = new Set([...innermost].map((group) => group.statements[0]!));
  for (const piece of paragraphs.flatMap((paragraph) => paragraph.pieces)) {
    const drawn = piece.links.filter((statement) => linked.has(statement));
    if (drawn.length === 0) continue;
    piece.marks.push(...drawn);
    piece.links = piece.links.filter((statement) => !linked.has(statement));
  }
}

/** Parts the last word from what a mark follows; one whose mark is a link of its own becomes a piece of its own. */
function kept(pieces: Piece[]): Piece[] {
  return pieces.flatMap((piece) => {
    if (piece.marks.length + piece.links.length === 0) return [piece];
    const last = piece.text.length - lastWord(piece.text);
    const [text, tail] = [piece.text.slice(0, last), piece.text.slice(last)];
    if (piece.links.length === 0 || text === "") return [{ ...piece, text, tail }];
    return [{ ...piece, text, marks: [], links: [] }, { ...piece, text: "", tail, stop: false }];
  });
}

/** Two Han characters, or a short last word. */
function lastWord(text: string): number {
  const word = /[\x21-\x7e]+$/.exec(text)?.[0].length ?? 0;
  const length = word > 0 && word <= 16 ? word : Math.min(2, text.length);
  return isLowSurrogate(text, text.length - length) ? length + 1 : length;
}

function sectioned(paragraphs: { paragraph: Paragraph; plain: string }[]): Section[] {
  const sections: Section[] = [];
  let section: Section | null = null;
  for (const { paragraph, plain } of paragraphs) {
    const full = section && (section.plain.length + plain.length > CHARACTERS || section.statements.length + paragraph.begins.length > STATEMENTS);
    const afterHeading: boolean = section?.paragraphs.at(-1)?.kind === "heading";
    if (!section || (full && !afterHeading)) {
      section = { plain: "", paragraphs: [], statements: [] };
      sections.push(section);
    }
    section.plain += (section.plain ? "\n" : "") + plain;
    section.paragraphs.push(paragraph);
    section.statements.push(...paragraph.begins);
  }
  return sections;
}

function isBlank(text: string, at: number): boolean {
  return /\s/.test(text.charAt(at));
}

function isLowSurrogate(text: string, at: number): boolean {
  const code = text.charCodeAt(at);
  return code >= 0xdc00 && code <= 0xdfff;
}

/** Control characters have no look of their own. */
function clean(text: string): string {
  return text.replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f]/g, "\ufffd");
}
