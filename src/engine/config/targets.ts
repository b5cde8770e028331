/**
 * Qualified names in configurations that make objects of them: Hydra's `_target_: torch.nn.ReLU`, Lightning's
 * `class_path` with `init_args`, mmengine's `type: torch.nn.ReLU`.
 */
import { SLOPE } from "../fixes/leakyRelu.ts";
import type { Site } from "../model.ts";
import { type DataMap, type Entry, entryOf, mapIn, type Scalar } from "../syntax/data.ts";
import { meaningOf, spellingOf } from "./meaning.ts";
import type { Place } from "./place.ts";
import { addedAfter, replaced, type Switch, siteOf, withSlope } from "./sites.ts";

/** Keys of the name, each with the key of the map that has its arguments; none: they stand beside it. */
const TARGETS: Readonly<Record<string, string | undefined>> = {
  _target_: undefined,
  type: undefined,
  class_path: "init_args",
  target: "params",
};

const QUALIFIED = /^(?:torch|keras|tensorflow|tf|jax|flax)(?:\.\w+)+$/;

export function targetSites({
  keys,
  maps,
  value,
  list,
  namesActivation,
  file,
}: Place): readonly Site[] | undefined {
  const key = keys.at(-1) ?? "";
  const map = maps.at(-1);
  if (!map || list || value.type !== "scalar" || !QUALIFIED.test(value.value)) return undefined;
  const isTarget = Object.hasOwn(TARGETS, key);
  if (!isTarget && !namesActivation) return undefined;
  const spelling = spellingOf(value.value);
  if (!spelling) return [];
  const inside = isTarget ? TARGETS[key] : undefined;
  const given = !isTarget ? undefined : inside === undefined ? map : mapIn(map, inside);
  const facts = {
    framework: spelling.framework,
    kind: isTarget ? "config_dict" : "config_value",
    span: value,
    certainty: isTarget ? "certain" : "likely",
  } as const;
  const toLeaky = (): Switch => {
    if (!isTarget) return "Leaky ReLU can't be written here: a bare name takes no slope";
    if (spelling.framework !== "pytorch")
      return "Leaky ReLU can't be written here: how the slope is called is not known";
    const entry = entryOf(map, key);
    return entry ? rewritten(value, entry, map, inside, file.text) : "it is given twice";
  };
  return [siteOf({ ...meaningOf(spelling, given), symbol: value.value }, facts, toLeaky)];
}

function rewritten(
  name: Scalar,
  entry: Entry,
  map: DataMap,
  inside: string | undefined,
  text: string,
): Switch {
  const last = /relu_?(?=["']?$)/i.exec(text.slice(name.from, name.to));
  if (entry.value !== name || !last) return "Leaky ReLU can't be written here: the name is given twice";
  const at = name.from + last.index;
  const rename = replaced(
    { from: at, to: at + last[0].length },
    last[0] === "ReLU" ? "LeakyReLU" : `leaky_${last[0]}`,
  );
  const slope = `${SLOPE}`;
  if (inside === undefined) return withSlope([rename, addedAfter(entry, map, "negative_slope", slope, text)]);
  const holder = entryOf(map, inside);
  if (!holder) {
    const isJson = name.quoted && text[name.from] === '"' && map.flow;
    const value = isJson ? `{"negative_slope": ${slope}}` : `{negative_slope: ${slope}}`;
    return withSlope([rename, addedAfter(entry, map, inside, value, text)]);
  }
  const arguments_ = holder.value?.type === "map" ? holder.value : undefined;
  const argument = arguments_?.entries.at(-1);
  // Behind a block of its own the next line may belong to something else.
  if (!arguments_ || !argument || (argument.value && argument.value.type !== "scalar")) {
    return "Leaky ReLU can't be written here: its arguments are not a plain list";
  }
  return withSlope([rename, addedAfter(argument, arguments_, "negative_slope", slope, text)]);
}
