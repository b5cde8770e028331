/** Comments that silence findings where they stand: which edits write them. Pure. */
import {
  type Analysis,
  type CommentPlaces,
  commentPlaces,
  type Edit,
  type Finding,
  IGNORE_COMMENT,
  type Language,
  placeIn,
  type SourceFile,
} from "../../engine/index.ts";

/** What is written for one line; it silences all rules of the list there. */
export interface Comment {
  readonly edit: Edit;
  readonly findings: readonly Finding[];
}

export interface Refusal {
  readonly finding: Finding;
  readonly reason: string;
}

export interface Comments {
  readonly written: readonly Comment[];
  readonly refused: readonly Refusal[];
}

/** A text that comments are written in: the file's, or a cell's and where it begins in the notebook's program. */
interface Part {
  readonly text: string;
  readonly from: number;
  readonly places: CommentPlaces;
}

/** One comment for each line that has findings, with all of their rules. */
export function ignoreComments(
  source: SourceFile & { readonly language: Language },
  { notebook }: Analysis,
  findings: readonly Finding[],
  reason: string,
): Comments {
  const parts = new Map<number, Part>();
  const partAt = (offset: number): Part => {
    const place = notebook && placeIn(notebook, offset);
    const from = place ? offset - place.offset : 0;
    const text = place ? place.cell.text : source.text;
    const known = parts.get(from) ?? {
      text,
      from,
      places: commentPlaces(text, source.language, source.path),
    };
    parts.set(from, known);
    return known;
  };
  const refused: Refusal[] = [];
  const lines = new Map<string, { readonly part: Part; readonly at: Place; readonly findings: Finding[] }>();
  for (const finding of findings) {
    const part = partAt(finding.span.from);
    const at = placeFor(part, finding);
    if (typeof at === "string") {
      refused.push({ finding, reason: at });
      continue;
    }
    const key = `${part.from}:${at.offset}`;
    const line = lines.get(key) ?? { part, at, findings: [] };
    line.findings.push(finding);
    lines.set(key, line);
  }
  const written = [...lines.values()].map(({ part, at, findings: own }) => ({
    edit: editOf(part, at, own, reason, source.language),
    findings: own,
  }));
  return { written: written.sort((a, b) => a.edit.span.from - b.edit.span.from), refused };
}

type Place =
  /** The list of rules of a comment that is there: its end. */
  | { readonly kind: "list"; readonly offset: number; readonly rules: readonly string[] }
  /** The end of a line's code. */
  | { readonly kind: "end"; readonly offset: number }
  /** The beginning of a line, for a line above it. */
  | { readonly kind: "above"; readonly offset: number };

/** At the end of the first line, else of the last, else above: or why nowhere. */
function placeFor({ text, from, places }: Part, { span }: Finding): Place | string {
  const start = span.from - from;
  const end = Math.min(Math.max(start, span.to - from - 1), text.length);
  let reason: string | undefined;
  for (const offset of new Set([start, end].map((at) => startOfLine(text, at)))) {
    const line = lineAt(text, offset);
    const found = IGNORE_COMMENT.exec(line);
    if (found && found[1] === undefined && places.isComment(offset + found.index)) {
      const list = offset + found.index + found[0].length - 1;
      return { kind: "list", offset: list, rules: (found[2] ?? "").split(",").map((name) => name.trim()) };
    }
    const at = offset + line.trimEnd().length;
    const problem = found ? "its line has a text like an ignore comment" : places.problem(at);
    if (problem === undefined) return { kind: "end", offset: at };
    reason ??= problem;
  }
  const above = startOfLine(text, start);
  const problem = places.problem(above);
  return problem === undefined ? { kind: "above", offset: above } : (reason ?? problem);
}

function editOf(
  { text, from }: Part,
  at: Place,
  findings: readonly Finding[],
  reason: string,
  language: Language,
): Edit {
  const rules = [...new Set(findings.map(({ rule }) => rule))].sort();
  const span = { from: from + at.offset, to: from + at.offset };
  if (at.kind === "list") {
    const added = rules.filter((rule) => !at.rules.includes(rule));
    const separator = at.rules.some((rule) => rule !== "") ? ", " : "";
    return { span, text: separator + added.join(", ") };
  }
  const sign = language === "javascript" || language === "jsonnet" ? "//" : "#";
  const comment = `${sign} activation-lens: ignore[${rules.join(", ")}] ${reason}`;
  // Two spaces in Python, as PEP 8 has it.
  if (at.kind === "end") return { span, text: `${sign === "#" ? "  " : " "}${comment}` };
  const [indent = ""] = /^[ \t]*/.exec(text.slice(at.offset)) ?? [];
  const [lineEnd = "\n"] = /\r\n|\n|\r/.exec(text.slice(at.offset)) ?? /\r\n|\n|\r/.exec(text) ?? [];
  return { span, text: `${indent}${comment}${lineEnd}` };
}

const startOfLine = (text: string, at: number): number =>
  Math.max(text.lastIndexOf("\n", at - 1), text.lastIndexOf("\r", at - 1)) + 1;

const lineAt = (text: string, from: number): string => text.slice(from).split(/[\r\n]/, 1)[0] ?? "";
