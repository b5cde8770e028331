/**
 * What configuration files say, with the places where they say it: one tree for JSON, YAML, Darknet's and Caffe's
 * formats. The readers of the formats (data*.ts beside this file) never throw; what they can't make out is left out.
 */
import type { Span } from "../model.ts";

/** Nesting beyond this is not read: real configurations stay below 30, and a call stack has an end. */
export const DEEPEST = 100;

/** A word, a number, a string: everything without parts. */
export interface Scalar extends Span {
  readonly type: "scalar";
  /** Without quotes and escapes. */
  readonly value: string;
  readonly quoted: boolean;
}

export interface Entry {
  readonly key: Scalar;
  /** Absent while it is being typed, and where it is a reference to something else. */
  readonly value?: Data;
}

/** Entries in the order of the file; a key may be there twice. */
export interface DataMap extends Span {
  readonly type: "map";
  readonly entries: readonly Entry[];
  /** Written in brackets; else by lines and indentation. */
  readonly flow: boolean;
}

export interface DataList extends Span {
  readonly type: "list";
  readonly items: readonly Data[];
  readonly flow: boolean;
}

/** An expression (Jsonnet): what it comes to is not computed, but the data in it can be read. */
export interface Parts extends Span {
  readonly type: "parts";
  readonly parts: readonly Data[];
}

export type Data = Scalar | DataMap | DataList | Parts;

/** The entry of that name; the last one where there are several, as JSON and YAML readers take it. */
export function entryOf(map: DataMap, ...names: readonly string[]): Entry | undefined {
  return map.entries.findLast(({ key }) => names.includes(key.value));
}

/** The value of that name where it is a word, a string or a number. */
export function wordIn(map: DataMap, ...names: readonly string[]): Scalar | undefined {
  const value = entryOf(map, ...names)?.value;
  return value?.type === "scalar" ? value : undefined;
}

export function mapIn(map: DataMap, ...names: readonly string[]): DataMap | undefined {
  const value = entryOf(map, ...names)?.value;
  return value?.type === "map" ? value : undefined;
}

/** The number that a scalar writes; undefined for anything else. */
export function numberIn(data: Data | undefined): number | undefined {
  if (data?.type !== "scalar" || !/^[-+]?(?:\d|\.\d)/.test(data.value)) return undefined;
  const number = Number(data.value.replace(/(?<=\d)f$/, ""));
  return Number.isFinite(number) ? number : undefined;
}

/** Called for a value with the maps around it, the keys that lead to it, and the list that it is an item of. */
export type Visit = (
  data: Data,
  maps: readonly DataMap[],
  keys: readonly string[],
  list: readonly Data[] | undefined,
) => void;

/** Each value inside, what is around it first. The arrays are the walk's own and change as it goes on. */
export function walkData(
  data: Data,
  visit: Visit,
  maps: DataMap[] = [],
  keys: string[] = [],
  list?: readonly Data[],
): void {
  visit(data, maps, keys, list);
  if (data.type === "map") {
    maps.push(data);
    for (const { key, value } of data.entries) {
      if (!value) continue;
      keys.push(key.value);
      walkData(value, visit, maps, keys);
      keys.pop();
    }
    maps.pop();
  } else if (data.type === "list") {
    for (const item of data.items) walkData(item, visit, maps, keys, data.items);
  } else if (data.type === "parts") {
    for (const part of data.parts) walkData(part, visit, maps, keys);
  }
}

/** What quotes and escapes stand for; the text itself where an escape is not valid. */
export function unquoted(text: string, quote: string): string {
  if (!text.includes("\\")) return text;
  try {
    const decoded: unknown = JSON.parse(
      `"${quote === '"' ? text : text.replace(/\\'|"/g, (m) => (m === '"' ? '\\"' : "'"))}"`,
    );
    return typeof decoded === "string" ? decoded : text;
  } catch {
    return text;
  }
}
