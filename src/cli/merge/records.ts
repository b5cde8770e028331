/** What one part says, file by file. The records themselves stay where they are: of each there is a digest and a place. */
import { createHash, type Hash } from "node:crypto";
import type { SkippedFile } from "../results/records.ts";
import type { LineFile } from "./lines.ts";

/** What a part says of one file: lines of JSON that stand together, or their text where they do not. */
export interface FileEntry {
  readonly digest: string;
  readonly source: LineFile;
  readonly places: readonly (string | { readonly from: number; readonly to: number })[];
}

export interface Records {
  readonly files: ReadonlyMap<string, FileEntry>;
  readonly skipped: readonly SkippedFile[];
}

/** Lines of JSON end with a comma in a document, and with nothing in JSON lines. */
export const withoutComma = (text: string): string => text.replace(/,?\r?$/, "");

interface Growing {
  readonly hash: Hash;
  readonly places: (string | { from: number; to: number })[];
}

export class RecordList {
  private readonly files = new Map<string, Growing>();
  readonly skipped: SkippedFile[] = [];

  constructor(private readonly source: LineFile) {}

  /** @param value the line's; its text as it would be written is what is compared */
  add(file: string, value: unknown, place?: { readonly from: number; readonly to: number }): void {
    const entry = this.files.get(file) ?? { hash: createHash("sha256"), places: [] };
    this.files.set(file, entry);
    const text = JSON.stringify(value);
    entry.hash.update(text).update("\n");
    const last = entry.places.at(-1);
    if (place === undefined) entry.places.push(text);
    // A separator and a line break.
    else if (typeof last === "object" && place.from - last.to <= 2) last.to = place.to;
    else entry.places.push({ ...place });
  }

  records(): Records {
    const files = new Map<string, FileEntry>();
    for (const [file, { hash, places }] of this.files)
      files.set(file, { digest: hash.digest("base64"), source: this.source, places });
    return { files, skipped: this.skipped };
  }
}

/** The lines of a file's entry, as JSON. */
export function valuesOf({ source, places }: FileEntry): readonly unknown[] {
  return places.flatMap((place) => {
    const text = typeof place === "string" ? place : source.text(place.from, place.to);
    return text.split("\n").map((line) => JSON.parse(withoutComma(line)));
  });
}

export interface Conflict {
  readonly file: string;
  readonly names: readonly [string, string];
}

/**
 * All that the parts say. A file that several of them tell the same of is there once; where they differ neither is right:
 * that is a conflict. A record says more than that its file was skipped. So the order of the parts does not matter, nor how
 * often one is given, nor whether some were merged before.
 */
export function unitedRecords(parts: readonly Records[]): Records | Conflict {
  const files = new Map<string, FileEntry>();
  const skipped = new Map<string, SkippedFile>();
  for (const part of parts) {
    for (const [file, entry] of part.files) {
      const known = files.get(file);
      if (known && known.digest !== entry.digest)
        return { file, names: [known.source.name, entry.source.name] };
      if (!known) files.set(file, entry);
    }
    for (const each of part.skipped) skipped.set(JSON.stringify([each.file, each.reason]), each);
  }
  const left = [...skipped.values()].filter(({ file }) => !files.has(file));
  return {
    files: new Map([...files].sort(([a], [b]) => inWalk(a, b))),
    skipped: left.sort((a, b) => inWalk(a.file, b.file) || (a.reason < b.reason ? -1 : 1)),
  };
}

/** The order in which folders are searched: name by name, by code unit. */
export function inWalk(a: string, b: string): number {
  const [one, other] = [a.split("/"), b.split("/")];
  for (const [at, name] of one.entries()) {
    const against = other[at];
    if (against === undefined) return 1;
    if (name !== against) return name < against ? -1 : 1;
  }
  return one.length - other.length;
}
