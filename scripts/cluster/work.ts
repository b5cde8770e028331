/** What is done on a cluster, and what comes of it. */
export interface Work {
  /** Where the files are: the working directory of all hosts. */
  readonly tree: string;
  readonly names: readonly string[];
  readonly filesPerJob: number;
  /** For what is made on the way. */
  readonly folder: string;
  /** Has `activation-lens`, and goes in front of the PATH. */
  readonly bin: string;
  readonly python: string;
}

/** What came out: JSON of `check`, and what was seen of the death. */
export interface Outcome {
  readonly merged: string;
  readonly seconds: number;
  readonly notes: readonly string[];
}
