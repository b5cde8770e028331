/** Everything that is known of libraries, as the interpreter asks for it. */
import { meantBy } from "../../detect/meaning.ts";
import { frameworkOf } from "../../frameworks/index.ts";
import type { Call, Expression } from "../../syntax/tree.ts";
import type { Interpreter } from "../interpreter/interpreter.ts";
import type { Library } from "../interpreter/library.ts";
import { parserMethod } from "../interpreter/standard.ts";
import { fresh, tensor } from "../interpreter/tensors.ts";
import {
  type Arguments,
  constant,
  isNone,
  type Module,
  NONE,
  type SymbolValue,
  stringIn,
  UNKNOWN,
  type Value,
} from "../interpreter/values.ts";
import { activate } from "./activate.ts";
import { added, applyLayer, applyModule, asTensor, firstInput } from "./apply.ts";
import { contribCall, contribLayer } from "./contrib.ts";
import { arithmeticOn, dataCall, elementOf, scaledBy } from "./data.ts";
import { drawnByInitialiser, drawnNumbers, redrawn } from "./drawn.ts";
import { drawnBy, isRandom } from "./drawnData.ts";
import { isFamily, isModel, parametersOf } from "./family.ts";
import { adopt, flaxMethod, isOfFlax, meetsOwnWeights, modeOf, OWN_WEIGHTS_GAP } from "./flax.ts";
import { training } from "./graphLosses.ts";
import { construct, invokeInstance, isInside, isSymbolic, keepArguments } from "./instances.ts";
import { generalLayer, jaxCall, lifted, scanned, transformedMethod } from "./jax.ts";
import { graphOf, inputTensor, modelAttribute, modelMethod } from "./keras.ts";
import { isInstance } from "./kinds.ts";
import { fill, makeModule } from "./make.ts";
import { withOwnWeights } from "./ownOperators.ts";
import { packageCall } from "./packages.ts";
import { fittedBy, perceptron, perceptronMethod } from "./sklearn.ts";
import { stack } from "./stacks.ts";
import { sizesMethod, tensorflowCall } from "./tensorflow.ts";
import { tensorAttribute, tensorMethod } from "./tensorMethods.ts";
import { byName, tfjsCall, tfjsDataMethod } from "./tfjs.ts";
import { moduleAttribute, moduleMethod, parameterAttribute, parameterMethod } from "./torch.ts";
import { initCall } from "./torchInit.ts";
import { operation, unknownCall, unknownMethod } from "./unknowns.ts";

/** Names that functions which are tried without a caller give to what a parser has read. */
const OPTIONS = /^(?:args?|opts?|options|flags|FLAGS|hparams|config|cfg|conf|params)$/;

export const library: Library = {
  call,
  method,
  attribute,
  apply,
  invoke: invokeInstance,
  construct,
  operate,
  items,
  element: elementOf,
  isInstance,
  takesFields(_definition, bases, decorators) {
    const isDataclass = decorators.some((one) => {
      const symbol = one.type === "symbol" || one.type === "object" ? one.symbol : "";
      return /(?:^|\.)(?:dataclass|attrs|define|s)$/.test(symbol);
    });
    return (
      isDataclass ||
      bases.some(
        (base) =>
          base.type === "symbol" &&
          /(?:^|\.)(?:NamedTuple|BaseModel|TypedDict)$|^(?:flax\.linen|equinox)\.Module$/.test(base.symbol),
      )
    );
  },
  decorated: lifted,
  made(instance, run) {
    if (isOfFlax(instance)) adopt(instance, instance.of.definition.name, run);
    run.memory.push(run.made, instance);
  },
  parameter(name, run) {
    if (OPTIONS.test(name) && run.namespace) return run.namespace;
    return (run.isTracing && modeOf(name)) || UNKNOWN;
  },
};

