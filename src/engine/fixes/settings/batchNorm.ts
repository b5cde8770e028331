/** Batch normalisation between a layer and its activation, and no bias in the layer, which it would take away again. */
import { layerOf } from "../../frameworks/index.ts";
import type { Edit, Layer, Network } from "../../model.ts";
import { argumentOf, type Call } from "../../syntax/tree.ts";
import type { Unit } from "../../units.ts";
import { removal } from "../activations/rewriteCall.ts";
import type { CodeIndex, Indexed } from "../codeIndex.ts";
import { replace } from "../edits.ts";
import { isKeras1 } from "../names/kerasVersion.ts";
import { drawsByName, takesByPlace } from "../newModules.ts";
import { adding, all, type Edits, named, symbolOf, textOf } from "./call.ts";
import { inserted } from "./insertLayer.ts";
import { referBeside } from "./referBeside.ts";

/**
 * Where batches may be of one row, where what comes in are sequences, or where gradients are taken through the network
 * itself, batch statistics do harm. Weights that are loaded or looked up by place would no longer fit.
 */
const UNFIT =
  /autograd\.grad\(|\bgym(?:nasium)?\b|\benv\.(?:step|reset)\(|batch_?size["']?\s*[=:]\s*1\b(?![\d.])|\b(?:LSTM|GRU|SimpleRNN|RNN|Embedding|TimeDistributed|EmbeddingBag|MultiheadAttention|MultiHeadAttention|TransformerEncoder\w*)\s*\(|\b(?:weight|spectral)_norm\(|fuse_modules|\bquantiz|\bvmap\b|load_state_dict\(|load_weights\(|loadLayersModel|set_weights\(|setWeights\(|\.layers\s*\[|get_layer\(\s*(?:index\s*=|\d)|channels_first|channelsFirst|torch\.jit\.script|parallelize_module/;

/** Flax' nnx keeps the statistics in the module; code that takes its state apart has to carry them on. */
const UNFIT_NNX = /nnx\.(?:split|merge|scan|pmap|functional)\b|jax\.(?:jit|grad|value_and_grad)\b|lax\.scan/;

/**
 * @param isTogether a layer in a list that is walked, `nn.ModuleList`, makes one item with its normalisation
 */
export function batchNorm(
  network: Network,
  layers: readonly Layer[],
  unit: Unit,
  index: CodeIndex,
  isTogether: boolean,
): Edits {
  const missing = layers.filter(({ normalisation }) => !normalisation);
  if (network.pretrained || UNFIT.test(unit.text)) return undefined;
  if (network.framework === "pytorch" && (drawsByName(unit.text) || takesByPlace(unit.text)))
    return undefined;
  if (network.framework === "keras" && isKeras1(unit.text)) return undefined;
  if (network.framework === "flax" && UNFIT_NNX.test(unit.text)) return undefined;
  // Without it the layer uses statistics of no batch in a loop that is written out.
  if (/GradientTape/.test(unit.text) && !/training\s*=\s*True/.test(unit.text)) return undefined;
  if (missing.some((layer) => !layer.site || layer.site.activation === "selu" || isShared(network, layer)))
    return undefined;
  const bySpan = new Map(missing.map((layer) => [layer.span.from, layer]));
  const taken = new Set<string>();
  return all([...bySpan.values()].map((layer) => normalised(layer, unit, index, taken, isTogether)));
}

/**
 * The same module is applied more than once: one normalisation can't be right for all its inputs. Or the same code makes
 * layers that have one already.
 */
function isShared({ layers }: Network, layer: Layer): boolean {
  const alike = layers.filter(({ span }) => span.from === layer.span.from);
  if (alike.some(({ normalisation }) => normalisation)) return true;
  return layer.name !== undefined && alike.filter(({ name }) => name === layer.name).length > 1;
}

function normalised(
  layer: Layer,
  unit: Unit,
  index: CodeIndex,
  taken: Set<string>,
  isTogether: boolean,
): Edits {
  const found = index.at(layer.span);
  if (found?.node.type !== "call" || !found.node.closed) return undefined;
  const { node, scope } = found;
  const made = normalisationFor(found, layer, unit);
  const split = made && splitOf(layer, found, unit);
  if (!made || !split) return undefined;
  const activation =
    split.activation === undefined ? undefined : activationLayer(split.activation, found, unit);
  if (split.activation !== undefined && !activation) return undefined;
  const layers = [made.text, ...(activation ? [activation.text] : [])];
  const edits =
    isTogether && !isAssigned(found, index)
      ? together(found, made.text, unit)
      : inserted({ node, scope }, layers, unit, index, taken);
  if (!edits) return undefined;
  return [...made.imports, ...(activation?.imports ?? []), ...split.edits, ...edits];
}

function isAssigned({ node }: Indexed, index: CodeIndex): boolean {
  const statement = index.statementAt(node);
  return statement?.type === "assignment" && statement.value === node;
}

/** `nn.Sequential(nn.Linear(20, 64), nn.BatchNorm1d(64))`, where nobody asks the item for its own weights. */
function together({ node, scope }: Indexed, norm: string, unit: Unit): Edits {
  if (node.type !== "call" || !/^torch\.nn\./.test(symbolOf(node, scope, unit))) return undefined;
  const isAsked = /\.(?:weight|bias|in_features|out_features|in_channels|out_channels)\b/.test(unit.text);
  if (isAsked && !/\bisinstance\(/.test(unit.text)) return undefined;
  const sequential = referBeside("torch.nn.Sequential", scope, unit, node.callee);
  return (
    sequential && [
      ...sequential.imports,
      { span: { from: node.from, to: node.from }, text: `${sequential.text}(` },
      { span: { from: node.to, to: node.to }, text: `, ${norm})` },
    ]
  );
}

type Written = { readonly text: string; readonly imports: readonly Edit[] };

/** The call that makes the normalisation of a layer's outputs. */
function normalisationFor({ node, scope }: Indexed, layer: Layer, unit: Unit): Written | undefined {
  if (node.type !== "call") return undefined;
  const symbol = symbolOf(node, scope, unit);
  const write = (name: string, given: string): Written | undefined => {
    const target = referBeside(name, scope, unit, node.callee);
    return target && { text: `${target.text}(${given})`, imports: target.imports };
  };
  const rank = /^torch\.nn\.(?:Linear|Conv([123])d)$/.exec(symbol);
  const units = outputsOf(node, symbol, layer, unit);
  if (rank && units !== undefined) return write(`torch.nn.BatchNorm${rank[1] ?? "1"}d`, units);
  const rngs = argumentOf(node, "rngs")?.value;
  if (/^flax\.nnx\.(?:Linear|Conv)$/.test(symbol) && units !== undefined && rngs)
    return write("flax.nnx.BatchNorm", `${units}, rngs=${textOf(rngs, unit)}`);
  if (/^keras\.layers\.(?:Dense|Conv[123]D|Convolution[123]D)$/.test(symbol))
    return write("keras.layers.BatchNormalization", "");
  if (/^tf\.layers\.(?:dense|conv[123]d)$/.test(symbol)) return write("tf.layers.batchNormalization", "");
  return undefined;
}

/** Number of outputs as the code has it: `64`, `hidden`. */
function outputsOf(call: Call, symbol: string, { units }: Layer, unit: Unit): string | undefined {
  const parameter = layerOf(symbol)?.parameters.find(({ name }) => /^out_(?:features|channels)$/.test(name));
  const given = parameter && argumentOf(call, parameter.name, parameter.position)?.value;
  return given ? textOf(given, unit) : units === null ? undefined : String(units);
}

interface Split {
  readonly edits: readonly Edit[];
  /** The activation that the layer no longer has, as it was written. */
  readonly activation?: string;
}

/** The layer without bias, and without the activation that it was given. */
function splitOf(layer: Layer, { node, scope }: Indexed, unit: Unit): Split | undefined {
  if (node.type !== "call") return undefined;
  const symbol = symbolOf(node, scope, unit);
  const name = symbol.startsWith("torch.") ? "bias" : unit.language === "javascript" ? "useBias" : "use_bias";
  const no = unit.language === "javascript" ? "false" : "False";
  // A bias that other code speaks of has to stay; it does no harm.
  const isSpokenOf =
    /\.bias\b/.test(unit.text) ||
    layer.bias === null ||
    layer.bias.span !== undefined ||
    node.arguments.some((one) => /bias/i.test(one.name ?? ""));
  const off = isSpokenOf ? undefined : named(name, no, unit);
  const { site } = layer;
  const at = node.arguments.findIndex(
    ({ value }) => site && value.from <= site.span.from && site.span.to <= value.to,
  );
  const own = node.arguments[at];
  if (!own) {
    const edits = off === undefined ? [] : adding(node, [off], unit);
    return edits && { edits };
  }
  if (own.name !== "activation" && !(own.name === undefined && at === node.arguments.length - 1))
    return undefined;
  const activation = textOf(own.value, unit);
  if (off !== undefined) return { edits: [replace(own, off)], activation };
  if (node.arguments.length === 1) return undefined;
  return { edits: removal(node, own, new Set([own]), unit.text), activation };
}

/** The activation as a layer of its own. */
function activationLayer(written: string, { node, scope }: Indexed, unit: Unit): Written | undefined {
  if (node.type !== "call") return undefined;
  const isScript = unit.language === "javascript";
  // A layer that was given as an activation, `activation=layers.LeakyReLU(0.1)`, is one already.
  if (!isScript && /^[\w.]*\b[A-Z]\w*\(/.test(written)) return { text: written, imports: [] };
  const symbol = isScript ? "tf.layers.activation" : "keras.layers.Activation";
  const target = referBeside(symbol, scope, unit, node.callee);
  const given = isScript ? `{ activation: ${written} }` : written;
  return target && { text: `${target.text}(${given})`, imports: target.imports };
}
