/**
 * Configuration files and what they extend. Steps that ask for texts: the command line reads at once, the editor has
 * to wait, and both are told the same.
 */
import type { FileProblem } from "./config.ts";
import { merged, type Written } from "./options.ts";
import { folderOf, resolved } from "./paths.ts";
import { type Problem, readConfig } from "./read.ts";

/** A file's text; undefined: there is none; else why it can't be read. */
export type Content = string | undefined | { readonly reason: string };

/** Yields the paths of files whose content it needs. */
export type Steps<T> = Generator<string, T, Content>;

export interface Loaded {
  readonly written: Written;
  readonly problems: readonly FileProblem[];
}

/** Longer than any that was written by hand: it must be a loop that changes its names. */
const LONGEST_CHAIN = 16;

/** undefined: there is no such file, or it is a pyproject.toml that says nothing of this. */
export function* load(file: string, extending: readonly string[] = []): Steps<Loaded | undefined> {
  const content = yield file;
  if (content === undefined) return undefined;
  if (typeof content !== "string") return broken(file, { message: `it cannot be read (${content.reason})` });
  const read = readConfig(file, content);
  if (!read) return undefined;
  const problems = read.problems.map((problem) => ({ file, ...problem }));
  const { extend, ...own } = read.written;
  if (extend === undefined) return { written: own, problems };
  const base = yield* loadBase(file, resolved(folderOf(file), extend), extending);
  return { written: merged(base.written, own), problems: [...problems, ...base.problems] };
}

function* loadBase(file: string, other: string, extending: readonly string[]): Steps<Loaded> {
  const chain = [...extending, file];
  if (chain.includes(other)) return broken(file, { message: `extend: ${other} extends this file in turn` });
  if (chain.length > LONGEST_CHAIN) return broken(file, { message: "extend: the files extend each other" });
  const base = yield* load(other, chain);
  return base ?? broken(file, { message: `extend: there is no configuration in ${other}` });
}

const broken = (file: string, problem: Problem): Loaded => ({
  written: {},
  problems: [{ file, ...problem }],
});

/** For whoever can read at once. */
export function runSteps<T>(steps: Steps<T>, read: (path: string) => Content): T {
  let step = steps.next();
  while (!step.done) step = steps.next(read(step.value));
  return step.value;
}

/** For whoever has to wait. */
export async function awaitSteps<T>(steps: Steps<T>, read: (path: string) => Promise<Content>): Promise<T> {
  let step = steps.next();
  while (!step.done) step = steps.next(await read(step.value));
  return step.value;
}