function call(callee: SymbolValue, written: Arguments, node: Call, run: Interpreter): Value | undefined {
  const { symbol } = callee;
  const given = byName(symbol, written);
  const known =
    tensorflowCall(symbol, given, node, run) ??
    contribCall(symbol, given, run) ??
    jaxCall(symbol, given, node, run) ??
    scanned(symbol, given, node, run) ??
    perceptron(symbol, given, node, run) ??
    stack(symbol, given, node, run) ??
    tfjsCall(symbol, given, node, run);
  if (known) return known;
  fittedBy(symbol, given, node, run);
  const layer = generalLayer(symbol, given);
  if (layer) {
    if (layer.isFunction) {
      const contrib = contribLayer(layer, given, node, run);
      if (contrib) return contrib;
      const made = makeModule({ layer, given, node });
      return applyLayer(made, layer, firstInput(given) ?? UNKNOWN, node, run);
    }
    if (layer.role === "input" && !/InputLayer$/.test(symbol)) return inputTensor(layer, given, run);
    const graph = layer.role === "model" ? graphOf(given) : undefined;
    const made = makeModule({ layer, given, node, graph });
    run.work += 1;
    if (layer.role === "sequential" || layer.role === "module-list" || layer.role === "module-dict")
      fill(made, given, run);
    if (layer.role === "sequential" || layer.role === "model") {
      run.memory.push(run.made, made);
      const maker = run.frames.findLast(({ self }) => self?.type === "instance" && isModel(self))?.self;
      if (maker) run.memory.set(run.makers, made, maker);
    }
    const [wrapped] = given.positional;
    if (/DataParallel$/.test(symbol) && wrapped) return wrapped;
    if (layer.framework === "flax") return adopt(made, symbol.slice(symbol.lastIndexOf(".") + 1), run);
    return made;
  }
  if (
    /^keras\.(?:backend\.int_shape|ops\.shape|backend\.shape)$/.test(symbol) &&
    given.positional[0]?.type === "tensor"
  )
    return tensorAttribute(given.positional[0], "shape");
  // What Keras assumes unless it is configured otherwise.
  if (/^keras\..*\bimage_data_format$/.test(symbol)) return constant("channels_last");
  const data = drawnNumbers(symbol, given, node, dataCall(symbol, given, node));
  // A network that draws numbers itself, as a variational autoencoder does, has inputs that differ each time.
  if (data && run.isTracing && isRandom(symbol))
    run.gap(node, "numbers drawn at random inside a network are not estimated");
  if (data) return data;
  const built = packageCall(symbol, given, node, run);
  if (built) return built;
  const drawn = initCall(symbol, given, node, run);
  if (drawn) return drawn;
  const spelling = meantBy(symbol, given.written);
  if (spelling) {
    // `nn.ReLU()` is a site; in `act()` the site is where the class was named.
    const site = callee.node && callee.node !== node.callee ? callee.node : node;
    if (spelling.form === "layer") return makeModule({ activation: spelling, given, node, site });
    return activate(asTensor(firstInput(given)), spelling, site, run);
  }
  if (/^(?:torch|tensorflow|jax|keras|numpy|flax|haiku|equinox|einops)\b/.test(symbol))
    return operation(symbol, given, node, run);
  return undefined;
}

function method(
  receiver: Value,
  name: string,
  given: Arguments,
  node: Call,
  run: Interpreter,
): Value | undefined {
  // torchvision's `ResNet18_Weights.verify(weights)`: no weights are no weights.
  if (name === "verify" && isNone(given.positional[0])) return NONE;
  switch (receiver.type) {
    case "tensor":
      return (
        (run.unit.language === "javascript" ? tfjsDataMethod(receiver, name, given, node) : undefined) ??
        tensorMethod(receiver, name, given, node, run) ??
        unknownMethod(receiver, name, node, run)
      );
    case "parameter":
      return parameterMethod(receiver, name, given, node, run);
    case "module":
    case "instance":
    case "super": {
      const target = receiver.type === "super" ? receiver.instance : receiver;
      if (
        receiver.type === "super" &&
        /^(?:forward|call|__call__)$/.test(name) &&
        target.type === "instance" &&
        target.base
      )
        return applyModule(target.base, given, node, run);
      if (receiver.type === "super") return undefined;
      const used =
        flaxMethod(target, name, given, node, run) ?? perceptronMethod(target, name, given, node, run);
      if (used) return used;
      if (name === "save_hyperparameters" && target.type === "instance" && isFamily(target))
        return keepArguments(target, node, run);
      const isKeras =
        target.type === "module"
          ? target.layer?.framework !== "pytorch"
          : target.of.foreignBases.some((base) => base.startsWith("keras."));
      const own = isKeras ? modelMethod(target, name, given, node, run) : undefined;
      if (own) return own;
      return isFamily(target) ? moduleMethod(target, name, given, node, run) : undefined;
    }
    case "object":
      return objectMethod(receiver, name, given, node, run);
    case "parameters":
      return UNKNOWN;
    case "list":
      return sizesMethod(receiver, name);
    case "class":
      // A TrainState of the file's own, with statistics beside the weights.
      if (name === "create" && receiver.foreignBases.some((base) => /TrainState$/.test(base))) {
        run.objects.push({ type: "object", symbol: "TrainState.create", given, node, attributes: new Map() });
        return UNKNOWN;
      }
      return undefined;
  }
  return name === "()" ? unknownCall(receiver, given, node, run) : undefined;
}

/** A call of a layer or container; in the code around the networks a container is only used, not traced. */
function apply(module: Module, given: Arguments, node: Call, run: Interpreter): Value {
  const isWhole =
    module.layer?.role === "sequential" || (module.layer?.role === "model" && module.graph !== undefined);
  if (!isWhole || isInside(run) || isSymbolic(given)) return applyModule(module, given, node, run);
  run.uses.push({ network: module, method: "()", given, node });
  return tensor();
}

