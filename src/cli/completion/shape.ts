import type { Values } from "../table.ts";

export interface OptionShape {
  readonly name: string;
  readonly short: string | undefined;
  readonly takesValue: boolean;
  readonly values: Values | undefined;
  readonly isMultiple: boolean;
  readonly help: string;
}

export interface CommandShape {
  readonly name: string;
  readonly help: string;
  /** What stands behind the command. */
  readonly values: Values | undefined;
  readonly options: readonly OptionShape[];
}

/** What shells show beside a word: the beginning of the help, on one line. */
export const brief = (help: string): string => (/^[^:;(]{12,}/.exec(help)?.[0] ?? help).trim();
