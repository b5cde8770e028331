/** `--statistics`: what a run found, counted. Counts are whole numbers, so that those of parts add up to those of the whole. */
import { createHash } from "node:crypto";
import type { Severity } from "../../engine/index.ts";
import { type FileResult, published, type SkippedFile } from "./records.ts";

export interface Counts {
  readonly files: number;
  readonly skipped: number;
  readonly networks: number;
  readonly findings: number;
  /** Findings whose first fix is safe. */
  readonly fixable: number;
  readonly rules: Readonly<Record<string, Readonly<Partial<Record<Severity, number>>>>>;
  /** Networks by framework. */
  readonly frameworks: Readonly<Record<string, number>>;
  readonly risk: {
    /** Networks by the estimated share of units that end dead: 0 up to 10 %, 10 up to 20 %, ... 90 to 100 %. */
    readonly deadAfterTraining: readonly number[];
    readonly notEstimated: number;
  };
}

/** A run's counts, known by what they count: so the same part is not added twice. */
export interface Part extends Counts {
  /** A sum over the file's records: the same in whatever order the files were read. */
  readonly id: string;
}

const BINS = 10;
const MODULUS = 1n << 128n;

export const NOTHING: Counts = {
  files: 0,
  skipped: 0,
  networks: 0,
  findings: 0,
  fixable: 0,
  rules: {},
  frameworks: {},
  risk: { deadAfterTraining: new Array<number>(BINS).fill(0), notEstimated: 0 },
};

export class Counter {
  private sum = 0n;
  private counts: Counts = NOTHING;

  add(result: FileResult): void {
    const record = published(result);
    this.note(record);
    const { networks, findings } = record;
    const deadAfterTraining = new Array<number>(BINS).fill(0);
    let notEstimated = 0;
    const rules: Record<string, Partial<Record<Severity, number>>> = {};
    const frameworks: Record<string, number> = {};
    for (const { framework, risk } of networks) {
      frameworks[framework] = (frameworks[framework] ?? 0) + 1;
      const bin = risk ? Math.min(BINS - 1, Math.floor(risk.deadAfterTraining * BINS)) : -1;
      if (bin < 0) notEstimated++;
      else deadAfterTraining[bin] = (deadAfterTraining[bin] ?? 0) + 1;
    }
    for (const { rule, severity } of findings) {
      const own = rules[rule] ?? {};
      own[severity] = (own[severity] ?? 0) + 1;
      rules[rule] = own;
    }
    this.counts = added(this.counts, {
      files: 1,
      skipped: 0,
      networks: networks.length,
      findings: findings.length,
      fixable: findings.filter(({ fixes }) => fixes[0]?.applicability === "safe").length,
      rules,
      frameworks,
      risk: { deadAfterTraining, notEstimated },
    });
  }

  part(skipped: readonly SkippedFile[]): Part {
    for (const each of skipped) this.note(each);
    const id = this.sum.toString(16).padStart(32, "0");
    return { id, ...added(this.counts, { ...NOTHING, skipped: skipped.length }) };
  }

  private note(record: object): void {
    const digest = createHash("sha256").update(JSON.stringify(record)).digest("hex").slice(0, 32);
    this.sum = (this.sum + BigInt(`0x${digest}`)) % MODULUS;
  }
}

export function added(a: Counts, b: Counts): Counts {
  return {
    files: a.files + b.files,
    skipped: a.skipped + b.skipped,
    networks: a.networks + b.networks,
    findings: a.findings + b.findings,
    fixable: a.fixable + b.fixable,
    rules: joined(a.rules, b.rules, (one, other) => joined(one, other, plus)),
    frameworks: joined(a.frameworks, b.frameworks, plus),
    risk: {
      deadAfterTraining: a.risk.deadAfterTraining.map(
        (count, at) => count + (b.risk.deadAfterTraining[at] ?? 0),
      ),
      notEstimated: a.risk.notEstimated + b.risk.notEstimated,
    },
  };
}

const plus = (a: number, b: number): number => a + b;

/** By name, in the order of the names. */
function joined<T>(
  a: Readonly<Record<string, T>>,
  b: Readonly<Record<string, T>>,
  both: (a: T, b: T) => T,
): Record<string, T> {
  const names = [...new Set([...Object.keys(a), ...Object.keys(b)])].sort();
  return Object.fromEntries(
    names.map((name) => {
      const [one, other] = [a[name], b[name]];
      return [name, one === undefined ? (other as T) : other === undefined ? one : both(one, other)];
    }),
  );
}
