/**
 * Comments that silence rules where they stand:
 *
 *     nn.ReLU(),  # activation-lens: ignore[dying-relu] sparse on purpose
 *     # activation-lens: ignore[relu-on-output, narrow-network]     for the next line of code
 *     # activation-lens: ignore-file[unscaled-input]                for the whole file
 */
import type { Finding, NotebookProgram } from "../model.ts";

/** Its first group is `-file`, its second the list of rules. */
export const COMMENT = /(?:#|\/\/)[ \t]*activation-lens:[ \t]*ignore(-file)?\[([^\]\r\n]*)\]/;
const ONLY_COMMENT = /^[ \t]*(?:#|\/\/)/;

interface Ignores {
  readonly file: ReadonlySet<string>;
  /** By line, counted from 0. */
  readonly lines: ReadonlyMap<number, ReadonlySet<string>>;
}

/** @param text the file's, or the program that a notebook's cells make */
export function withoutIgnored(
  findings: readonly Finding[],
  text: string,
  notebook?: NotebookProgram,
): readonly Finding[] {
  if (findings.length === 0 || !text.includes("activation-lens:")) return findings;
  const starts = startsOf(text);
  const { file, lines } = ignoresIn(text, starts, notebook);
  const lineAt = (offset: number): number => starts.findLastIndex((start) => start <= offset);
  return findings.filter(({ rule, span }) => {
    // A call over several lines has its comment behind the first or the last.
    const own = [lineAt(span.from), lineAt(Math.max(span.from, span.to - 1))];
    return !file.has(rule) && !own.some((line) => lines.get(line)?.has(rule));
  });
}

function ignoresIn(text: string, starts: readonly number[], notebook: NotebookProgram | undefined): Ignores {
  const file = new Set<string>();
  const lines = new Map<number, Set<string>>();
  let waiting: { readonly rules: readonly string[]; readonly cell: number } | undefined;
  starts.forEach((start, line) => {
    const content = text.slice(start, starts[line + 1] ?? text.length);
    const cell = notebook ? notebook.starts.findLastIndex((at) => at <= start) : 0;
    const [, isFile, list = ""] = COMMENT.exec(content) ?? [];
    const rules = list.split(",").map((name) => name.trim());
    const isAlone = ONLY_COMMENT.test(content);
    const before = waiting?.cell === cell ? waiting.rules : [];
    if (isFile) for (const rule of rules) file.add(rule);
    if (isAlone && list !== "" && !isFile) waiting = { rules: [...before, ...rules], cell };
    else if (!isAlone && content.trim() !== "") {
      const own = isFile ? before : [...before, ...(list === "" ? [] : rules)];
      if (own.length > 0) lines.set(line, new Set(own));
      waiting = undefined;
    }
  });
  return { file, lines };
}

/** Offsets at which lines start. */
function startsOf(text: string): readonly number[] {
  const starts = [0];
  for (const found of text.matchAll(/\r\n|\n|\r/g)) starts.push(found.index + found[0].length);
  return starts;
}
