/**
 * One folder of the workspace as a scan reads it: which files, by the configuration of the command line, and what is in
 * them. Pure: it runs in a worker thread, with files of its own, and in the editor's process, with the editor's.
 */
import {
  type Analysis,
  analyze,
  type Language,
  LONGEST_TEXT,
  languageOf,
  mayBeWorthReading,
} from "../../engine/index.ts";
import {
  type Config,
  type Content,
  configNames,
  ENVIRONMENT,
  folderOf,
  isLeftOut,
  joined,
  type Place,
  searchFrom,
} from "../../settings/index.ts";
import { hiddenBy } from "../hiddenFiles.ts";
import { PathPlaces } from "../pathPlaces.ts";
import { optionsOf, usable } from "../ruleOptions.ts";
import type { Settings } from "../settingIds.ts";
import { recordOf, type ScannedFile } from "./record.ts";

/** What is said of a folder before it is read. Plain data. */
export interface FolderTask {
  /** Its path, and those of other folders of the workspace, which are read by themselves. */
  readonly root: string;
  readonly others: readonly string[];
  /** The setting `files.exclude`. */
  readonly hidden: unknown;
  readonly settings: Pick<Settings, "rules" | "thresholds" | "maximumFileSize" | "diagnostics.enabled">;
}

export type Kind = "file" | "folder" | "other";

/** Paths are those of URIs. */
export interface Files {
  /** Names and kinds; links to folders are "other". Throws where the folder can't be read. */
  entries(folder: string): Promise<readonly (readonly [string, Kind])[]>;
  kind(path: string): Promise<Kind | undefined>;
  text(path: string): Promise<Content>;
  /** undefined: larger than that. */
  bytes(path: string, most: number): Promise<Uint8Array | undefined>;
}

/** What came of a file; `undefined`: there is nothing in it to show; `null`: it was too large or unreadable. */
export type Outcome = ScannedFile | undefined | null;

export interface Loaded {
  readonly path: string;
  readonly language: Language;
  readonly bytes: Uint8Array;
  readonly config: Config;
}

/** In bytes. A configuration of a model is small; a notebook holds its pictures too. */
const mostBytes = (language: Language): number => (isCode(language) ? 10_000_000 : 1_000_000);

const isCode = (language: Language): boolean =>
  language === "python" || language === "notebook" || language === "javascript";

const latin1 = new TextDecoder("latin1");

/** Folders that are read at once: on a remote machine, waiting is most of the time. */
const atOnce = 16;

export class FolderReader {
  private readonly places: Promise<PathPlaces>;
  private readonly isHidden: (path: string, isFolder: boolean) => boolean;
  /** null: the folder is left out. */
  private readonly known = new Map<string, Promise<Place | null>>();

  constructor(
    private readonly task: FolderTask,
    private readonly files: Files,
  ) {
    this.places = placesFor(task.root, files);
    this.isHidden = hiddenBy(task.root, task.hidden);
  }

  /** All files worth reading, some folders at a time; also says where there are none, as a sign of life. */
  async *find(start = this.task.root): AsyncGenerator<readonly string[]> {
    const waiting = [start];
    while (waiting.length > 0) {
      const opened = await Promise.all(waiting.splice(-atOnce).map((folder) => this.open(folder)));
      const found: string[] = [];
      for (const { folder, place, entries } of opened.flatMap((one) => one ?? []))
        for (const [name, kind] of entries) {
          const path = joined(folder, name);
          if (kind === "folder") {
            if (!this.isHidden(path, true) && !isLeftOut(place, path, true)) waiting.push(path);
          } else if (kind === "file" && this.isWorth(place, path)) found.push(path);
        }
      yield found;
    }
  }

  /** What is at a path now: files that are worth reading; null: it is gone, or left out. */
  async look(path: string): Promise<readonly string[] | null> {
    const kind = await this.files.kind(path);
    if (kind === undefined) return null;
    if (kind === "folder") {
      const found: string[] = [];
      for await (const files of this.find(path)) found.push(...files);
      return found;
    }
    const place = await this.placeOf(folderOf(path));
    return place && kind === "file" && this.isWorth(place, path) ? [path] : null;
  }

  async load(path: string): Promise<Loaded | undefined | null> {
    const language = languageOf(path);
    const place = language && (await this.placeOf(folderOf(path)));
    if (!place) return undefined;
    try {
      const bytes = await this.files.bytes(path, mostBytes(language));
      return bytes ? { path, language, bytes, config: place.config } : refused(language);
    } catch {
      return refused(language);
    }
  }

  analyse({ path, language, bytes, config }: Loaded): Outcome {
    // Most files have nothing to do with networks: their bytes tell.
    const isShort = bytes.length <= LONGEST_TEXT;
    if (isShort && !mayBeWorthReading(language, bytes, () => latin1.decode(bytes))) return undefined;
    const text = new TextDecoder().decode(bytes);
    const { settings } = this.task;
    if (language !== "notebook" && text.length > settings.maximumFileSize * 1000) return refused(language);
    const analysis: Analysis = analyze({ path, text, language }, optionsOf(settings, usable(config), path));
    if (analysis.skipped !== undefined) return refused(language);
    return recordOf(path, text, settings["diagnostics.enabled"] ? analysis : { ...analysis, findings: [] });
  }

  private isWorth(place: Place, path: string): boolean {
    const isRead = languageOf(path) !== undefined && !path.endsWith(`/${configNames[0]}`);
    return isRead && !this.isHidden(path, false) && !isLeftOut(place, path, false);
  }

  private async open(folder: string) {
    try {
      const entries = await this.files.entries(folder);
      const names = new Set(entries.map(([name]) => name));
      const place = await this.placeOf(folder, names);
      return place && { folder, place, entries };
    } catch {
      return undefined;
    }
  }

  /** @param names those in the folder, where they are known already */
  private placeOf(folder: string, names?: ReadonlySet<string>): Promise<Place | null> {
    const known = this.known.get(folder);
    if (known) return known;
    const made = this.enter(folder, names).catch(() => null);
    this.known.set(folder, made);
    return made;
  }

  private async enter(folder: string, names?: ReadonlySet<string>): Promise<Place | null> {
    const { root, others } = this.task;
    const places = await this.places;
    if (folder === root) return places.enter(searchFrom(await places.above(root), root), root, names);
    if (!folder.startsWith(joined(root, "")) || others.includes(folder)) return null;
    const above = await this.placeOf(folderOf(folder));
    if (!above || this.isHidden(folder, true) || isLeftOut(above, folder, true)) return null;
    const inside = names ?? new Set((await this.files.entries(folder)).map(([name]) => name));
    // A virtual environment is told by a file of its own, whatever it is called.
    return inside.has(ENVIRONMENT) ? null : places.enter(above, folder, inside);
  }
}

/** As on the command line, the configuration of the start says whether Git's ignore files count. */
async function placesFor(root: string, { text }: Files): Promise<PathPlaces> {
  const plain = new PathPlaces(text, { gitignore: false });
  const { config } = await plain.of(root);
  return config.settings["respect-gitignore"] ? new PathPlaces(text, { gitignore: true }) : plain;
}

/** Bundles and data lie in most folders: that they are not read is no news. */
const refused = (language: Language): null | undefined =>
  language === "python" || language === "notebook" ? null : undefined;
