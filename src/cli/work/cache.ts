/**
 * Outcomes on the disk, a file for each folder of the tree. An outcome belongs to the hash of the file's content; in front
 * stand the file's times, size and number, so that what has not been touched need not be read. Every file is written aside
 * and renamed, and begins with the hash of its rest: several processes may write at once, and what is broken, foreign or
 * of another version is as good as not there.
 */
import { createHash, randomBytes } from "node:crypto";
import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { deserialize, serialize } from "node:v8";
import type { AnalyzeOptions } from "../../engine/index.ts";
import { codeOf, type FoundFile, type Stamp } from "../files/find.ts";
import { mark, prune } from "./cacheFolder.ts";
import { type Done, hashOf } from "./outcome.ts";

interface Entry extends Done {
  readonly hash: string;
  /** Undefined where the file was written so lately that it may have changed with the same times. */
  readonly stamp?: Stamp;
  /** Whatever else the outcome depends on. */
  readonly asked: string;
}

type Entries = Map<string, Entry>;

interface Folder {
  readonly file: string;
  readonly entries: Entries;
  isChanged: boolean;
}

/**
 * How long ago a file must have changed for its times to be proof: on FAT they come in steps of 2 s, and Git takes the
 * same care ("racy-git").
 */
const RACY_MS = 2000;
/** Folders that are open at once; a search leaves a folder when it has been through it. */
const OPEN_FOLDERS = 64;
const DIGEST = 20;

export class Cache {
  private readonly folders = new Map<string, Folder>();
  private readonly root: string;
  private warning: string | undefined;
  private isMarked = false;

  /**
   * @param key all that every outcome depends on: the build of the program, the command, the options
   * @param now the time that the files are looked at from
   */
  constructor(
    private readonly place: string,
    key: string,
    private readonly now = Date.now(),
  ) {
    this.root = path.join(
      place,
      createHash("sha1").update(`${process.versions.v8}\n${key}`).digest("hex").slice(0, 16),
    );
  }

  /** The outcome of a file that has not been touched. */
  fresh(file: FoundFile): Done | undefined {
    const entry = this.entry(file);
    if (!entry?.stamp || !file.stamp || !isSame(entry.stamp, file.stamp)) return undefined;
    return renamed(entry, file.name);
  }

  /** The hash of the content whose outcome is known. */
  hash(file: FoundFile): string | undefined {
    return this.entry(file)?.hash;
  }

  /** The file was touched, but its content is that of the known outcome. */
  confirm(file: FoundFile): Done | undefined {
    const entry = this.entry(file);
    if (entry) this.add(file, entry);
    return entry && renamed(entry, file.name);
  }

  add(file: FoundFile, { hash, outcome }: Done): void {
    if (hash === undefined) return;
    const { stamp } = file;
    const isProof = stamp && Math.max(stamp.mtimeMs, stamp.ctimeMs) < this.now - RACY_MS;
    const folder = this.folderOf(file);
    const asked = askedOf(file);
    folder.entries.set(path.basename(file.name), { hash, outcome, asked, ...(isProof && { stamp }) });
    folder.isChanged = true;
  }

  /** Writes what is still open. @returns why some of it could not be kept */
  end(): string | undefined {
    for (const folder of this.folders.values()) this.write(folder);
    this.folders.clear();
    if (this.isMarked) prune(this.place, this.root, this.now);
    return this.warning || undefined;
  }

  private entry(file: FoundFile): Entry | undefined {
    const entry = this.folderOf(file).entries.get(path.basename(file.name));
    return entry?.asked === askedOf(file) ? entry : undefined;
  }

  private folderOf({ name }: FoundFile): Folder {
    const folder = path.dirname(path.resolve(name));
    const known = this.folders.get(folder);
    if (known) return known;
    const file = path.join(this.root, createHash("sha1").update(folder).digest("hex"));
    const made: Folder = { file, entries: readEntries(file), isChanged: false };
    this.folders.set(folder, made);
    if (this.folders.size > OPEN_FOLDERS) {
      const [[oldest, first] = []] = this.folders;
      if (oldest !== undefined && first) {
        this.folders.delete(oldest);
        this.write(first);
      }
    }
    return made;
  }

  private write({ file, entries, isChanged }: Folder): void {
    if (!isChanged || this.warning !== undefined) return;
    const rest = serialize(entries);
    const aside = `${file}.${randomBytes(6).toString("hex")}`;
    try {
      if (!this.isMarked) {
        mkdirSync(this.root, { recursive: true });
        mark(this.place);
        this.isMarked = true;
      }
      writeFileSync(aside, Buffer.concat([createHash("sha1").update(rest).digest(), rest]), { flag: "wx" });
      renameSync(aside, file);
    } catch (error) {
      rmSync(aside, { force: true });
      // Where nothing may be written no cache is to be expected.
      if (["EACCES", "EPERM", "EROFS"].includes(codeOf(error))) this.warning = "";
      else
        this.warning = `the cache in ${this.place} cannot be written (${codeOf(error)}): the next run will not be faster`;
    }
  }
}

/** Of the program that made an outcome: any other may see more, or less. */
export const buildOf = (program: string): string => hashOf(readFileSync(program));

function readEntries(file: string): Entries {
  try {
    const bytes = readFileSync(file);
    const rest = bytes.subarray(DIGEST);
    if (!createHash("sha1").update(rest).digest().equals(bytes.subarray(0, DIGEST))) return new Map();
    const entries: unknown = deserialize(rest);
    return entries instanceof Map ? entries : new Map();
  } catch {
    return new Map();
  }
}

const isSame = (one: Stamp, other: Stamp): boolean =>
  one.size === other.size &&
  one.mtimeMs === other.mtimeMs &&
  one.ctimeMs === other.ctimeMs &&
  one.ino === other.ino;

const askedOf = ({ language, given, rules }: FoundFile): string => `${language} ${given} ${told(rules)}`;

const tellings = new WeakMap<AnalyzeOptions, string>();

/** Most files of a tree have the same object. */
function told(rules: AnalyzeOptions): string {
  const known = tellings.get(rules) ?? hashOf(Buffer.from(JSON.stringify(rules)));
  tellings.set(rules, known);
  return known;
}

/** A file may be given by another name than the last time, from another folder. */
function renamed(entry: Entry, name: string): Done {
  const { outcome } = entry;
  if (outcome === undefined || typeof outcome === "string" || outcome.file === name) return entry;
  return {
    outcome: { ...outcome, file: name, sites: outcome.sites.map((site) => ({ ...site, file: name })) },
  };
}
