import { type Dirent, existsSync, readdirSync, realpathSync, type Stats, statSync } from "node:fs";
import path from "node:path";
import { type Language, languageOf } from "../../engine/index.ts";

/** One thing that the search came across, in the order in which it is reported. */
export type Found =
  | FoundFile
  | { readonly kind: "skipped"; readonly name: string; readonly reason: string }
  | { readonly kind: "missing"; readonly name: string };

export interface FoundFile {
  readonly kind: "file";
  readonly name: string;
  readonly size: number;
  readonly language: Language;
  /** Given by name, not come across in a folder: whatever becomes of it is to be said. */
  readonly given: boolean;
  /** What changes when the file is written; regular files have one. */
  readonly stamp?: Stamp;
  /** The standard input: it has no size, and nothing to be written to. */
  readonly isStdin?: true;
}

export type Stamp = Pick<Stats, "size" | "mtimeMs" | "ctimeMs" | "ino">;

/** The path that stands for the standard input. */
export const STDIN = "-";

const leftOut = new Set(["node_modules", "__pycache__", "__pypackages__", "site-packages", "venv"]);

/** Endings of what is surely no Python; any other file given by name is taken at the user's word. */
const otherLanguages = /\.(?:[cm]?[jt]sx?|json(?:5|c|l|net)?|ya?ml|toml|cfg|prototxt|md|rst)$/i;

/**
 * The files to analyse: those given by name, and below the folders given every file in a language that is read,
 * sorted by name and each once.
 * Links to folders are followed only when given by name, as ruff and git do: so loops can't occur.
 */
export function* findFiles(paths: readonly string[], stdinName = STDIN): Generator<Found> {
  const seen = new Set<string>();
  for (const given of paths) {
    for (const found of given === STDIN ? [stdin(stdinName)] : search(given)) {
      const key = given === STDIN ? STDIN : realPath(found.name);
      if (seen.has(key)) continue;
      seen.add(key);
      yield { ...found, name: posix(found.name) };
    }
  }
}

function stdin(name: string): Found {
  const language = languageOf(name) ?? (otherLanguages.test(name) ? undefined : "python");
  return language === undefined
    ? { kind: "skipped", name, reason: "not a language that is read" }
    : { kind: "file", name, size: 0, language, given: true, isStdin: true };
}

function* search(given: string): Generator<Found> {
  if (given === "") return;
  const stats = statOf(given);
  if (typeof stats === "string") {
    yield stats === "ENOENT" || stats === "ENOTDIR"
      ? { kind: "missing", name: given }
      : { kind: "skipped", name: given, reason: `cannot be read (${stats})` };
  } else if (stats.isDirectory()) {
    yield* walk(given);
  } else {
    const language = languageOf(given) ?? (otherLanguages.test(given) ? undefined : "python");
    yield language === undefined
      ? { kind: "skipped", name: given, reason: "not a language that is read" }
      : { kind: "file", name: given, language, given: true, ...sizeAndStamp(stats) };
  }
}

function* walk(folder: string): Generator<Found> {
  const entries = entriesOf(folder);
  if (typeof entries === "string") {
    yield { kind: "skipped", name: folder, reason: `folder cannot be read (${entries})` };
    return;
  }
  for (const entry of entries) {
    const name = path.join(folder, entry.name);
    const language = languageOf(name);
    if (entry.isDirectory()) {
      if (!isLeftOut(entry.name, name)) yield* walk(name);
    } else if (language !== undefined && (entry.isFile() || entry.isSymbolicLink())) {
      const stats = statOf(name);
      if (typeof stats === "string") {
        yield { kind: "skipped", name, reason: `cannot be read (${stats})` };
      } else if (stats.isFile()) {
        yield { kind: "file", name, language, given: false, ...sizeAndStamp(stats) };
      }
    }
  }
}

function sizeAndStamp(stats: Stats): Pick<FoundFile, "size" | "stamp"> {
  const { size, mtimeMs, ctimeMs, ino } = stats;
  return stats.isFile() ? { size, stamp: { size, mtimeMs, ctimeMs, ino } } : { size };
}

function isLeftOut(base: string, folder: string): boolean {
  return base.startsWith(".") || leftOut.has(base) || existsSync(path.join(folder, "pyvenv.cfg"));
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

function realPath(file: string): string {
  try {
    return realpathSync.native(file);
  } catch {
    return path.resolve(file);
  }
}

/** The short name of a system error, such as `EACCES`. */
export function codeOf(error: unknown): string {
  if (error instanceof Error) return "code" in error ? String(error.code) : error.message;
  return String(error);
}

function posix(file: string): string {
  return path.sep === "\\" ? file.replaceAll("\\", "/") : file;
}
