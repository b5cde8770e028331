/**
 * A baseline: findings that are accepted, so that only new ones are told. It is a JSON file with a line for each entry,
 * sorted, so that a version control shows what changed in it.
 */
import { partsOf } from "../results/fingerprint.ts";
import type { FindingRecord } from "../results/records.ts";

const baselineVersion = 1;

/** Findings of a file that look alike, and how many of them are accepted. */
export interface Entry {
  readonly rule: string;
  /** A fingerprint's hash. */
  readonly hash: string;
  readonly count: number;
}

/** By file, by hash. Files are named from the folder that the baseline stands in. */
export type Baseline = ReadonlyMap<string, ReadonlyMap<string, Entry>>;

const HEAD = `{"version":${baselineVersion},"kind":"baseline","entries":[`;

export function printed(baseline: Baseline): string {
  const lines = [...baseline]
    .sort(byKey)
    .flatMap(([file, entries]) =>
      [...entries]
        .sort(byKey)
        .map(([, { rule, hash, count }]) => JSON.stringify({ file, rule, hash, count })),
    );
  return `${HEAD}${lines.map((line) => `\n${line}`).join(",")}\n]}\n`;
}

/** By code unit: the order must not depend on the machine. */
const byKey = ([a]: readonly [string, unknown], [b]: readonly [string, unknown]): number => (a < b ? -1 : 1);

/** Or why the text is no baseline. */
export function parsed(text: string): Baseline | string {
  let document: unknown;
  try {
    document = JSON.parse(text);
  } catch {
    return "it is no JSON";
  }
  if (!isObject(document) || document.kind !== "baseline") return "it is no baseline of activation-lens";
  if (document.version !== baselineVersion)
    return `its version is ${JSON.stringify(document.version)}, and ${baselineVersion} is read`;
  if (!Array.isArray(document.entries)) return "it has no list of entries";
  const baseline = new Map<string, Map<string, Entry>>();
  for (const [at, each] of document.entries.entries()) {
    const entry = entryOf(each);
    if (!entry) return `entry ${at + 1} has not the form of an entry`;
    accept(baseline, entry.file, entry);
  }
  return baseline;
}

function entryOf(value: unknown): (Entry & { readonly file: string }) | undefined {
  if (!isObject(value)) return undefined;
  const { file, rule, hash, count } = value;
  const isRight =
    typeof file === "string" &&
    typeof rule === "string" &&
    typeof hash === "string" &&
    /^[0-9a-f]{32}$/.test(hash) &&
    Number.isSafeInteger(count) &&
    (count as number) > 0;
  return isRight ? { file, rule, hash, count: count as number } : undefined;
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** The larger count stays: so a part that is given twice adds nothing, and the order does not matter. */
function accept(baseline: Map<string, Map<string, Entry>>, file: string, entry: Entry): void {
  const entries = baseline.get(file) ?? new Map<string, Entry>();
  const known = entries.get(entry.hash);
  if (!known || known.count < entry.count) {
    const { rule, hash, count } = entry;
    entries.set(hash, { rule, hash, count });
  }
  baseline.set(file, entries);
}

/** What accepts all these findings. */
export function entriesOf(
  findings: readonly Pick<FindingRecord, "rule" | "fingerprint">[],
): ReadonlyMap<string, Entry> {
  const baseline = new Map<string, Map<string, Entry>>();
  for (const { rule, fingerprint } of findings) accept(baseline, "", { rule, ...partsOf(fingerprint) });
  return baseline.get("") ?? new Map();
}

/** What accepts all that one of them accepts. */
export function united(baselines: readonly Baseline[]): Baseline {
  const all = new Map<string, Map<string, Entry>>();
  for (const baseline of baselines)
    for (const [file, entries] of baseline) for (const entry of entries.values()) accept(all, file, entry);
  return all;
}