function objectMethod(
  receiver: Value & { type: "object" },
  name: string,
  given: Arguments,
  node: Call,
  run: Interpreter,
): Value | undefined {
  if (receiver.symbol === "argparse.ArgumentParser") return parserMethod(receiver, name, given, node, run);
  if (/(?:^|\.)(?:default_rng|RandomState)$/.test(receiver.symbol)) return drawnBy(name, given, node);
  const trained = training(receiver, name, given, node, run);
  if (trained) return trained;
  if (name === "()") {
    const drawn = drawnByInitialiser(receiver, given, node, run);
    if (drawn) return drawn;
  }
  const transformed = transformedMethod(receiver, name, given, node, run);
  if (transformed) return transformed;
  const fitted = perceptronMethod(receiver, name, given, node, run);
  if (fitted) return fitted;
  const scaled = scaledBy(receiver, name === "()" ? "__call__" : name, given, node);
  if (scaled) return scaled;
  if (name === "[]") {
    const key = stringIn(given.positional[0]);
    return key === undefined ? UNKNOWN : (receiver.attributes.get(key) ?? UNKNOWN);
  }
  if (
    receiver.symbol === "torch.utils.data.TensorDataset" &&
    /^(?:shuffle|batch|cache|prefetch|repeat|take|skip)$/.test(name)
  )
    return receiver;
  if (name === "()") return unknownCall(receiver, given, node, run);
  // Losses and clipping by name are looked up among the objects.
  if (receiver.symbol === "flax.variables" && (name === "pop" || name === "get"))
    return receiver.attributes.get(stringIn(given.positional[0]) ?? "") ?? UNKNOWN;
  if (receiver.symbol === "flax.param") return receiver;
  if (receiver.symbol.startsWith("optax.") && name === "init")
    run.objects.push({
      type: "object",
      symbol: "optax.init",
      given: { ...given, positional: [receiver, ...given.positional] },
      node,
      attributes: new Map(),
    });
  if (frameworkOf(receiver.symbol))
    run.objects.push({
      type: "object",
      symbol: `${receiver.symbol}.${name}`,
      given,
      node,
      attributes: new Map(),
    });
  return undefined;
}

function attribute(receiver: Value, name: string, _node: Expression, run: Interpreter): Value | undefined {
  switch (receiver.type) {
    case "tensor":
      return tensorAttribute(receiver, name);
    case "parameter":
      return parameterAttribute(receiver, name, run);
    case "module":
      return modelAttribute(receiver, name) ?? moduleAttribute(receiver, name, run);
    case "instance":
      if (name === "__class__") return receiver.of;
      if (receiver.base)
        return (
          receiver.base.children.get(name) ??
          (isModel(receiver) && name === "training" ? constant(true) : undefined)
        );
      return isModel(receiver) ? moduleAttribute(receiver, name, run) : undefined;
    case "constant":
      // A size of TensorFlow 1: `x.get_shape()[1].value`.
      return name === "value" && typeof receiver.value === "number" ? receiver : undefined;
    case "class":
      return name === "__name__" ? constant(receiver.definition.name) : undefined;
    case "object":
      if (receiver.symbol === "flax.param") return receiver;
      if (receiver.symbol.startsWith("torchvision.datasets.") && (name === "data" || name === "targets"))
        return name === "data"
          ? tensor(undefined, fresh([], { kind: "image", scale: "raw" }))
          : tensor(undefined, fresh([], { kind: undefined, scale: "raw" }));
      return undefined;
    default:
      return undefined;
  }
}

/** `labels * tf.log(predicted)` in a graph that is written down: it is no data any more. */
function isOfGraph(left: Value, right: Value, run: Interpreter): boolean {
  if (left.type !== "tensor" || right.type !== "tensor" || isInside(run)) return false;
  return [left, right].some(({ state }) => !state.data && (state.layer || state.from.length > 0));
}

function operate(operator: string, left: Value, right: Value, node: Expression, run: Interpreter): Value {
  if (meetsOwnWeights([left, right])) {
    run.gap(node, OWN_WEIGHTS_GAP);
    return tensor(undefined, fresh());
  }
  const own = withOwnWeights(operator, left, right, node, run);
  if (own) return own;
  const onData = isOfGraph(left, right, run) ? undefined : arithmeticOn(operator, left, right, node);
  if (onData) return redrawn(onData, operator, left, right);
  if (left.type === "tensor" && right.type === "tensor") {
    if (operator === "+" || operator === "-") return added([left, right], run);
    return tensor(
      operator === "*" || operator === "/" ? (left.shape ?? right.shape) : undefined,
      fresh([left, right]),
    );
  }
  const one = left.type === "tensor" ? left : right.type === "tensor" ? right : undefined;
  if (!one) return UNKNOWN;
  if (operator === "@") return tensor(undefined, fresh([one]));
  // `inputs / 255` is no longer what the model is shown.
  return one.state.isInput ? tensor(one.shape, fresh([one])) : one;
}

function items(value: Value): readonly Value[] | undefined {
  switch (value.type) {
    case "list":
      return value.items;
    case "dict":
      return [...value.entries.keys()].map((key) => constant(key));
    case "module":
      if (value.layer?.role === "module-dict") return [...value.children.keys()].map((key) => constant(key));
      return value.layer && /^(?:sequential|module-list)$/.test(value.layer.role) && value.complete
        ? [...value.children.values()]
        : undefined;
    case "instance":
      return value.base?.complete ? [...value.base.children.values()] : undefined;
    case "parameters":
      return value.owners.flatMap((owner) => (isFamily(owner) ? parametersOf(owner) : []));
    default:
      return undefined;
  }
}
