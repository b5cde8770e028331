/** What is to be known before the first file is read: all paths, and that no configuration in their way is broken. */
import { readFileSync, statSync } from "node:fs";
import path from "node:path";
import type { Console } from "../console.ts";
import { codeOf, type Search, STDIN } from "../files/find.ts";
import type { Options } from "../options.ts";
import { Configs, slashed } from "./configs.ts";

export interface Prepared {
  readonly options: Options;
  /** What `findFiles` is told. */
  readonly search: Search;
}

/** @throws Error with what is wrong, a problem a line */
export async function prepare(options: Options, console: Console): Promise<Prepared> {
  const configs = new Configs(options.given);
  const listed = await listedPaths(options, console);
  const { paths, stdinFilename: stdinName } = options;
  const named = paths.map((each) => (each === STDIN ? (stdinName ?? STDIN) : each));
  const folders = new Set([...named, ...listed].map(folderFor));
  const all = [configs.run, ...[...folders].map((folder) => configs.placeOf(folder).config)];
  const problems = [...new Set(all.flatMap((config) => configs.problemsOf(config)))];
  if (problems.length > 0) throw new Error(problems.join("\n"));
  return {
    options: { ...options, failOn: configs.run.settings["fail-on"] },
    search: { stdinName, listed, configs },
  };
}

/** The folder whose configuration holds for a path: of a file, the one that it is in. */
function folderFor(given: string): string {
  const whole = slashed(path.resolve(given));
  return isFolder(whole) ? whole : slashed(path.dirname(whole));
}

function isFolder(file: string): boolean {
  try {
    return statSync(file).isDirectory();
  } catch {
    return false;
  }
}

async function listedPaths({ given, paths }: Options, console: Console): Promise<readonly string[]> {
  const { filesFrom, isNullSeparated } = given;
  if (filesFrom === undefined) return [];
  if (filesFrom === STDIN && paths.includes(STDIN))
    throw new Error("the standard input can be a list of paths or a file, not both");
  let text: string;
  try {
    const bytes = filesFrom === STDIN ? ((await console.input?.()) ?? "") : readFileSync(filesFrom);
    text = bytes.toString();
  } catch (error) {
    throw new Error(`--files-from: ${filesFrom} cannot be read (${codeOf(error)})`);
  }
  const listed = isNullSeparated ? text.split("\0") : text.split(/\r?\n/);
  return listed.filter((each) => each !== "");
}
