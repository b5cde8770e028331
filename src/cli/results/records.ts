/**
 * The shape of the machine-readable output. Scripts read this: fields are added, never renamed or removed, without a
 * new version.
 */
import type { Fix, Normalisation, Severity, Site } from "../../engine/index.ts";

export const contractVersion = 1;

export interface SkippedFile {
  readonly file: string;
  readonly reason: string;
}

export interface Line {
  /** In a notebook: 0-based over all its cells; lines then count within the cell. */
  readonly cell?: number;
  readonly line: number;
}

export interface Place extends Line {
  readonly column: number;
  readonly endLine: number;
  readonly endColumn: number;
}

export interface SiteRecord extends Place {
  readonly file: string;
  readonly activation: string;
  readonly framework: string;
  readonly kind: Site["kind"];
  readonly params: Site["parameters"];
  readonly certainty: Site["certainty"];
}

export interface LayerRecord extends Line {
  readonly kind: "dense" | "conv";
  readonly fanIn: number | null;
  readonly fanOut: number | null;
  readonly activation: string | null;
  readonly normalisation: Normalisation | null;
  /** null on the output layer, and where the network has no risk. */
  readonly deadAtInit: number | null;
  readonly deadAfterTraining: number | null;
  readonly stepSize: number | null;
}

export interface RiskRecord {
  readonly deadAtInit: number;
  readonly deadAfterTraining: number;
  readonly probabilityOver25: number;
  /** null: not estimated. */
  readonly probabilityNaN: number | null;
  /** NaN, or nothing learnt in 300 steps. */
  readonly probabilityFailure: number | null;
  readonly range: readonly [number, number];
  readonly assumptions: readonly string[];
}

export interface NetworkRecord extends Line {
  readonly name: string;
  readonly framework: string;
  readonly layers: readonly LayerRecord[];
  readonly risk: RiskRecord | null;
  readonly gaps: readonly (Line & { readonly what: string })[];
}

export interface FixRecord {
  readonly title: string;
  readonly kind: Fix["kind"];
  readonly applicability: Fix["applicability"];
  readonly edits: readonly (Place & { readonly text: string })[];
  readonly note?: string;
  /** What it does to the chance that the network's training fails, by the estimate; negative: less. */
  readonly failure?: number;
}

export interface FindingRecord extends Place {
  readonly rule: string;
  readonly severity: Severity;
  readonly message: string;
  readonly evidence: readonly (Partial<Line> & {
    readonly text: string;
    readonly value?: number;
    readonly source?: string;
  })[];
  readonly causes: readonly {
    readonly factor: string;
    readonly effect: number;
    readonly failure?: number;
  }[];
  readonly fixes: readonly FixRecord[];
  /**
   * The same for the same finding after lines have moved and other code was edited: see fingerprint.ts. Unique in its
   * file.
   */
  readonly fingerprint: string;
  /** In a notebook: the line of the file that its line of the cell stands in. */
  readonly fileLine?: number;
}

export interface FileRecord {
  readonly file: string;
  readonly networks: readonly NetworkRecord[];
  readonly findings: readonly FindingRecord[];
}

/** A line of the code that a finding stands in, as it was when it was analysed. */
export interface CodeLine {
  readonly line: number;
  /** Of a long line a part. */
  readonly text: string;
  /** UTF-16 units of the line that are left out before `text`; absent for 0. */
  readonly cut?: number;
}

/**
 * A finding with the lines round it, for code frames. They travel with it, though they could be read again: so they are
 * always those that were analysed, also of the standard input, of a notebook's cell, and of a file that was fixed or that
 * another machine has read.
 */
export interface FindingResult extends FindingRecord {
  readonly code: readonly CodeLine[];
}

/**
 * What came out for one file, with what the command prints of it (the other lists are empty). Plain data: it may come from
 * this process, a worker, the cache or another machine.
 */
export interface FileResult extends FileRecord {
  readonly sites: readonly SiteRecord[];
  readonly findings: readonly FindingResult[];
}

/** What the machine-readable outputs of `check` say of a file. */
export const published = ({ file, networks, findings }: FileResult): FileRecord => ({
  file,
  networks,
  findings: findings.map(({ code: _, ...record }) => record),
});
