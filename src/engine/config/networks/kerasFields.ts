/** Values in the configurations of Keras' layers. */
import { type Data, type DataMap, entryOf, mapIn, numberIn, wordIn } from "../../syntax/data.ts";
import type { Shape } from "./shapes.ts";
import { sizeOrNull } from "./shapes.ts";

/** What a name of a value is written for; undefined for `null` too. */
export function valueIn(map: DataMap, ...names: readonly string[]): Data | undefined {
  const value = entryOf(map, ...names)?.value;
  return value?.type === "scalar" && !value.quoted && /^(?:null|None|~)$/.test(value.value)
    ? undefined
    : value;
}

export const numberOf = (map: DataMap, ...names: readonly string[]): number | null =>
  numberIn(valueIn(map, ...names)) ?? null;

export const isSet = (map: DataMap, name: string, usual: boolean): boolean => {
  const word = wordIn(map, name)?.value.toLowerCase();
  return word === undefined ? usual : word === "true";
};

/** `[3, 3]` or `3`: a size for each axis. */
export function perAxis(value: Data | undefined, axes: number, usual: number | null): Shape {
  const items = itemsOf(value);
  const all = numberIn(value);
  return Array.from({ length: axes }, (_, axis) =>
    items ? (numberIn(items[axis]) ?? null) : value ? (all ?? null) : usual,
  );
}

/** The items of a list, in whatever way it is written down. */
export function itemsOf(value: Data | undefined): readonly Data[] | undefined {
  if (value?.type === "list") return value.items;
  if (value?.type !== "map") return undefined;
  // A TensorShape or a tuple, as saved models write it.
  const items = entryOf(value, "items")?.value;
  return items?.type === "list" ? items.items : undefined;
}

/** A shape without its batch axis; undefined where none is written, or several. */
export function shapeOf(value: Data | undefined): Shape | undefined {
  const items = itemsOf(value);
  if (!items || items.length < 2 || items.some((item) => item.type !== "scalar")) return undefined;
  return items.slice(1).map((item) => sizeOrNull(numberIn(item)));
}

/** What Keras 3 notes beside a layer once it is built. */
export const builtShape = (layer: DataMap): Shape | undefined => {
  const built = mapIn(layer, "build_config");
  return built && shapeOf(valueIn(built, "input_shape"));
};

export const classOf = (map: DataMap): string => wordIn(map, "class_name")?.value ?? "";
