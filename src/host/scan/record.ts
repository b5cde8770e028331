/** What is kept of a file that was scanned and is not open: what the view and Problems show of it, no analysis. Pure. */
import {
  type Analysis,
  type Evidence,
  type Finding,
  lineStarts,
  placeIn,
  positionAt,
  type Severity,
  type Span,
} from "../../engine/index.ts";
import { type Item, itemsOf, type PlaceInFile } from "../networks/nodes.ts";

/** Line and column of the start, then of the end; all count from 0, columns in UTF-16 units. */
export type Lines = readonly [number, number, number, number];

export interface Problem {
  readonly rule: string;
  readonly severity: Severity;
  readonly message: string;
  readonly lines: Lines;
  readonly related: readonly { readonly lines: Lines; readonly text: string }[];
}

export interface ScannedFile {
  readonly path: string;
  readonly networks: number;
  /** JSON in UTF-8, since most of it is never looked at: as objects it would take several times as much memory. */
  readonly items: Uint8Array;
  readonly problems: readonly Problem[];
}

/** undefined: there is nothing to show of it. */
export function recordOf(path: string, text: string, analysis: Analysis): ScannedFile | undefined {
  const { networks, findings } = analysis;
  if (networks.length === 0 && findings.length === 0) return undefined;
  return {
    path,
    networks: networks.length,
    items: new TextEncoder().encode(JSON.stringify(itemsOf(analysis, placesOf(analysis)))),
    problems: findings.length === 0 ? [] : problemsOf(text, analysis),
  };
}

export const itemsIn = ({ items }: ScannedFile): readonly Item[] =>
  JSON.parse(new TextDecoder().decode(items));

/** In a notebook the places of the analysis are those of the program that its cells make. */
export function placesOf({ notebook }: Analysis): (offset: number) => PlaceInFile {
  return (offset) => {
    const place = notebook && placeIn(notebook, offset);
    return place ? { offset: place.offset, cell: place.cell.index } : { offset };
  };
}

function problemsOf(text: string, { findings, notebook }: Analysis): readonly Problem[] {
  const problem = ({ rule, severity, message }: Finding) => ({ rule, severity, message });
  if (notebook) {
    // Cells that are not open have no address, and lines of the file's JSON would tell nobody anything.
    return findings.map((finding) => {
      const place = placeIn(notebook, finding.span.from);
      const line = place && positionAt(lineStarts(place.cell.text), place.offset).line;
      const where = place ? `Cell ${place.cell.index + 1}, line ${line}: ` : "";
      const message = where + finding.message;
      return { ...problem(finding), message, lines: [0, 0, 0, 0], related: [] };
    });
  }
  const starts = lineStarts(text);
  const lines = ({ from, to }: Span): Lines => {
    const [start, end] = [positionAt(starts, from), positionAt(starts, to)];
    return [start.line - 1, start.column - 1, end.line - 1, end.column - 1];
  };
  const related = (evidence: readonly Evidence[]) =>
    evidence.flatMap(({ span, text }) => (span ? [{ lines: lines(span), text }] : []));
  return findings.map((finding) => ({
    ...problem(finding),
    lines: lines(finding.span),
    related: related(finding.evidence),
  }));
}
