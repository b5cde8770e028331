/** Where a value stands in a configuration, and what the file around it tells. */
import type { ConfigLanguage } from "../model.ts";
import { type Data, type DataMap, type Scalar, walkData, wordIn } from "../syntax/data.ts";
import type { ConfigUnit } from "../units.ts";

export interface Place {
  readonly file: {
    readonly text: string;
    /** Without folders. */
    readonly fileName: string;
    readonly language: ConfigLanguage;
    /** All keys of the file, as `snake_case`. */
    readonly fileKeys: ReadonlySet<string>;
  };
  /** Maps around the value, outermost first. */
  readonly maps: readonly DataMap[];
  /** The keys that lead to the value, its own last, as written. */
  readonly keys: readonly string[];
  /** The value's own key, as `snake_case`. */
  readonly key: string;
  /** Whether that is a key by which activations are named. */
  readonly namesActivation: boolean;
  readonly value: Data;
  /** The list that the value is an item of, if any; the key is then the list's. */
  readonly list: readonly Data[] | undefined;
}

/** `hiddenAct`, `hidden-act` and `hidden_act` are one. */
export const snake = (key: string): string =>
  key
    .replace(/([a-z0-9])([A-Z])/g, "$1_$2")
    .replaceAll("-", "_")
    .toLowerCase();

/** The key of a value's activation, in whatever framework. */
const ACTIVATION_KEY =
  /^(?:\w+_)?(?:activations?|act|nonlinearity|non_linearity)(?:_(?:fn|func|function|layer|type|name|cfg))?$|^(?:\w+_)?feed_forward_proj$/;

/** Each value of a configuration with its place, which is good for the time of the visit. */
export function visitPlaces(root: Data, unit: ConfigUnit, visit: (place: Place) => void): void {
  // Large files have few keys, again and again.
  const known = new Map<string, Pick<Place, "key" | "namesActivation">>();
  walkData(root, (_value, _maps, keys) => {
    const written = keys.at(-1) ?? "";
    if (known.has(written)) return;
    const key = snake(written);
    known.set(written, { key, namesActivation: ACTIVATION_KEY.test(key) });
  });
  const fileKeys = new Set([...known.values()].map(({ key }) => key));
  const { text, language } = unit;
  const file = { text, language, fileKeys, fileName: unit.path.replace(/^.*[/\\]/, "") };
  const nothing = { key: "", namesActivation: false };
  walkData(root, (value, maps, keys, list) => {
    const { key, namesActivation } = known.get(keys.at(-1) ?? "") ?? nothing;
    visit({ file, value, maps, keys, key, namesActivation, list });
  });
}

/** A name of an activation, and the map that has its arguments beside it. */
export interface Named {
  readonly word: Scalar;
  readonly map?: DataMap;
}

/** `"relu"`, `["relu", "linear"]`, `{type: "relu", ...}`: the names that a value gives. */
export function namesIn(value: Data, inList = false): readonly Named[] {
  if (value.type === "scalar") return [{ word: value }];
  if (value.type === "list") return inList ? [] : value.items.flatMap((item) => namesIn(item, true));
  if (value.type === "parts") return [];
  const word = wordIn(value, "type", "name", "class_name", "_name_");
  return word ? [{ word, map: value }] : [];
}
