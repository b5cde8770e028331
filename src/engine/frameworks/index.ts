/** All frameworks together: which symbol is whose, and which activation it is. */
import { activations } from "../activations/index.ts";
import { parseSignature, type Signature } from "../activations/signature.ts";
import { lazy } from "../lazy.ts";
import type { Activation, FrameworkId, FrameworkNames, OptimiserKind } from "../model.ts";
import { allennlp } from "./allennlp.ts";
import { caffe } from "./caffe.ts";
import { flax } from "./flax.ts";
import type { Framework, LayerRole } from "./framework.ts";
import { equinox, haiku, jax } from "./jax.ts";
import { keras } from "./keras.ts";
import { mmcv } from "./mmcv.ts";
import { mxnet } from "./mxnet.ts";
import { paddle } from "./paddle.ts";
import { pytorch } from "./pytorch.ts";
import { sklearn } from "./sklearn.ts";
import { tensorflow } from "./tensorflow.ts";
import { tfjs } from "./tfjs.ts";

/** In the order of precedence: tf.keras is Keras before it is TensorFlow. */
export const frameworks: readonly Framework[] = [
  pytorch,
  keras,
  tensorflow,
  flax,
  jax,
  haiku,
  equinox,
  mxnet,
  paddle,
  sklearn,
  mmcv,
  caffe,
  allennlp,
  tfjs,
];

export type Form = "layer" | "function" | "method" | "string";

/** One way of writing one activation in one framework. */
export interface Spelling extends Signature {
  readonly activation: Activation;
  readonly framework: FrameworkId;
  readonly form: Form;
}

const FORMS: readonly (readonly [Form, keyof FrameworkNames])[] = [
  ["layer", "layers"],
  ["function", "functions"],
  ["method", "methods"],
  ["string", "strings"],
];

const allSpellings = lazy((): readonly Spelling[] =>
  activations.flatMap((activation) =>
    Object.entries(activation.names).flatMap(([framework, names]) =>
      FORMS.flatMap(([form, list]) =>
        (names[list] ?? []).map((text) => ({
          ...parseSignature(text),
          activation,
          framework: framework as FrameworkId,
          form,
        })),
      ),
    ),
  ),
);

const spellings = lazy(() => {
  const bySymbol = new Map<string, Spelling[]>();
  const byWord = new Map<string, Spelling>();
  for (const spelling of allSpellings()) {
    const { framework, form, symbol } = spelling;
    if (form === "method" || form === "string") {
      const key = `${framework} ${form} ${symbol}`;
      if (!byWord.has(key)) byWord.set(key, spelling);
    } else bySymbol.set(symbol, [...(bySymbol.get(symbol) ?? []), spelling]);
  }
  return { bySymbol, byWord };
});

/** The layers and functions with that canonical name; several where an argument decides (`gelu`, `gelu_tanh`). */
export const spellingsNamed = (symbol: string): readonly Spelling[] => spellings().bySymbol.get(symbol) ?? [];

/** What a string or a tensor's method of that name means in a framework. */
export const wordOf = (
  framework: FrameworkId,
  form: "method" | "string",
  word: string,
): Spelling | undefined => spellings().byWord.get(`${framework} ${form} ${word}`);

/** How an activation is written in a framework in one form; the usual way first. */
export const spellingsOf = (activation: string, framework: FrameworkId, form: Form): readonly Spelling[] =>
  allSpellings().filter(
    (spelling) =>
      spelling.activation.id === activation && spelling.framework === framework && spelling.form === form,
  );

/** Whose name it is. */
export const frameworkOf = (symbol: string): Framework | undefined => claimOf(symbol).framework;

/** The catalogue's spelling of a qualified name; the name itself where no framework claims it. */
export const canonicalSymbol = (symbol: string): string => claimOf(symbol).canonical;

interface Claim {
  readonly framework?: Framework;
  readonly canonical: string;
}

/** Names that are remembered; a file has some hundred. */
const REMEMBERED = 5000;
const claims = new Map<string, Claim>();

/** The same few names are asked for again and again: a tenth of an analysis went into their patterns. */
function claimOf(symbol: string): Claim {
  const known = claims.get(symbol);
  if (known) return known;
  if (claims.size >= REMEMBERED) claims.clear();
  const claim = claimed(symbol);
  claims.set(symbol, claim);
  return claim;
}

function claimed(symbol: string): Claim {
  for (const framework of frameworks) {
    const canonical = framework.canonical(symbol);
    if (canonical !== undefined) return { framework, canonical };
  }
  return { canonical: symbol };
}

