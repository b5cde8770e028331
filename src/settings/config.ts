/** What one configuration means for the files below it. */
import { type AnalyzeOptions, type RuleSeverity, rules } from "../engine/index.ts";
import { defaults, merged, type Settings, type Written } from "./options.ts";
import { folderOf } from "./paths.ts";
import { Patterns } from "./patterns.ts";
import type { Problem } from "./read.ts";

/** A problem and the file that has it, which may be one that another one extends. */
export interface FileProblem extends Problem {
  readonly file: string;
}

/** What is given besides files, as by the command line: it wins over them, and counts from a folder of its own. */
export interface Overrides {
  readonly root: string;
  readonly written: Written;
}

interface Source {
  /** undefined: there is none. */
  readonly file?: string;
  /** From where patterns count; without it, from the file's folder. */
  readonly root?: string;
  readonly written?: Written;
  readonly problems?: readonly FileProblem[];
  readonly overrides?: Overrides;
}

export class Config {
  readonly file: string | undefined;
  readonly settings: Settings;
  readonly problems: readonly FileProblem[];
  private readonly include: Patterns | undefined;
  private readonly exclude: readonly Patterns[];
  private readonly ignores: readonly { readonly patterns: Patterns; readonly rules: readonly string[] }[];
  /** By the rules that are ignored: there are few such sets, and whoever caches by identity can. */
  private readonly options = new Map<string, AnalyzeOptions>();

  constructor({ file, root, written = {}, problems = [], overrides }: Source = {}) {
    // A broken one is not taken by halves.
    const own = merged(defaults, problems.length > 0 ? {} : written);
    const given = overrides?.written ?? {};
    this.file = file;
    this.problems = problems;
    this.settings = merged(own, given);
    const at = root ?? folderOf(file ?? "/");
    this.include = own.include === defaults.include ? undefined : new Patterns(at, own.include);
    const more = [...(given.exclude ?? []), ...(given["extend-exclude"] ?? [])];
    this.exclude = [
      new Patterns(at, [...(given.exclude ? [] : own.exclude), ...own["extend-exclude"]]),
      ...(overrides && more.length > 0 ? [new Patterns(overrides.root, more)] : []),
    ];
    this.ignores = Object.entries(own["per-file-ignores"]).map(([pattern, ignored]) => ({
      patterns: new Patterns(at, [pattern]),
      rules: ignored,
    }));
  }

  /** Of a file, whether it is one of those to read; not whether it is left out. */
  includes(path: string): boolean {
    return this.include?.match(path) ?? true;
  }

  excludes(path: string, isFolder = false): boolean {
    return this.exclude.some((patterns) => patterns.match(path, isFolder));
  }

  /**
   * What is left out below a folder that was asked for. Where it is left out itself, or lies elsewhere than the
   * patterns do, only those hold that hold at any depth.
   */
  exclusionsBelow(folder: string): Exclusions {
    return this.exclude.map((patterns) => {
      const isBelow = folder === patterns.root || folder.startsWith(rootOf(patterns));
      return isBelow && !patterns.match(folder, true) ? patterns : patterns.movedTo(folder);
    });
  }

  /** What rules are told about a file. */
  rulesFor(path: string): AnalyzeOptions {
    const ignored = this.ignores.flatMap(({ patterns, rules: names }) => (patterns.match(path) ? names : []));
    return this.optionsWithout([...new Set(ignored)].sort());
  }

  /** Of a file that is left out no rule says anything. */
  silence(): AnalyzeOptions {
    return this.optionsWithout(rules.map(({ name }) => name));
  }

  private optionsWithout(ignored: readonly string[]): AnalyzeOptions {
    const key = ignored.join();
    const known = this.options.get(key);
    if (known) return known;
    const off = Object.fromEntries(ignored.map((name): [string, RuleSeverity] => [name, "off"]));
    const { severity, threshold } = this.settings;
    const made: AnalyzeOptions = { severities: { ...severity, ...off }, thresholds: threshold };
    this.options.set(key, made);
    return made;
  }
}

export type Exclusions = readonly Patterns[];

const rootOf = ({ root }: Patterns): string => (root.endsWith("/") ? root : `${root}/`);

/** As it is said where there is room for a line: `pyproject.toml:12: ...`. */
export const problemWords = ({ file, line, message }: FileProblem, name = file): string =>
  `${name}${line === undefined ? "" : `:${line}`}: ${message}`;
