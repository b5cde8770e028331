/** What a site is switched to: the activation, how it is spelled in a framework, and the numbers to write out. */
import { activationById, parameterByArgument } from "../../activations/catalogue.ts";
import { type Form, type Spelling, spellingsOf } from "../../frameworks/index.ts";
import type { FrameworkId } from "../../model.ts";
import type { Unit } from "../../units.ts";
import { isFirstKeras, slopeArgument, swishWord } from "../names/kerasVersion.ts";
import { quoted } from "../settings/call.ts";

/**
 * Slope of the negative half: the value of Maas, Hannun and Ng 2013 and PyTorch's default. It is always written out,
 * since the frameworks' own defaults are 0.01, 0.02, 0.2, 0.25 and 0.3.
 */
export const SLOPE = 0.01;

/** Slope that PReLU starts with: He et al. 2015, and PyTorch's default. Keras starts at 0, where ReLU's dead stay dead. */
export const FIRST_SLOPE = 0.25;

/** What is said of every switch to PReLU. */
export const ADDS_PARAMETERS =
  "PReLU learns its slope: it adds parameters, so weights that were saved before no longer fit.";

export interface Target {
  /** Of the catalogue; `linear` only in configurations, where no activation has a name. */
  readonly id:
    | "leaky_relu"
    | "prelu"
    | "elu"
    | "gelu"
    | "silu"
    | "softmax"
    | "sigmoid"
    | "softplus"
    | "linear";
  /** Of Leaky ReLU. */
  readonly slope: number;
}

export const leaky = (slope: number = SLOPE): Target => ({ id: "leaky_relu", slope });
export const to = (id: Target["id"]): Target => ({ id, slope: SLOPE });

export const nameOf = ({ id }: Target): string => activationById(id)?.name.replace(/ \(.*/, "") ?? id;

/** The argument that takes the slope. */
export function slopeName(spelling: Spelling, unit: Unit): string {
  if (spelling.framework === "keras") return slopeArgument(unit.text);
  const isSlope = ({ name }: { readonly name: string }): boolean =>
    parameterByArgument(spelling.activation, name)?.name === "negative_slope";
  return spelling.parameters.find(isSlope)?.name ?? "negative_slope";
}

/** `negative_slope=0.01`. */
export const slope = (target: Target, spelling: Spelling, unit: Unit): string =>
  `${slopeName(spelling, unit)}=${target.slope}`;

/** Keras has layers for some activations; the layer for all others is told a name. */
export function namedLayer(
  target: Target,
  framework: FrameworkId,
  form: Form,
  unit: Unit,
): Spelling | undefined {
  if (framework !== "keras" || form !== "layer") return undefined;
  const word = wordOf(target, framework, unit);
  return word && { ...word, symbol: "keras.layers.Activation", parameters: [], form: "layer" };
}

/** The string of a framework that says the target. */
export function wordOf(target: Target, framework: FrameworkId, unit: Unit): Spelling | undefined {
  const words = spellingsOf(target.id, framework, "string");
  const isNewer = target.id === "gelu" || target.id === "silu";
  if (framework === "keras" && isNewer && isFirstKeras(unit.text)) return undefined;
  const version = swishWord(unit.text);
  return words.find(({ symbol }) => symbol === version) ?? words[0];
}

/**
 * The arguments that have to be written for a spelling to mean the target: `["negative_slope=0.2"]`,
 * `["approximate=False"]` for JAX, whose GELU is the tanh form otherwise.
 */
export function argumentsFor(target: Target, spelling: Spelling, unit: Unit): readonly string[] {
  const written = spelling.parameters.flatMap(({ name, required }) =>
    required === undefined ? [] : [`${name}=${required}`],
  );
  if (spelling.symbol === "keras.layers.Activation")
    return [quoted(wordOf(target, spelling.framework, unit)?.symbol ?? "", undefined, unit)];
  switch (target.id) {
    case "leaky_relu":
      return [...written, slope(target, spelling, unit)];
    case "elu": {
      const alpha = spelling.parameters.find(
        ({ name, default: usual }) =>
          usual !== undefined &&
          usual !== 1 &&
          parameterByArgument(spelling.activation, name)?.name === "alpha",
      );
      return alpha ? [...written, `${alpha.name}=1.0`] : written;
    }
    case "softmax":
      // PyTorch's guesses the axis where it isn't told, and warns.
      return spelling.parameters.some(({ name, default: usual }) => name === "dim" && usual === undefined)
        ? [...written, "dim=-1"]
        : written;
    default:
      return written;
  }
}

/** Names that every version of a framework has, where the catalogue's first is a newer one. */
function isOlder(spelling: Spelling, unit: Unit): boolean {
  if (spelling.framework === "keras") return spelling.symbol.endsWith(swishWord(unit.text));
  if (spelling.framework === "tensorflow")
    return isFirstKeras(unit.text) && spelling.symbol.endsWith(".swish");
  return spelling.framework === "mxnet" && spelling.symbol.endsWith(".Swish");
}

/** The layer, function or string of a framework that says the target; beside a symbol of a module one of the same. */
export function spellingFor(
  target: Target,
  framework: FrameworkId,
  form: Form,
  unit: Unit,
  beside?: string,
): Spelling | undefined {
  // It came to TensorFlow with 2.4.
  if (framework === "tensorflow" && target.id === "gelu" && isFirstKeras(unit.text)) return undefined;
  const isInPlace = beside?.endsWith("_") === true;
  const module = beside?.slice(0, beside.lastIndexOf(".") + 1) ?? "";
  const candidates = spellingsOf(target.id, framework, form).filter(
    ({ symbol }) => !symbol.startsWith("torch.ao."),
  );
  const same = candidates.filter(
    ({ symbol }) => module !== "" && symbol.startsWith(module) && !symbol.slice(module.length).includes("."),
  );
  const ranked = [...same, ...candidates];
  const suits = ranked.filter(({ symbol }) => symbol.endsWith("_") === isInPlace);
  if (suits.length > 0) return best(suits, same.length > 0, unit);
  // Without a form with an underscore the function may take `inplace=True`.
  return isInPlace ? ranked.find(({ parameters }) => parameters.some(isInPlaceFlag)) : undefined;
}

const best = (list: readonly Spelling[], isBeside: boolean, unit: Unit): Spelling | undefined => {
  const [first] = list;
  const module = first?.symbol.slice(0, first.symbol.lastIndexOf("."));
  const older = list.find(
    (one) => isOlder(one, unit) && (!isBeside || one.symbol.slice(0, one.symbol.lastIndexOf(".")) === module),
  );
  return older ?? first;
};

export const isInPlaceFlag = ({ name }: { readonly name?: string }): boolean => name === "inplace";
