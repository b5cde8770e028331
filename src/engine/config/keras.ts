/**
 * Keras models as text (`model.to_json()`, keras-js, `modelTopology` of TensorFlow.js, the YAML of old versions):
 * every layer is a `class_name` with its `config`.
 */
import { type DataMap, mapIn, type Scalar, wordIn } from "../syntax/data.ts";
import { kerasWord, meaningOf, spellingOf } from "./meaning.ts";
import type { Place } from "./place.ts";
import { type ConfigSite, siteOf } from "./sites.ts";

const NO_SWITCH =
  "The file describes a trained model: its weights belong to ReLU, and may count on the order of layers";

export function kerasSites({ value, key: ownKey, keys, maps }: Place): readonly ConfigSite[] | undefined {
  const key = keys.at(-1);
  const map = maps.at(-1);
  if (value.type !== "scalar" || !map || key === undefined) return undefined;
  if (key === "class_name") return layer(value, map);
  const owner = maps.at(-2);
  if (key === "config" && wordIn(map, "class_name")?.value === "function") return word(value);
  if (keys.at(-2) !== "config" || !owner || !wordIn(owner, "class_name")) return undefined;
  return /(?:^|_)activation$/.test(ownKey) ? word(value) : undefined;
}

/** `"activation": "relu"` */
function word(value: Scalar): readonly ConfigSite[] {
  const spelling = kerasWord(value.value);
  if (!spelling) return [];
  const facts = { framework: "keras", kind: "config_value", span: value, certainty: "certain" } as const;
  return [siteOf(meaningOf(spelling), facts, () => NO_SWITCH)];
}

/** `"class_name": "LeakyReLU", "config": {"alpha": 0.1}` */
function layer(name: Scalar, map: DataMap): readonly ConfigSite[] | undefined {
  const config = mapIn(map, "config");
  if (!config) return undefined;
  const spelling = spellingOf(`keras.layers.${name.value}`);
  if (!spelling) return [];
  const facts = { framework: "keras", kind: "config_dict", span: name, certainty: "certain" } as const;
  return [siteOf(meaningOf(spelling, config), facts, () => NO_SWITCH)];
}
