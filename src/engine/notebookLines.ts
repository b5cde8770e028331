/** From the lines of a notebook's cells to the lines of its file, for readers that know no cells. */
import { sourcesOf } from "./notebookJson.ts";
import { lineStarts, positionAt } from "./positions.ts";

/** Lines count from 1; undefined where the JSON does not say it. */
export type FileLines = (cell: number, line: number) => number | undefined;

export function fileLines(json: string): FileLines {
  const sources = sourcesOf(json);
  if ("skipped" in sources) return () => undefined;
  const starts = lineStarts(json);
  const byCell = new Map(sources.map((source) => [source.index, source]));
  return (cell, line) => {
    const source = byCell.get(cell);
    if (!source) return undefined;
    const at = lineStarts(source.text)[line - 1] ?? 0;
    let end = 0;
    for (const { from, to } of source.strings) {
      end += lengthOf(json.slice(from, to));
      if (at < end) return positionAt(starts, from).line;
    }
    return undefined;
  };
}

function lengthOf(string: string): number {
  try {
    return (JSON.parse(string) as string).length;
  } catch {
    // No JSON, as where a line breaks inside: all that follows is not known either.
    return Number.NaN;
  }
}
