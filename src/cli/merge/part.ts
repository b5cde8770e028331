/** A part: what a run of this command line has written, of whatever kind. */
import { type Baseline, parsed } from "../baseline/baseline.ts";
import { fileOf } from "../reporters/uri.ts";
import { contractVersion, type SkippedFile } from "../results/records.ts";
import type { Part as Counted } from "../results/statistics.ts";
import type { LineFile } from "./lines.ts";
import { RecordList, type Records, withoutComma } from "./records.ts";

export type Part =
  | { readonly kind: "check" | "sites"; readonly isDocument: boolean; readonly records: Records }
  /** `head`: what the run says of itself. */
  | { readonly kind: "SARIF"; readonly head: string; readonly version: string; readonly records: Records }
  | { readonly kind: "statistics"; readonly counts: readonly Counted[] }
  | { readonly kind: "baseline"; readonly baseline: Baseline }
  /** JSON lines without a line. */
  | { readonly kind: "empty" };

/** What is wrong with a part. */
export class BadPart extends Error {}

type Fields = Readonly<Record<string, unknown>>;

export function readPart(file: LineFile): Part {
  const first = file.lines().next();
  if (first.done) return { kind: "empty" };
  const head = fieldsIn(first.value.text);
  if (typeof head?.file === "string" && !("version" in head)) return jsonLines(file);
  const opened = LAYOUTS.find(({ begins }) => begins.test(first.value.text));
  return opened ? opened.read(file) : document(file);
}

/** Documents as this command line writes them, a record a line: these are not read whole. */
const LAYOUTS: readonly { readonly begins: RegExp; read(file: LineFile): Part }[] = [
  { begins: /^\{"version":1,"files":\[$/, read: (file) => layout(file, "check") },
  { begins: /^\{"version":1,"sites":\[$/, read: (file) => layout(file, "sites") },
  {
    begins: /^\{"\$schema":"[^"]*","version":"2\.1\.0","runs":\[\{.*"results":\[$/,
    read: (file) => sarifLayout(file),
  },
];

function jsonLines(file: LineFile): Part {
  const list = new RecordList(file);
  let kind: "check" | "sites" | undefined;
  let count = 0;
  for (const { text, from, to } of file.lines()) {
    count++;
    const value = fieldsIn(text);
    if (typeof value?.file !== "string")
      throw new BadPart(`line ${count} is no record: was the file cut off?`);
    const own = Array.isArray(value.findings) ? "check" : "sites";
    if (kind !== undefined && own !== kind)
      throw new BadPart(`line ${count} is of ${own}, the others of ${kind}`);
    kind = own;
    list.add(value.file, value, { from, to });
  }
  return { kind: kind ?? "check", isDocument: false, records: list.records() };
}

function layout(file: LineFile, kind: "check" | "sites"): Part {
  const { list, tail } = inLines(file, (value) => value.file);
  const end = fieldsIn(`{"list":[${tail}`);
  if (!Array.isArray(end?.skipped)) throw new BadPart("it ends too early: was it cut off?");
  list.skipped.push(...(end.skipped as SkippedFile[]));
  return { kind, isDocument: true, records: list.records() };
}

function sarifLayout(file: LineFile): Part {
  const { list, first, tail } = inLines(file, fileOfResult);
  const end = fieldsIn(`${first}${tail}`);
  if (!end) throw new BadPart("it ends too early: was it cut off?");
  return sarifPart(list, end);
}

/** The first line, the records of the lines behind it, and what comes behind their list. */
function inLines(file: LineFile, nameOf: (value: Fields) => unknown) {
  const list = new RecordList(file);
  let first: string | undefined;
  let tail: string | undefined;
  let count = 0;
  for (const { text, from, to } of file.lines()) {
    count++;
    if (first === undefined) first = text;
    else if (tail !== undefined || text.startsWith("]")) tail = (tail ?? "") + text;
    else {
      const value = fieldsIn(withoutComma(text));
      const name = value && nameOf(value);
      if (!value || typeof name !== "string")
        throw new BadPart(`line ${count} is no record: was the file cut off?`);
      list.add(name, value, { from, to });
    }
  }
  return { list, first: first ?? "", tail: tail ?? "" };
}

/** Any other layout of the same: one that was formatted by another program. */
function document(file: LineFile): Part {
  const value = fieldsIn(file.text());
  if (!value) throw new BadPart("it is no JSON, or was cut off");
  if (value.kind === "baseline") {
    const baseline = parsed(file.text());
    if (typeof baseline === "string") throw new BadPart(baseline);
    return { kind: "baseline", baseline };
  }
  if (value.kind === "statistics" && Array.isArray(value.parts))
    return { kind: "statistics", counts: value.parts as Counted[] };
  const list = new RecordList(file);
  if (Array.isArray(value.runs)) {
    const [run] = value.runs as Fields[];
    for (const result of (run?.results ?? []) as Fields[]) list.add(fileOfResult(result), result);
    return sarifPart(list, value);
  }
  const kind = Array.isArray(value.files) ? "check" : Array.isArray(value.sites) ? "sites" : undefined;
  if (kind === undefined || value.version !== contractVersion)
    throw new BadPart(
      "it is none of what activation-lens writes as JSON, JSON lines, SARIF, statistics or baseline",
    );
  for (const record of (kind === "check" ? value.files : value.sites) as Fields[])
    list.add(String(record.file), record);
  list.skipped.push(...((value.skipped ?? []) as SkippedFile[]));
  return { kind, isDocument: true, records: list.records() };
}

function sarifPart(list: RecordList, { runs }: Fields): Part {
  const [run, ...others] = runs as readonly SarifRun[];
  if (!run || others.length > 0) throw new BadPart("it has not one run");
  const { name, semanticVersion } = run.tool.driver;
  if (name !== "activation-lens") throw new BadPart(`it is SARIF of ${name}`);
  for (const { message, locations } of run.invocations?.[0]?.toolExecutionNotifications ?? [])
    list.skipped.push({
      file: fileOf(locations?.[0]?.physicalLocation.artifactLocation.uri ?? ""),
      reason: message.text.replace(/^skipped: /, ""),
    });
  const { results: _, invocations: __, ...head } = run;
  return { kind: "SARIF", head: JSON.stringify(head), version: semanticVersion, records: list.records() };
}

interface SarifLocation {
  readonly physicalLocation: { readonly artifactLocation: { readonly uri: string } };
}

interface SarifRun {
  readonly tool: { readonly driver: { readonly name: string; readonly semanticVersion: string } };
  readonly results?: readonly Fields[];
  readonly invocations?: readonly {
    readonly toolExecutionNotifications?: readonly {
      readonly message: { readonly text: string };
      readonly locations?: readonly SarifLocation[];
    }[];
  }[];
}

function fileOfResult(result: Fields): string {
  const [location] = (result.locations ?? []) as readonly SarifLocation[];
  if (!location) throw new BadPart("a result has no place");
  return fileOf(location.physicalLocation.artifactLocation.uri);
}

function fieldsIn(text: string): Fields | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "object" && value !== null && !Array.isArray(value)
      ? (value as Fields)
      : undefined;
  } catch {
    return undefined;
  }
}
