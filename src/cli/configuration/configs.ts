/** Which configuration holds where: the command line's way to the settings. Reads at once, and each file once. */
import { existsSync, readFileSync, statSync } from "node:fs";
import path from "node:path";
import {
  Config,
  type Content,
  enter,
  type FileProblem,
  folderOf,
  isRoot,
  load,
  nowhere,
  type Place,
  type PlaceOptions,
  problemWords,
  runSteps,
} from "../../settings/index.ts";
import type { Given } from "./given.ts";

export class Configs {
  /** Of the working directory: what holds for the run as a whole. */
  readonly run: Config;
  private readonly options: PlaceOptions;
  private readonly places = new Map<string, Place>();

  constructor(
    given: Pick<Given, "config" | "isolated" | "written"> = { isolated: false, written: {} },
    private readonly cwd: string = slashed(process.cwd()),
  ) {
    const overrides = { root: cwd, written: given.written };
    const only = given.isolated
      ? new Config({ root: cwd, overrides })
      : given.config === undefined
        ? undefined
        : named(given.config, cwd, overrides);
    const options = { ...(only && { only }), overrides, root: cwd, gitignore: false };
    this.options = options;
    this.run = only ?? this.placeOf(cwd).config;
    if (this.run.settings["respect-gitignore"]) {
      this.options = { ...options, gitignore: true };
      this.places.clear();
    }
  }

  /** What holds in a folder, by all that lies above it. */
  placeOf(folder: string): Place {
    const known = this.places.get(folder);
    if (known) return known;
    const place = this.enter(this.above(folder), folder, undefined);
    this.places.set(folder, place);
    return place;
  }

  above(folder: string): Place {
    return isRoot(folder) ? nowhere(this.options) : this.placeOf(folderOf(folder));
  }

  enter(above: Place, folder: string, entries: ReadonlySet<string> | undefined): Place {
    return runSteps(enter(above, folder, entries, this.options), contentOf);
  }

  /** What is wrong with a configuration, a line each; the file as the user would name it. */
  problemsOf(config: Config): readonly string[] {
    return config.problems.map((problem) => problemWords(problem, this.named(problem)));
  }

  private named({ file }: FileProblem): string {
    const relative = path.relative(this.cwd, file);
    return slashed(relative.startsWith("..") || path.isAbsolute(relative) ? file : relative);
  }
}

/** Patterns of a configuration that is given by name count from the working directory, as with ruff. */
function named(given: string, cwd: string, overrides: PlaceOptions["overrides"]): Config {
  const file = slashed(path.resolve(cwd, given));
  const loaded = runSteps(load(file), contentOf) ?? {
    written: {},
    problems: [{ file, message: existsSync(file) ? "it has no table tool.activation-lens" : "no such file" }],
  };
  return new Config({ file, root: cwd, ...loaded, ...(overrides && { overrides }) });
}

export const slashed = (file: string): string => (path.sep === "\\" ? file.replaceAll("\\", "/") : file);

/** A pipe or a folder of such a name is no file; what lies in a folder that nobody may enter is not there. */
export function contentOf(file: string): Content {
  try {
    const stats = statSync(file, { throwIfNoEntry: false });
    return stats?.isFile() ? readFileSync(file, "utf8") : undefined;
  } catch (error) {
    if (!existsSync(file)) return undefined;
    return { reason: error instanceof Error && "code" in error ? String(error.code) : String(error) };
  }
}
