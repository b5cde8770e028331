/**
 * Functions by which the builder functions of torchvision and timm make their models; also where a copy imports them
 * from a module beside it. https://github.com/huggingface/pytorch-image-models/blob/main/timm/models/_builder.py
 */
import type { Call } from "../../syntax/tree.ts";
import type { Interpreter } from "../interpreter/interpreter.ts";
import {
  type Arguments,
  constant,
  NONE,
  numberIn,
  stringIn,
  UNKNOWN,
  type Value,
} from "../interpreter/values.ts";

/** Arguments that timm keeps for itself; the others go to the model. */
const OF_TIMM = /^(?:pretrained\w*|model_cfg|feature_cfg|kwargs_filter|features_only|out_indices)$/;

export function packageCall(
  symbol: string,
  given: Arguments,
  node: Call,
  run: Interpreter,
): Value | undefined {
  switch (/(?:^|\.)_?(\w+)$/.exec(symbol)?.[1]) {
    case "ovewrite_named_param":
      return overwritten(given, run);
    case "build_model_with_cfg":
      return built(given, node, run);
    case "make_divisible":
      return divisible(given);
    default:
      return undefined;
  }
}

/** `_ovewrite_named_param(kwargs, "groups", 32)`. */
function overwritten({ positional: [options, name, value] }: Arguments, run: Interpreter): Value {
  const key = stringIn(name);
  if (options?.type === "dict" && key !== undefined && value) run.memory.set(options.entries, key, value);
  return NONE;
}

/** `build_model_with_cfg(ResNet, variant, pretrained, **kwargs)`. */
function built(given: Arguments, node: Call, run: Interpreter): Value {
  const [model, , pretrained] = given.positional;
  if (!model) return UNKNOWN;
  const named = new Map([...given.named].filter(([name]) => !OF_TIMM.test(name)));
  const config = given.named.get("model_cfg");
  if (config && !(config.type === "constant" && config.value === null)) named.set("cfg", config);
  const made = run.call(model, { positional: [], named, complete: given.complete, written: [] }, node);
  const isLoaded = pretrained?.type === "constant" && pretrained.value === true;
  if (isLoaded && made.type === "instance") run.memory.set(run.loaded, made, constant(true));
  return made;
}

/** Rounds a width to a multiple, not down by more than a tenth: MobileNet's rule. */
function divisible({ positional: [width, by], named }: Arguments): Value {
  const value = numberIn(width);
  const divisor = by ? numberIn(by) : named.has("divisor") ? numberIn(named.get("divisor")) : 8;
  const least = named.has("min_value") ? numberIn(named.get("min_value")) : divisor;
  const limit = named.has("round_limit") ? numberIn(named.get("round_limit")) : 0.9;
  if (value === undefined || divisor === undefined || limit === undefined) return UNKNOWN;
  const rounded = Math.max(least ?? divisor, Math.floor((value + divisor / 2) / divisor) * divisor);
  return constant(rounded < limit * value ? rounded + divisor : rounded);
}
