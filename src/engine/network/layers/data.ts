/** Data on its way into a network: sets that are loaded or made, and what brings them to a scale. */
import type { InputScale } from "../../model.ts";
import type { Call, Expression } from "../../syntax/tree.ts";
import { type DataFacts, fresh, type Shape, type Tensor, tensor } from "../interpreter/tensors.ts";
import {
  type Arguments,
  list,
  numberIn,
  type ObjectValue,
  stringIn,
  UNKNOWN,
  type Value,
} from "../interpreter/values.ts";
import { firstInput } from "./apply.ts";
import { drawnData, shapeOf } from "./drawnData.ts";
import {
  generatedFeatures,
  generatedScale,
  generatedTargets,
  type Learnt,
  sklearnSetNamed,
} from "./sklearnData.ts";

/** Sets of images that Keras loads, with their sizes: https://keras.io/api/datasets/ */
const KERAS_IMAGES: Readonly<Record<string, Shape>> = {
  mnist: [60000, 28, 28],
  fashion_mnist: [60000, 28, 28],
  cifar10: [50000, 32, 32, 3],
  cifar100: [50000, 32, 32, 3],
};

const data = (facts: DataFacts, shape?: Shape): Tensor => tensor(shape, fresh([], facts));

const labels = (learnt: Learnt = {}): Tensor => data({ kind: undefined, scale: "raw", ...learnt });

const RAW_TABLE: DataFacts = { kind: "table", scale: "raw" };

/** Names of files and of arrays in them that hold pictures. */
const IMAGE_WORDS = /image|pixel|digit|mnist|cifar|face|photo/i;

/** Data of which a part is taken by name. */
export const partNamed = (whole: Tensor, key: string): Tensor =>
  whole.state.data && IMAGE_WORDS.test(key) ? data({ ...whole.state.data, kind: "image" }) : whole;

/** Pass their first argument on as it is. */
const PASSES =
  /^(?:torch\.(?:tensor|from_numpy|as_tensor|FloatTensor|Tensor|LongTensor|squeeze|unsqueeze)|numpy\.(?:array|asarray|ascontiguousarray|expand_dims|squeeze|reshape|float32|ravel|nan_to_num|moveaxis|transpose|stack|vstack|hstack|concatenate|column_stack|array_split)|jax\.numpy\.(?:array|asarray|float32|reshape|expand_dims)|jax\.device_put|tensorflow\.(?:constant|convert_to_tensor|cast|expand_dims|squeeze|data\.Dataset\.from_tensor_slices)|torch\.utils\.data\.(?:Subset|random_split)|pandas\.(?:DataFrame|get_dummies)|keras\.ops\.(?:cast|convert_to_tensor|expand_dims))$/;

const GENERATED = /^(?:sklearn\.datasets\.make_\w+)$/;

const FILES = /^(?:pandas\.read_\w+|numpy\.(?:load|loadtxt|genfromtxt|fromfile)|scipy\.io\.loadmat)$/;
const BLANK =
  /^(?:torch|numpy|jax\.numpy|tensorflow|keras\.ops)\.(?:zeros|ones|empty|full|arange|linspace|eye)(?:_like)?$/;

/** A call that makes or passes on data; undefined: none of these. */
export function dataCall(symbol: string, given: Arguments, node: Call): Value | undefined {
  const [first] = given.positional;
  const keras = /^keras\.datasets\.(\w+)\.load_data$/.exec(symbol)?.[1];
  if (keras !== undefined) {
    const shape = Object.hasOwn(KERAS_IMAGES, keras) ? KERAS_IMAGES[keras] : undefined;
    const set = () =>
      list([data({ kind: shape ? "image" : "table", scale: "raw" }, shape), labels()], "tuple");
    return list([set(), set()], "tuple");
  }
  const loader = /^sklearn\.datasets\.(\w+)$/.exec(symbol)?.[1];
  if (loader !== undefined && sklearnSetNamed(loader)) return sklearnSet(loader, given, node);
  if (GENERATED.test(symbol)) {
    const features = numberIn(given.named.get("n_features"));
    return list(
      [
        data({ kind: "table", scale: generatedScale(symbol, given) }, [
          undefined,
          features ?? generatedFeatures(symbol, given),
        ]),
        labels(generatedTargets(symbol, given)),
      ],
      "tuple",
    );
  }
  if (/train_test_split$/.test(symbol))
    return list(
      given.positional.flatMap((value) => [value, value]),
      "list",
    );
  const random = drawnData(symbol, given, node);
  if (random) return random;
  if (BLANK.test(symbol)) return data({ kind: undefined, scale: undefined }, shapeOf(given));
  if (FILES.test(symbol)) {
    const isImages = IMAGE_WORDS.test(stringIn(first) ?? "");
    return data(isImages ? { kind: "image", scale: "raw" } : RAW_TABLE);
  }
  if (
    symbol === "torch.utils.data.TensorDataset" ||
    symbol === "tensorflow.data.Dataset.from_tensor_slices"
  ) {
    const parts = first?.type === "list" ? first.items : given.positional;
    return {
      type: "object",
      symbol: "torch.utils.data.TensorDataset",
      given: { ...given, positional: parts },
      node,
      attributes: new Map(),
    };
  }
  if (symbol === "torch.nn.Parameter") return tensor(undefined, fresh());
  if (PASSES.test(symbol)) {
    const inner = first?.type === "list" ? first.items.find((item) => item.type === "tensor") : first;
    if (inner?.type !== "tensor") return undefined;
    // What is put together of several is no longer one of them.
    return /stack|concatenate/.test(symbol)
      ? tensor(undefined, inner.state.data ? fresh([], inner.state.data) : fresh([inner]))
      : inner;
  }
  return undefined;
}

