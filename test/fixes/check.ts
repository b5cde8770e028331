/** Fixes a file in every way there is, and says what is not as it was promised. Knows nothing of the text's meaning. */
import {
  type Analysis,
  analyze,
  applyEdits,
  type Done,
  type Edit,
  editsOfFile,
  type FixedFile,
  fixAll,
  languageOf,
  reversed,
  rewriteAll,
  type Site,
  type SourceFile,
  toLeakyRelu,
} from "../../src/engine/index.ts";

export const modes = {
  "all ReLU to Leaky ReLU": (file: SourceFile) => rewriteAll(file, toLeakyRelu, analyze),
  "safe fixes": (file: SourceFile) => fixAll(file, {}, analyze),
  "all fixes": (file: SourceFile) => fixAll(file, { unsafe: true }, analyze),
  "Leaky ReLU, then all fixes": (file: SourceFile) =>
    fixAll(
      { ...file, text: madeOf(file, rewriteAll(file, toLeakyRelu, analyze)) },
      { unsafe: true },
      analyze,
    ),
} as const;
export type Mode = keyof typeof modes;

export interface Checked {
  readonly text: string;
  readonly run: FixedFile;
  readonly faults: readonly string[];
}

/** The text of the file after a run. */
function madeOf(file: SourceFile, run: FixedFile): string {
  const edits = editsOfFile(file, run);
  return "reason" in edits ? file.text : applyEdits(file.text, edits);
}

export function check(given: SourceFile, mode: Mode): Checked {
  const file: SourceFile =
    mode === "Leaky ReLU, then all fixes"
      ? { ...given, text: madeOf(given, modes["all ReLU to Leaky ReLU"](given)) }
      : given;
  const run = modes[mode](given);
  const faults: string[] = [];
  const expect = (holds: boolean, what: string): void => {
    if (!holds) faults.push(what);
  };
  const edits = editsOfFile(file, run);
  if ("reason" in edits) return { text: file.text, run, faults: [edits.reason] };
  const text = applyEdits(file.text, edits);
  if (run.applied.length === 0) expect(edits.length === 0 && text === file.text, "changed without a fix");
  expect(applyEdits(text, reversed(file.text, edits)) === file.text, "undo does not restore the text");

  const again = analyze({ ...file, text });
  expect(
    same(again, run.after),
    "the analysis of the new text is another than the one that was made on the way",
  );
  if (mode !== "all ReLU to Leaky ReLU") {
    const second = fixAll({ ...file, text }, { unsafe: mode !== "safe fixes" }, analyze);
    expect(second.applied.length === 0, `fixing again changes more: ${titles(second.applied)}`);
    const gone = run.before.findings.length - run.after.findings.length;
    expect(gone >= new Set(run.applied.map(({ finding }) => finding)).size, "a fixed finding is still there");
  } else {
    const second = rewriteAll({ ...file, text }, toLeakyRelu, analyze);
    expect(second.applied.length === 0, `rewriting again changes more: ${titles(second.applied)}`);
  }
  for (const [rule, count] of counted(run.after))
    expect(count <= (counted(run.before).get(rule) ?? 0), `more findings of ${rule} than before`);

  const program = run.before.notebook?.text ?? file.text;
  for (const edit of run.edits) {
    const isReported = run.applied.some((done) => isOf(edit, done, program, run.before.sites));
    expect(isReported, `changed outside of what was reported: ${JSON.stringify(edit)}`);
  }
  if (languageOf(file.path) === "notebook") faults.push(...notebookFaults(file.text, text));
  return { text, run, faults };
}

const titles = (done: readonly Done[]): string => done.map(({ fix }) => fix.title).join();

/** The same findings and sites at the same places. */
const same = (a: Analysis, b: Analysis): boolean => {
  const words = ({ findings, sites }: Analysis): string =>
    JSON.stringify([
      findings.map(({ rule, span, message }) => [rule, span, message]),
      sites.map(({ activation, span }) => [activation, span]),
    ]);
  return words(a) === words(b);
};

function counted({ findings }: Analysis): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const { rule } of findings) counts.set(rule, (counts.get(rule) ?? 0) + 1);
  return counts;
}

/**
 * An import, or on the lines of what was reported. The edits of a fix that was made on the way are in offsets of a text
 * in between: their place at the beginning is near the rewritten site's only for rewrites, or near one of the sites that
 * a finding's network has.
 */
function isOf(
  { span, text }: Edit,
  { fix, span: own, finding }: Done,
  program: string,
  sites: readonly Site[],
): boolean {
  if (/\b(?:import|require)\b/.test(`${lineAround(program, span.from)} ${text}`)) return true;
  // A learning rate, weights: elsewhere by nature, and at the place that the fix named.
  if (fix.kind !== "leaky-relu") return true;
  const places = finding ? [own, ...sites.map((site) => site.span)] : [own];
  return places.some((reported) => {
    const from = program.lastIndexOf("\n", program.lastIndexOf("\n", reported.from - 1) - 1);
    // In Caffe's format a layer is a block, and its slope comes last in it.
    const end = program.indexOf(/^\s*relu_param/.test(text) ? "}" : "\n", reported.to);
    return span.from >= from && span.to <= (end < 0 ? program.length : end);
  });
}

/** The whole statement of an import may go over several lines; its first and last are near. */
function lineAround(program: string, at: number): string {
  const before = program.slice(0, at).lastIndexOf("import");
  if (before >= 0 && /^import[\s\w,.()\\*{}'"]*$/.test(program.slice(before, at))) return "import";
  return program.slice(program.lastIndexOf("\n", at - 1) + 1, at);
}

interface Notebook {
  readonly cells?: readonly Record<string, unknown>[];
  readonly worksheets?: readonly { readonly cells: readonly Record<string, unknown>[] }[];
}

/** Everything but sources stays what it was, and a list of lines stays one. */
function notebookFaults(before: string, after: string): string[] {
  if (before === after) return [];
  let old: Notebook;
  try {
    old = JSON.parse(before) as Notebook;
  } catch {
    return [];
  }
  try {
    const made = JSON.parse(after) as Notebook;
    const faults =
      JSON.stringify(withoutSources(old)) === JSON.stringify(withoutSources(made))
        ? []
        : ["more than sources changed"];
    const [was, is] = [sourcesIn(old), sourcesIn(made)];
    is.forEach((source, at) => {
      const other = was[at];
      if (Array.isArray(source) !== Array.isArray(other))
        faults.push("a source is no list of lines any more");
      if (isOfLines(other) && !isOfLines(source))
        faults.push(`a source is not split into its lines: ${JSON.stringify(source)}`);
    });
    return faults;
  } catch (error) {
    return [`the notebook does not parse: ${String(error)}`];
  }
}

const cellsIn = ({ cells, worksheets }: Notebook): readonly Record<string, unknown>[] =>
  cells ?? worksheets?.flatMap((sheet) => sheet.cells) ?? [];
const sourcesIn = (notebook: Notebook): unknown[] =>
  cellsIn(notebook).map(({ source, input }) => source ?? input);
const withoutSources = (notebook: Notebook): unknown =>
  JSON.parse(JSON.stringify(notebook), (key, value: unknown) =>
    key === "source" || key === "input" ? null : value,
  );

const isOfLines = (source: unknown): boolean =>
  Array.isArray(source) &&
  source.every(
    (line, at) =>
      typeof line === "string" &&
      /^[^\n]*\n?$/.test(line) &&
      (at === source.length - 1 || line.endsWith("\n")),
  );
