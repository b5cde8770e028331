import { type Dirent, readdirSync, realpathSync, type Stats, statSync } from "node:fs";
import path from "node:path";
import { type AnalyzeOptions, type Language, languageOf } from "../../engine/index.ts";
import { configNames, ENVIRONMENT, isLeftOut, type Place, searchFrom } from "../../settings/index.ts";
import { Configs, slashed } from "../configuration/configs.ts";

/** One thing that the search came across, in the order in which it is reported. */
export type Found =
  | FoundFile
  | { readonly kind: "skipped"; readonly name: string; readonly reason: string }
  /** Given by name and left out all the same, as `force-exclude` wants it. */
  | { readonly kind: "excluded"; readonly name: string; readonly isStdin?: true }
  /** A folder whose own configuration is broken: what is below it is not read. */
  | { readonly kind: "broken"; readonly name: string; readonly problems: readonly string[] }
  | { readonly kind: "missing"; readonly name: string };

export interface FoundFile {
  readonly kind: "file";
  readonly name: string;
  readonly size: number;
  readonly language: Language;
  /** Given by name, not come across in a folder: whatever becomes of it is to be said. */
  readonly given: boolean;
  /** What rules are told of it. The same object for all files that have the same. */
  readonly rules: AnalyzeOptions;
  /** What changes when the file is written; regular files have one. */
  readonly stamp?: Stamp;
  /** The standard input: it has no size, and nothing to be written to. */
  readonly isStdin?: true;
}

export type Stamp = Pick<Stats, "size" | "mtimeMs" | "ctimeMs" | "ino">;

export interface Search {
  /** What `-` is called. */
  readonly stdinName?: string | undefined;
  /** More paths, from a list: those in no language that is read are passed over. */
  readonly listed?: readonly string[];
  readonly configs?: Configs;
}

/** The path that stands for the standard input. */
export const STDIN = "-";

/** Endings of what is surely no Python; any other file given by name is taken at the user's word. */
const otherLanguages = /\.(?:[cm]?[jt]sx?|json(?:5|c|l|net)?|ya?ml|toml|cfg|prototxt|md|rst)$/i;

/**
 * The files to analyse: those given by name, and below the folders given every file in a language that is read,
 * sorted by name and each once, but for what the configuration or Git leaves out.
 * Links to folders are followed only when given by name, as ruff and git do: so loops can't occur.
 */
export function* findFiles(
  paths: readonly string[],
  { stdinName = STDIN, listed = [], configs = new Configs() }: Search = {},
): Generator<Found> {
  const finder = new Finder(configs);
  for (const given of paths) yield* given === STDIN ? finder.stdin(stdinName) : finder.search(given, false);
  for (const given of listed) yield* finder.search(given, true);
}

/** A folder on the way down: what is still to come of it. */
interface Level {
  readonly name: string;
  readonly whole: string;
  readonly real: string;
  readonly place: Place;
  readonly entries: Iterator<Dirent>;
}

class Finder {
  /** Real paths of the files that were found. */
  private readonly seen = new Set<string>();

  constructor(private readonly configs: Configs) {}

  *stdin(name: string): Generator<Found> {
    if (this.isSeen(STDIN)) return;
    const language = languageOf(name) ?? (otherLanguages.test(name) ? undefined : "python");
    const whole = slashed(path.resolve(name));
    const { config } = this.configs.placeOf(slashed(path.dirname(whole)));
    const rules = config.rulesFor(whole);
    if (config.settings["force-exclude"] && config.excludes(whole))
      yield { kind: "excluded", name, isStdin: true };
    else if (language === undefined) yield { kind: "skipped", name, reason: "not a language that is read" };
    else yield { kind: "file", name, size: 0, language, given: true, rules, isStdin: true };
  }

  *search(given: string, isListed: boolean): Generator<Found> {
    const stats = statOf(given);
    const name = slashed(given);
    if (given === "") return;
    if (typeof stats === "string") {
      if (this.isSeen(path.resolve(given))) return;
      yield stats === "ENOENT" || stats === "ENOTDIR"
        ? { kind: "missing", name }
        : { kind: "skipped", name, reason: `cannot be read (${stats})` };
    } else if (stats.isDirectory()) yield* this.walk(given);
    else yield* this.file(given, stats, isListed);
  }

  private *file(given: string, stats: Stats, isListed: boolean): Generator<Found> {
    const name = slashed(given);
    const whole = slashed(path.resolve(given));
    const isAtWord = !isListed && !otherLanguages.test(given);
    const language = languageOf(given) ?? (isAtWord ? "python" : undefined);
    if ((language === undefined && isListed) || this.isSeen(realPath(given))) return;
    const { config } = this.configs.placeOf(slashed(path.dirname(whole)));
    if (config.settings["force-exclude"] && config.excludes(whole)) yield { kind: "excluded", name };
    else if (language === undefined) yield { kind: "skipped", name, reason: "not a language that is read" };
    else yield { kind: "file", name, language, given: true, rules: config.rulesFor(whole), ...sizeOf(stats) };
  }

