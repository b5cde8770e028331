/** How weights are drawn: He's spread before rectifiers, Glorot's elsewhere, LeCun's before SELU. */
import { layerOf } from "../../frameworks/index.ts";
import type { Layer, Network, Span } from "../../model.ts";
import type { Scope } from "../../syntax/scopes.ts";
import { argumentOf, type Call } from "../../syntax/tree.ts";
import type { Unit } from "../../units.ts";
import type { CodeIndex } from "../codeIndex.ts";
import { isKeras1 } from "../names/kerasVersion.ts";
import { type Family, familyFor, isSuited } from "../outcome.ts";
import { all, type Edits, quoted, setting, symbolOf } from "./call.ts";
import { withSpread } from "./drawnWeights.ts";
import { referBeside } from "./referBeside.ts";
import { drawnAnew } from "./torchDrawn.ts";
import { redrawn } from "./torchRedrawn.ts";

/** @param layers those whose weights are to suit what follows; what suits already stays */
export function initialiser(network: Network, layers: readonly Layer[], unit: Unit, index: CodeIndex): Edits {
  const unsuited = layers.filter((layer) => !isSuited(layer));
  if (network.framework === "tensorflow") return withSpread(network, unsuited, unit, index);
  if (network.framework !== "pytorch") return all(unsuited.map((layer) => told(layer, unit, index)));
  const written = unsuited.filter(({ weights }) => weights.span);
  const plain = unsuited.filter(({ weights }) => !weights.span);
  const bySpan = new Map(written.map((layer) => [layer.weights.span?.from, layer]));
  return all([
    ...[...bySpan.values()].map((layer) => redrawn(layer.weights.span as Span, layer, unit, index)),
    ...(plain.length > 0 ? [drawnAnew(network, plain, unit, index)] : []),
  ]);
}

/** Frameworks whose layers are told: an argument of the call that makes the layer. */
function told(layer: Layer, unit: Unit, index: CodeIndex): Edits {
  const found = index.at(layer.span);
  if (found?.node.type !== "call") return undefined;
  const { node, scope } = found;
  const spelling = layerOf(symbolOf(node, scope, unit));
  const parameter = spelling?.parameters.find(
    ({ name, literal }) => literal?.startsWith("'") && /init/i.test(name) && !/bias|^b_/i.test(name),
  );
  if (!spelling || !parameter || spelling.role === "separable-conv") return undefined;
  const given = argumentOf(node, parameter.name);
  // One that is given by its place, or by a dictionary, stands somewhere else.
  if (!given && layer.weights.span) return undefined;
  const value = wordFor(familyFor(layer), node, scope, unit);
  const edits = value && setting(node, given, parameter.name, value.text, unit);
  return edits && [...value.imports, ...edits];
}

type Word = { readonly text: string; readonly imports: NonNullable<Edits> };

const WORDS: Readonly<Record<Family, string>> = {
  he: "he_normal",
  glorot: "glorot_uniform",
  lecun: "lecun_normal",
};

/** How a framework writes it: a word, or a call. */
function wordFor(family: Family, call: Call, scope: Scope, unit: Unit): Word | undefined {
  const symbol = symbolOf(call, scope, unit);
  const word = WORDS[family];
  if (symbol.startsWith("keras.") && isKeras1(unit.text)) return undefined;
  if (symbol.startsWith("keras.")) return { text: quoted(word, call, unit), imports: [] };
  if (unit.language === "javascript") {
    const camel = word.replace(/_(\w)/, (_, letter: string) => letter.toUpperCase());
    return { text: quoted(camel, call, unit), imports: [] };
  }
  if (symbol.startsWith("flax.")) {
    const module = symbol.startsWith("flax.nnx.") ? "flax.nnx" : "flax.linen";
    const own =
      nested(`${module}.initializers.${word}`, scope, unit) ??
      nested(`jax.nn.initializers.${word}`, scope, unit);
    return own && { text: `${own.text}()`, imports: own.imports };
  }
  if (symbol.startsWith("haiku.")) {
    // Scale over the inputs is its default: 2 of them is He's, 1 LeCun's.
    const own = nested("haiku.initializers.VarianceScaling", scope, unit);
    const scale = { he: "2.0", lecun: "1.0", glorot: '1.0, "fan_avg", "uniform"' }[family];
    return own && { text: `${own.text}(${scale})`, imports: own.imports };
  }
  return undefined;
}

/** Where nothing has to be imported for it. */
function nested(symbol: string, scope: Scope, unit: Unit): Word | undefined {
  const found = referBeside(symbol, scope, unit);
  return found?.imports.length === 0 ? { text: found.text, imports: [] } : undefined;
}
