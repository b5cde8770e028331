/** Differences between the detector and the oracle that are meant to be, with the reason. */
export interface Explained {
  /** Part of the file's path, with `/`. */
  readonly path: string;
  /** `missed LINE:COLUMN SYMBOL`: only the oracle has it; `alone LINE:COLUMN ACTIVATION`: only the detector. */
  readonly difference: RegExp;
  readonly reason: string;
}

export const explained: readonly Explained[] = [];