  /** A stack, not a recursion: a generator in a generator passes every file through all that are around it. */
  private *walk(given: string): Generator<Found> {
    const start = path.normalize(given).replace(/(?<=.)[\\/]$/, "");
    const name = start === "." ? "" : slashed(start);
    const whole = slashed(path.resolve(given));
    const above = searchFrom(this.configs.above(whole), whole);
    const first = this.open(name, whole, realPath(given), above, true);
    const stack: Level[] = [];
    if (first && "kind" in first) yield first;
    else if (first) stack.push(first);
    for (let level = stack.at(-1); level; level = stack.at(-1)) {
      const { value: entry, done } = level.entries.next();
      if (done) {
        stack.pop();
        continue;
      }
      const isFolder = entry.isDirectory();
      const language = isFolder ? undefined : languageOf(entry.name);
      // Most files are in no language: nothing else is asked of them.
      if (!isFolder && (language === undefined || !(entry.isFile() || entry.isSymbolicLink()))) continue;
      if (entry.name === configNames[0]) continue;
      const inner = within(level.whole, entry.name);
      if (isLeftOut(level.place, inner, isFolder)) continue;
      const innerName = level.name === "" ? entry.name : within(level.name, entry.name);
      const real = within(level.real, entry.name);
      if (isFolder) {
        const next = this.open(innerName, inner, real, level.place, false);
        if (next && "kind" in next) yield next;
        else if (next) stack.push(next);
      } else if (language !== undefined) {
        const stats = statOf(innerName);
        if (typeof stats !== "string" && !stats.isFile()) continue;
        if (this.isSeen(entry.isSymbolicLink() ? realPath(innerName) : real)) continue;
        if (typeof stats === "string")
          yield { kind: "skipped", name: innerName, reason: unreadable(stats, entry.name) };
        else {
          const rules = level.place.config.rulesFor(inner);
          yield { kind: "file", name: innerName, language, given: false, rules, ...sizeOf(stats) };
        }
      }
    }
  }

  /** A folder's entries, or what there is to say instead; null: nothing. */
  private open(
    name: string,
    whole: string,
    real: string,
    above: Place,
    isGiven: boolean,
  ): Level | Found | null {
    const entries = entriesOf(name === "" ? "." : name);
    if (typeof entries === "string")
      return { kind: "skipped", name: name || ".", reason: `folder ${unreadable(entries, name)}` };
    const names = new Set(entries.map((entry) => entry.name));
    if (!isGiven && names.has(ENVIRONMENT)) return null;
    const place = this.configs.enter(above, whole, names);
    const { config } = place;
    if (config.problems.length > 0 && config !== above.config)
      return { kind: "broken", name: name || ".", problems: this.configs.problemsOf(config) };
    return { name, whole, real, place, entries: entries.values() };
  }

  private isSeen(key: string): boolean {
    if (this.seen.has(key)) return true;
    this.seen.add(key);
    return false;
  }
}

/** `path.join` would look at every part again. */
const within = (folder: string, name: string): string =>
  folder.endsWith("/") ? folder + name : `${folder}/${name}`;

function sizeOf(stats: Stats): Pick<FoundFile, "size" | "stamp"> {
  const { size, mtimeMs, ctimeMs, ino } = stats;
  return stats.isFile() ? { size, stamp: { size, mtimeMs, ctimeMs, ino } } : { size };
}

function entriesOf(folder: string): Dirent[] | string {
  try {
    // By code unit, not by locale: the order must not depend on the machine.
    return readdirSync(folder, { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1));
  } catch (error) {
    return codeOf(error);
  }
}

function statOf(file: string): Stats | string {
  try {
    return statSync(file);
  } catch (error) {
    return codeOf(error);
  }
}

/** Bytes that are no UTF-8 reach us as a sign that stands for them all, and by that the file isn't found. */
const unreadable = (code: string, name: string): string =>
  code === "ENOENT" && name.includes("\uFFFD") ? "has a name that is no UTF-8" : `cannot be read (${code})`;

function realPath(file: string): string {
  try {
    return slashed(realpathSync.native(file));
  } catch {
    return slashed(path.resolve(file));
  }
}

/** The short name of a system error, such as `EACCES`. */
export function codeOf(error: unknown): string {
  if (error instanceof Error) return "code" in error ? String(error.code) : error.message;
  return String(error);
}
