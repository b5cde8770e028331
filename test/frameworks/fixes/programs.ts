/** The programs that are run: some written by hand, as found in practice, and some generated. */
import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { root } from "../../../scripts/hosts/project.ts";
import type { SourceFile } from "../../../src/engine/index.ts";
import type { Kind } from "./asking.ts";
import { type Family, generated } from "./generate/index.ts";

export interface Program extends SourceFile {
  readonly isGenerated: boolean;
  /** What it is asked for alone; undefined: everything. */
  readonly kinds?: readonly Kind[];
}

const folder = path.join(root, "test/frameworks/fixes/programs");

const EXTENSION: Readonly<Record<string, string>> = { tfjs: "js" };

export function handwritten(family: Family): readonly Program[] {
  const own = path.join(folder, family);
  let files: readonly string[] = [];
  try {
    files = readdirSync(own).sort();
  } catch {
    // None yet.
  }
  return files.map((name) => ({
    path: `${family}/${name}`,
    text: readFileSync(path.join(own, name), "utf8"),
    isGenerated: false,
  }));
}

/** @param focus what it was written for, if for anything */
export const generatedPath = (family: Family, number: number, focus?: string): string =>
  `${family}/generated${number}${focus ? `-${focus}` : ""}.${EXTENSION[family] ?? "py"}`;

export const generatedPrograms = (family: Family, count: number): readonly Program[] =>
  Array.from({ length: count }, (_, number) => ({
    path: generatedPath(family, number),
    text: generated(family, number),
    isGenerated: true,
  }));
