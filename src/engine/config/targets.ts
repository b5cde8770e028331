/**
 * Qualified names in configurations that make objects of them: Hydra's `_target_: torch.nn.ReLU`, Lightning's
 * `class_path` with `init_args`, mmengine's `type: torch.nn.ReLU`.
 */
import type { Target } from "../fixes/activations/target.ts";
import { spellingsOf } from "../frameworks/index.ts";
import type { Span } from "../model.ts";
import { type DataMap, type Entry, entryOf, mapIn, type Scalar } from "../syntax/data.ts";
import { meaningOf, spellingOf } from "./meaning.ts";
import type { Place } from "./place.ts";
import { addedAfter, blockAfter, type ConfigSite, cant, replaced, type Switch, siteOf } from "./sites.ts";

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
}: Place): readonly ConfigSite[] | undefined {
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
  const to = (target: Target): Switch => {
    if (!isTarget) return cant(target, "what is made of a bare name is not known");
    if (spelling.framework !== "pytorch") return cant(target, "how its arguments are called is not known");
    const entry = entryOf(map, key);
    return entry ? rewritten(value, target, entry, map, inside, file.text) : "it is given twice";
  };
  return [siteOf({ ...meaningOf(spelling, given), symbol: value.value }, facts, to)];
}

function rewritten(
  name: Scalar,
  target: Target,
  entry: Entry,
  map: DataMap,
  inside: string | undefined,
  text: string,
): Switch {
  const last = /relu_?(?=["']?$)/i.exec(text.slice(name.from, name.to));
  if (entry.value !== name || !last) return cant(target, "the name is given twice");
  const at = name.from + last.index;
  const rename = replaced(
    { from: at, to: at + last[0].length },
    last[0] === "ReLU" ? "LeakyReLU" : `leaky_${last[0]}`,
  );
  if (target.id !== "leaky_relu")
    return renamed({ from: at, to: at + last[0].length }, last[0], target, inside ? mapIn(map, inside) : map);
  const slope = `${target.slope}`;
  if (inside === undefined) return { edits: [rename, addedAfter(entry, map, "negative_slope", slope, text)] };
  const holder = entryOf(map, inside);
  if (!holder) {
    const isJson = name.quoted && text[name.from] === '"' && map.flow;
    const value = isJson ? `{"negative_slope": ${slope}}` : `{negative_slope: ${slope}}`;
    const added = map.flow
      ? addedAfter(entry, map, inside, value, text)
      : blockAfter(entry, map, inside, `negative_slope: ${slope}`, text);
    return { edits: [rename, added] };
  }
  const arguments_ = holder.value?.type === "map" ? holder.value : undefined;
  const argument = arguments_?.entries.at(-1);
  // Behind a block of its own the next line may belong to something else.
  if (!arguments_ || !argument || (argument.value && argument.value.type !== "scalar")) {
    return cant(target, "its arguments are not a plain list");
  }
  return { edits: [rename, addedAfter(argument, arguments_, "negative_slope", slope, text)] };
}

/** The last part of a name to that of the target, where it takes the arguments that are there. */
function renamed(span: Span, written: string, target: Target, given: DataMap | undefined): Switch {
  const form = written === "ReLU" ? "layer" : "function";
  const [spelling] = spellingsOf(target.id, "pytorch", form);
  const name = spelling?.symbol.slice(spelling.symbol.lastIndexOf(".") + 1);
  if (!spelling || !name || written.endsWith("_") || (target.id === "prelu" && form === "function"))
    return cant(target, "PyTorch has nothing of it in this form");
  const other = given?.entries.find(
    ({ key }) => key.value === "inplace" && !spelling.parameters.some((one) => one.name === "inplace"),
  );
  if (other) return cant(target, "it takes no inplace");
  return { edits: [replaced(span, name)] };
}