/** Every module that a known symbol hangs below: `torch`, `torch.nn`. */
const modules = lazy(() => {
  const above = new Set<string>();
  const symbols = frameworks.flatMap(({ activationArguments }) => Object.keys(activationArguments));
  for (const symbol of [...spellings().bySymbol.keys(), ...symbols]) {
    let end = symbol.lastIndexOf(".");
    // What lies above a module that is known already is known too.
    while (end > 0 && !above.has(symbol.slice(0, end))) {
      above.add(symbol.slice(0, end));
      end = symbol.lastIndexOf(".", end - 1);
    }
  }
  return above;
});

/** Whether a canonical name is a symbol that is described here, or only one below a framework's name. */
export function knowledgeOf(symbol: string): "symbol" | "framework" | undefined {
  const framework = frameworkOf(symbol);
  if (!framework) return undefined;
  const isDescribed =
    spellings().bySymbol.has(symbol) ||
    layers().has(symbol) ||
    optimisers().has(symbol) ||
    modules().has(symbol) ||
    Object.hasOwn(framework.activationArguments, symbol);
  return isDescribed ? "symbol" : "framework";
}

/** Modules that frameworks pass to functions of the user, by function and parameter. */
export const PASSED_MODULES: Readonly<Record<string, Readonly<Record<string, string>>>> = Object.assign(
  {},
  ...frameworks.map(({ passedModules }) => passedModules),
);

/** What people call modules of Python, for files whose imports are elsewhere (or not typed yet). */
export const PYTHON_CONVENTIONS = {
  torch: "torch",
  nn: "torch.nn",
  F: "torch.nn.functional",
  tf: "tensorflow",
  keras: "keras",
  layers: "keras.layers",
  jax: "jax",
  jnp: "jax.numpy",
};

/** Layers by which alone a network can be told: those that have units. */
const WITH_UNITS: ReadonlySet<LayerRole> = new Set<LayerRole>([
  "dense",
  "conv",
  "transposed-conv",
  "depthwise-conv",
  "separable-conv",
  "conv-norm-activation",
  "mlp",
]);

/** Every name by which a text may tell of an activation or of a layer with units, with the framework that has it. */
export const tellingSymbols = (): readonly { readonly symbol: string; readonly framework: FrameworkId }[] => [
  ...allSpellings().filter(({ form }) => form !== "string"),
  ...frameworks.flatMap(({ id: framework, unwritten }) =>
    Object.keys(unwritten ?? {}).map((symbol) => ({ symbol, framework })),
  ),
  ...[...layers().values()].filter(({ role }) => WITH_UNITS.has(role)),
];

/** Every string that means an activation to some framework. */
export const tellingWords = (): readonly string[] =>
  allSpellings().flatMap(({ form, symbol }) => (form === "string" ? [symbol] : []));

/** The methods of tensors that are activations. */
export const methodsOf = (framework: FrameworkId): readonly string[] =>
  allSpellings()
    .filter((spelling) => spelling.form === "method" && spelling.framework === framework)
    .map(({ symbol }) => symbol);

export interface LayerSpelling extends Signature {
  readonly role: LayerRole;
  readonly framework: FrameworkId;
  /** A function that is given its input as the first argument. */
  readonly isFunction: boolean;
}

export interface OptimiserSpelling extends Signature {
  readonly optimiser: OptimiserKind;
  readonly framework: FrameworkId;
}

const layers = lazy(() => {
  const found = new Map<string, LayerSpelling>();
  for (const { id: framework, layers, functions = {} } of frameworks) {
    for (const [isFunction, list] of [[false, layers] as const, [true, functions] as const]) {
      for (const [role, signatures] of Object.entries(list)) {
        for (const text of signatures) {
          const signature = parseSignature(text);
          found.set(signature.symbol, { ...signature, role: role as LayerRole, framework, isFunction });
        }
      }
    }
  }
  return found;
});

const optimisers = lazy(() => {
  const found = new Map<string, OptimiserSpelling>();
  for (const { id: framework, optimisers } of frameworks) {
    for (const [text, optimiser] of Object.entries(optimisers)) {
      const signature = parseSignature(text);
      found.set(signature.symbol, { ...signature, optimiser, framework });
    }
  }
  return found;
});

const callMethods = lazy(
  () => new Map(frameworks.flatMap(({ modules: bases }) => Object.entries(bases ?? {}))),
);

/** The method that a call of an instance runs, where a class is derived from that symbol. */
export const callMethodOf = (base: string): string | undefined => callMethods().get(base);

export const frameworkById = (id: FrameworkId): Framework | undefined =>
  frameworks.find((framework) => framework.id === id);

export const layerOf = (symbol: string): LayerSpelling | undefined => layers().get(symbol);
export const optimiserOf = (symbol: string): OptimiserSpelling | undefined => optimisers().get(symbol);
