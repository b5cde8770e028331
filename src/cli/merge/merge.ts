/** `merge FILE...`: what runs over parts of a tree have found becomes what a run over all of it would have. */
import type { Severity } from "../../engine/index.ts";
import { printed as printedBaseline, united } from "../baseline/baseline.ts";
import { type Format, fails } from "../choices.ts";
import { type Console, complain, type ExitCode } from "../console.ts";
import { codeOf } from "../files/find.ts";
import { intoFile } from "../files/output.ts";
import { reporterFor } from "../reporters/index.ts";
import { sarifHead, sarifTail } from "../reporters/sarif.ts";
import { statisticsOf } from "../reporters/statistics.ts";
import type { FileRecord, FileResult, SiteRecord } from "../results/records.ts";
import type { Part as Counted } from "../results/statistics.ts";
import { LineFile } from "./lines.ts";
import { type MergeOptions, mergeHelp, parseMerge } from "./options.ts";
import { BadPart, type Part, readPart } from "./part.ts";
import { type Records, unitedRecords, valuesOf } from "./records.ts";

export async function runMerge(argv: readonly string[], console: Console): Promise<ExitCode> {
  const options = parseMerge(argv);
  if (options === "help") {
    await console.out(mergeHelp);
    return 0;
  }
  if (typeof options === "string") {
    await complain(console, `${options} (see merge --help)`);
    return 2;
  }
  const files: LineFile[] = [];
  try {
    const parts = options.paths.map((name): Part => partOf(name, files));
    return await intoFile(options.outputFile, console, (output) => print(parts, options, output));
  } catch (error) {
    if (!(error instanceof BadPart)) throw error;
    await complain(console, error.message);
    return 2;
  } finally {
    for (const file of files) file.close();
  }
}

function partOf(name: string, files: LineFile[]): Part {
  try {
    const file = new LineFile(name);
    files.push(file);
    return readPart(file);
  } catch (error) {
    throw new BadPart(
      `${name}: ${error instanceof BadPart ? error.message : `cannot be read (${codeOf(error)})`}`,
    );
  }
}

async function print(all: readonly Part[], options: MergeOptions, output: Console): Promise<ExitCode> {
  const kinds = [...new Set(all.map(({ kind }) => kind))].filter((kind) => kind !== "empty").sort();
  if (kinds.length > 1) throw new BadPart(`the files are of several kinds: ${kinds.join(", ")}`);
  const ofKind = <K extends Part["kind"]>(kind: K) =>
    all.filter((part): part is Extract<Part, { kind: K }> => part.kind === kind);
  const [kind] = kinds;
  switch (kind) {
    case "baseline":
      needs(options, [], "a baseline");
      await output.out(printedBaseline(united(ofKind(kind).map(({ baseline }) => baseline))));
      return 0;
    case "statistics":
      return statistics(ofKind(kind), options, output);
    case "SARIF":
      return sarif(ofKind(kind), options, output);
    case "check":
    case "sites":
      return records(kind, ofKind(kind), options, output);
    default:
      return records("check", [], options, output);
  }
}

function needs(
  { format, statistics }: Pick<MergeOptions, "format" | "statistics">,
  allowed: readonly Format[],
  what: string,
): void {
  if (statistics) throw new BadPart(`${what} has no findings to count`);
  if (format !== undefined && !allowed.includes(format))
    throw new BadPart(`${what} can't be told as ${format}: merge JSON or JSON lines`);
}

async function statistics(
  parts: readonly Extract<Part, { kind: "statistics" }>[],
  { format = "json", failOn }: MergeOptions,
  output: Console,
): Promise<ExitCode> {
  // Counts are counted already.
  needs({ format, statistics: false }, ["json", "text", "concise", "full"], "statistics");
  const byId = new Map(
    parts.flatMap(({ counts }) => counts).map((each): [string, Counted] => [each.id, each]),
  );
  const counts = [...byId.values()].sort((a, b) => (a.id < b.id ? -1 : 1));
  await output.out(statisticsOf(counts, format === "json"));
  const found = counts.flatMap(({ rules }) => Object.values(rules).flatMap((own) => Object.keys(own)));
  return found.some((severity) => fails(failOn, severity as Severity)) ? 1 : 0;
}

async function sarif(
  parts: readonly Extract<Part, { kind: "SARIF" }>[],
  options: MergeOptions,
  output: Console,
): Promise<ExitCode> {
  needs(options, ["sarif"], "SARIF");
  const [first] = parts;
  const other = parts.find(({ head }) => head !== first?.head);
  if (!first || other)
    throw new BadPart(`the files are of different versions: ${first?.version} and ${other?.version}`);
  const { files, skipped } = unitedOrThrow(parts.map(({ records }) => records));
  let separator = "\n";
  let hasFailed = false;
  await output.out(sarifHead(first.version));
  for (const entry of files.values())
    for (const value of valuesOf(entry)) {
      await output.out(separator + JSON.stringify(value));
      separator = ",\n";
      const { severity } = (value as { properties: { severity: Severity } }).properties;
      hasFailed ||= fails(options.failOn, severity);
    }
  await output.out(sarifTail(skipped));
  return hasFailed ? 1 : 0;
}

async function records(
  command: "check" | "sites",
  parts: readonly Extract<Part, { kind: "check" | "sites" }>[],
  options: MergeOptions,
  output: Console,
): Promise<ExitCode> {
  const { failOn, statistics } = options;
  const format = options.format ?? (parts.some(({ isDocument }) => isDocument) ? "json" : "json-lines");
  const { files, skipped } = unitedOrThrow(parts.map((part) => part.records));
  const reporter = reporterFor(format, {
    command,
    failOn,
    statistics,
    colour: output.colour,
    version: output.version,
  });
  let hasFailed = false;
  await output.out(reporter.begin());
  for (const [file, entry] of files) {
    const result = resultOf(command, file, valuesOf(entry));
    hasFailed ||= result.findings.some(({ severity }) => fails(failOn, severity));
    await output.out(reporter.file(result));
  }
  await output.out(reporter.end(skipped));
  if (!reporter.tellsSkipped)
    for (const { file, reason } of skipped) await complain(output, `skipped ${file}: ${reason}`);
  return hasFailed ? 1 : 0;
}

function unitedOrThrow(parts: readonly Records[]): Records {
  const all = unitedRecords(parts);
  if (!("names" in all)) return all;
  const [one, other] = all.names;
  throw new BadPart(
    one === other
      ? `${one}: it says two things of ${all.file}`
      : `${one} and ${other} say different things of ${all.file}`,
  );
}

/** The code of findings does not come with the machine-readable outputs: so there are no frames. */
function resultOf(command: "check" | "sites", file: string, values: readonly unknown[]): FileResult {
  if (command === "sites")
    return { file, sites: values as readonly SiteRecord[], networks: [], findings: [] };
  const [record] = values as readonly [FileRecord];
  return { ...record, sites: [], findings: record.findings.map((finding) => ({ ...finding, code: [] })) };
}
