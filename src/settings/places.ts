/**
 * What holds in a folder: the nearest configuration, and what Git ignores there. Made on the way down, each folder
 * from the one above, so that no file asks twice.
 */
import { Config, type Exclusions, type Overrides } from "./config.ts";
import { type Content, load, type Steps } from "./load.ts";
import { joined, resolved } from "./paths.ts";
import { Patterns } from "./patterns.ts";
import { configNames } from "./read.ts";

export interface Place {
  readonly config: Config;
  /** What is left out of the search that goes through here; undefined outside of one: what the configuration says. */
  readonly exclusions?: Exclusions;
  /** What the repository ignores; undefined: there is none around, or nobody wants to know. */
  readonly ignored?: Patterns;
}

export interface PlaceOptions {
  /** The one configuration for all: given by name, or none at all. Without it the nearest one holds. */
  readonly only?: Config;
  readonly overrides?: Overrides;
  /** Where no configuration is, patterns count from here. */
  readonly root: string;
  readonly gitignore: boolean;
}

const GITIGNORE = ".gitignore";
const GIT = ".git";
/** Of a folder with this file, a virtual environment, everything below is other people's. */
export const ENVIRONMENT = "pyvenv.cfg";

/** Above the root. */
export const nowhere = ({ only, overrides, root }: PlaceOptions): Place => ({
  config: only ?? new Config({ root, ...(overrides && { overrides }) }),
});

/**
 * @param above what holds in the folder above
 * @param entries the names in the folder, when they are known: only those are asked for
 */
export function* enter(
  above: Place,
  folder: string,
  entries: ReadonlySet<string> | undefined,
  options: PlaceOptions,
): Steps<Place> {
  const has = (name: string) => entries?.has(name) ?? true;
  let place = above;
  if (!options.only) {
    for (const name of configNames.filter(has)) {
      const file = joined(folder, name);
      const loaded = yield* load(file);
      if (!loaded) continue;
      const { overrides } = options;
      const config = new Config({ file, ...loaded, ...(overrides && { overrides }) });
      const isSearched = place.exclusions !== undefined;
      place = { ...place, config, ...(isSearched && { exclusions: config.exclusionsBelow(folder) }) };
      break;
    }
  }
  if (!options.gitignore) return place;
  if (has(GIT)) {
    const lines = yield* repositoryLines(folder);
    // A repository knows nothing of the one around it.
    if (lines) place = { ...place, ignored: new Patterns(folder, lines) };
  }
  if (place.ignored && has(GITIGNORE)) {
    const text = yield joined(folder, GITIGNORE);
    if (typeof text === "string") place = { ...place, ignored: place.ignored.with(folder, linesOf(text)) };
  }
  return place;
}

/** What the repository ignores besides its .gitignore files; undefined: it is none. */
function* repositoryLines(folder: string): Steps<readonly string[] | undefined> {
  const git = joined(folder, GIT);
  const head = yield joined(git, "HEAD");
  const common = typeof head === "string" ? git : yield* gitFolder(folder, yield git);
  if (common === undefined) return undefined;
  const text = yield joined(common, "info/exclude");
  return typeof text === "string" ? linesOf(text) : [];
}

/** Of a submodule or another work tree, .git is a file that says where it all lies. */
function* gitFolder(folder: string, file: Content): Steps<string | undefined> {
  const link = typeof file === "string" ? /^gitdir: (.+?)\s*$/m.exec(file)?.[1] : undefined;
  if (link === undefined) return undefined;
  const own = resolved(folder, link);
  const common = yield joined(own, "commondir");
  return typeof common === "string" ? resolved(own, common.trim()) : own;
}

const linesOf = (text: string): readonly string[] => text.replace(/^\uFEFF/, "").split(/\r?\n/);

/** The same for a folder where a search begins: it was asked for, so that nothing leaves it out as a whole. */
export function searchFrom(place: Place, folder: string): Place {
  const exclusions = place.config.exclusionsBelow(folder);
  const { ignored } = place;
  return ignored?.match(folder, true)
    ? { config: place.config, exclusions, ignored: new Patterns(folder, []) }
    : { ...place, exclusions };
}

/** Whether a search passes by what it comes across. */
export function isLeftOut({ config, exclusions, ignored }: Place, path: string, isFolder: boolean): boolean {
  const isExcluded = exclusions
    ? exclusions.some((patterns) => patterns.match(path, isFolder))
    : config.excludes(path, isFolder);
  return isExcluded || (ignored?.match(path, isFolder) ?? false) || (!isFolder && !config.includes(path));
}
