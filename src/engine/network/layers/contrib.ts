/**
 * Layers of tf.contrib and slim: a normalisation may stand between the sum and the activation, which is ReLU unless told
 * otherwise. https://github.com/tensorflow/tensorflow/blob/r1.15/tensorflow/contrib/layers/python/layers/layers.py
 */
import { meantBy } from "../../detect/meaning.ts";
import type { LayerSpelling } from "../../frameworks/index.ts";
import type { Call } from "../../syntax/tree.ts";
import type { Interpreter } from "../interpreter/interpreter.ts";
import type { Tensor } from "../interpreter/tensors.ts";
import { type Arguments, isNone, NO_ARGUMENTS, numberIn, type Value } from "../interpreter/values.ts";
import { activate, activateBy, drop } from "./activate.ts";
import { applyLayer, asTensor, firstInput } from "./apply.ts";
import { makeModule } from "./make.ts";
import { doubtful } from "./unknowns.ts";

/** slim's arg_scope gives layers other defaults than these. */
const OTHER_DEFAULTS = /\barg_scope\b/;

const WEIGHTED = /^(?:dense|conv|transposed-conv)$/;

export function contribLayer(
  layer: LayerSpelling,
  given: Arguments,
  node: Call,
  run: Interpreter,
): Value | undefined {
  if (!layer.symbol.startsWith("tensorflow.contrib.") || !WEIGHTED.test(layer.role)) return undefined;
  const input = asTensor(firstInput(given));
  const at = layer.parameters.find(({ name }) => name === "activation_fn")?.position ?? 0;
  const activation = given.named.get("activation_fn") ?? given.positional[at];
  const normaliser = given.named.get("normalizer_fn") ?? given.positional[at + 1];
  const sum = applyLayer(
    makeModule({ layer, given: withoutActivation(given, at, normaliser), node }),
    layer,
    input,
    node,
    run,
  );
  if (sum.type !== "tensor") return sum;
  if (OTHER_DEFAULTS.test(run.unit.text))
    return doubtful([sum], node, "what arg_scope gives to layers is not read", run, sum.shape);
  const normal = normalised(sum, normaliser, node, run);
  if (activation) return activateBy(normal, activation, "tensorflow", node, run);
  const relu = meantBy("tensorflow.nn.relu", []);
  return relu ? activate(normal, relu, node, run) : normal;
}

/** The arguments without the activation, which comes behind the normalisation, and that one by name. */
function withoutActivation(given: Arguments, at: number, normaliser: Value | undefined): Arguments {
  const named = new Map(given.named);
  named.delete("activation_fn");
  if (normaliser) named.set("normalizer_fn", normaliser);
  return { ...given, positional: given.positional.slice(0, at), named };
}

function normalised(sum: Tensor, normaliser: Value | undefined, node: Call, run: Interpreter): Tensor {
  if (!normaliser || isNone(normaliser)) return sum;
  const result = run.call(normaliser, { ...NO_ARGUMENTS, positional: [sum] }, node);
  return result.type === "tensor"
    ? result
    : doubtful([sum], node, "what the normalisation is, is not known", run, sum.shape);
}

/** `slim.dropout(net, 0.5)` says what is kept. */
export function contribCall(symbol: string, given: Arguments, run: Interpreter): Value | undefined {
  if (symbol !== "tensorflow.contrib.layers.dropout") return undefined;
  const input = firstInput(given);
  if (input?.type !== "tensor") return undefined;
  const kept = given.named.get("keep_prob") ?? given.positional[1];
  const share = kept ? numberIn(kept) : 0.5;
  return drop(input, share === undefined ? undefined : 1 - share, run);
}