function sklearnSet(name: string, given: Arguments, node: Call): Value {
  const named =
    name === "fetch_openml" ? stringIn(given.positional[0] ?? given.named.get("name")) : undefined;
  const [features, kind, learnt] = sklearnSetNamed(name, named) ?? [0, "table", {}];
  const scaled = given.named.get("scaled");
  // https://scikit-learn.org/stable/datasets/toy_dataset.html: mean 0, the squares of a column sum up to 1.
  const isScaled = name === "load_diabetes" && !(scaled?.type === "constant" && scaled.value === false);
  const scale: InputScale = isScaled ? "standardised" : name === "fetch_olivetti_faces" ? "unit" : "raw";
  const inputs = data({ kind, scale }, [undefined, features === 0 ? undefined : features]);
  const asPair = given.named.get("return_X_y");
  if (asPair?.type === "constant" && asPair.value === true) return list([inputs, labels(learnt)], "tuple");
  const attributes = new Map<string, Value>([
    ["data", inputs],
    ["target", labels(learnt)],
    ["images", data({ kind: "image", scale })],
  ]);
  return { type: "object", symbol: `sklearn.datasets.${name}`, given, node, attributes };
}

const SCALERS: Readonly<Record<string, InputScale>> = {
  StandardScaler: "standardised",
  RobustScaler: "standardised",
  PowerTransformer: "standardised",
  QuantileTransformer: "unit",
  MinMaxScaler: "unit",
  MaxAbsScaler: "unit",
  Normalizer: "unit",
  Normalization: "standardised",
};

/** `scaler.fit_transform(X)`, `make_pipeline(StandardScaler()).transform(X)`. */
export function scaledBy(
  scaler: ObjectValue,
  name: string,
  given: Arguments,
  node: Expression,
): Value | undefined {
  if (name !== "fit_transform" && name !== "transform" && name !== "__call__") return undefined;
  const scale = SCALERS[scaler.symbol.slice(scaler.symbol.lastIndexOf(".") + 1)];
  const input = firstInput(given);
  if (scale === undefined) return undefined;
  const kind = input?.type === "tensor" ? input.state.data?.kind : undefined;
  return data(
    { kind: kind ?? "table", scale, span: node },
    input?.type === "tensor" ? input.shape : undefined,
  );
}

/** What iterating over a loader or data set gives. */
export function elementOf(value: Value): Value | undefined {
  if (value.type === "list") return value.items[0];
  if (value.type === "tensor")
    return value.state.data ? tensor(value.shape?.slice(1), value.state) : undefined;
  if (value.type !== "object") return undefined;
  const [first] = value.given.positional;
  const name = value.symbol.slice(value.symbol.lastIndexOf(".") + 1);
  switch (name) {
    case "enumerate": {
      const inner = first && elementOf(first);
      return list([UNKNOWN, inner ?? UNKNOWN], "tuple");
    }
    case "zip":
      return list(
        value.given.positional.map((one) => elementOf(one) ?? UNKNOWN),
        "tuple",
      );
    case "TensorDataset":
      return list(
        value.given.positional.map((one) => (one.type === "tensor" ? batch(one) : one)),
        "tuple",
      );
    case "DataLoader":
    case "tqdm":
    case "trange":
    case "Subset":
    case "iter":
      return first ? elementOf(first) : (elementOf(value.given.named.get("dataset") ?? UNKNOWN) ?? undefined);
  }
  if (/^(?:torchvision\.datasets)\./.test(value.symbol)) return list([imageOf(value), UNKNOWN], "tuple");
  return undefined;
}

const batch = ({ shape, state }: Tensor): Tensor => tensor(shape && [undefined, ...shape.slice(1)], state);

const IMAGES: Readonly<Record<string, Shape>> = {
  MNIST: [undefined, 1, 28, 28],
  FashionMNIST: [undefined, 1, 28, 28],
  KMNIST: [undefined, 1, 28, 28],
  CIFAR10: [undefined, 3, 32, 32],
  CIFAR100: [undefined, 3, 32, 32],
};

/** An image of torchvision, as its transform leaves it. */
export function imageOf(set: ObjectValue): Tensor {
  const transform = set.given.named.get("transform");
  const name = set.symbol.slice(set.symbol.lastIndexOf(".") + 1);
  const facts = transform ? transformed(transform) : { scale: "raw" as const };
  const isResized = JSON.stringify(namesIn(transform)).match(/Resize|Crop|Lambda|flatten/i) !== null;
  return data({ kind: "image", ...facts }, isResized ? undefined : IMAGES[name]);
}

function namesIn(value: Value | undefined, depth = 0): readonly string[] {
  if (!value || depth > 4) return [];
  if (value.type === "object")
    return [value.symbol, ...value.given.positional.flatMap((one) => namesIn(one, depth + 1))];
  return value.type === "list"
    ? value.items.flatMap((one) => namesIn(one, depth + 1))
    : value.type === "function"
      ? ["Lambda"]
      : [];
}

/** The scale behind a transform: `Compose([ToTensor(), Normalize(...)])`. */
export function transformed(value: Value, depth = 0): Pick<DataFacts, "scale" | "span"> {
  if (value.type === "list") {
    let facts: Pick<DataFacts, "scale" | "span"> = { scale: undefined };
    for (const item of value.items) {
      const own = transformed(item, depth + 1);
      if (own.scale) facts = own;
    }
    return facts;
  }
  if (value.type !== "object" || depth > 6) return { scale: undefined };
  const name = value.symbol.slice(value.symbol.lastIndexOf(".") + 1);
  switch (name) {
    case "Normalize":
      return { scale: "standardised", span: value.node };
    case "ToTensor":
      return { scale: "unit", span: value.node };
    case "ToDtype":
    case "ConvertImageDtype": {
      const scale = value.given.named.get("scale");
      const isScaled = name === "ConvertImageDtype" || (scale?.type === "constant" && scale.value === true);
      return isScaled ? { scale: "unit", span: value.node } : { scale: undefined };
    }
    case "PILToTensor":
    case "ToImage":
      return { scale: "raw", span: value.node };
    case "Compose":
    case "Sequential": {
      const [first] = value.given.positional;
      return first ? transformed(first, depth + 1) : { scale: undefined };
    }
    default:
      return { scale: undefined };
  }
}

/**
 * Arithmetic on data by hand: `/ 255`, `(x - mean) / std`, `(x - min) / (max - min)`.
 *
 * @returns undefined where the left side is no data
 */
export function arithmeticOn(
  operator: string,
  left: Value,
  right: Value,
  node: Expression,
): Tensor | undefined {
  if (left.type !== "tensor") {
    const facts = right.type === "tensor" ? right.state.data : undefined;
    // `1.0 / 255 * x`, `range = x.max() - x.min()`.
    if (facts && right.type === "tensor")
      return operator === "*" && (numberIn(left) ?? 1) < 0.01 ? divided(right, facts, node) : right;
    return undefined;
  }
  const facts = left.state.data;
  if (!facts) return undefined;
  const other = right.type === "tensor" ? right.state.data : undefined;
  const number = numberIn(right);
  // What is put together of several draws has a scale of its own.
  if (other && !other.statistic && !facts.statistic && operator !== "/")
    return changed(left, { ...facts, scale: "raw", span: node });
  if (operator === "-" || (operator === "+" && number !== undefined && number < 0)) {
    if (facts.statistic) return left;
    // `x / 127.5 - 1`
    if (facts.scale === "unit" && number !== undefined)
      return changed(left, { ...facts, scale: "standardised", span: node });
    return changed(left, { ...facts, shifted: other?.statistic === "minimum" ? "minimum" : "mean" });
  }
  if (operator === "/" || (operator === "*" && number !== undefined && number < 0.1)) {
    if (facts.statistic) return left;
    if (facts.shifted) {
      const { shifted, ...rest } = facts;
      return changed(left, { ...rest, scale: shifted === "mean" ? "standardised" : "unit", span: node });
    }
    if (other?.statistic === "spread" && facts.scale === "raw")
      return changed(left, { ...facts, scale: "unit", span: node });
    if (
      facts.scale === "raw" &&
      ((number !== undefined && (operator === "/" ? number >= 16 : number > 0)) || right.type !== "constant")
    )
      return divided(left, facts, node);
    return left;
  }
  // A linear map of noise is data of its own scale; sums and products stay what they are.
  return left;
}

const divided = (target: Tensor, facts: DataFacts, span: Expression): Tensor =>
  changed(target, { ...facts, scale: "unit", span });
const changed = ({ shape }: Tensor, facts: DataFacts): Tensor => data(facts, shape);
