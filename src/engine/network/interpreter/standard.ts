/** Python's standard library and what is used like it: argument parsers, partial functions, mathematics. */
import type { Call } from "../../syntax/tree.ts";
import { dictOf } from "./builtins.ts";
import type { Interpreter } from "./interpreter.ts";
import {
  type Arguments,
  given as argument,
  constant,
  list,
  NONE,
  numberIn,
  type ObjectValue,
  stringIn,
  UNKNOWN,
  type Value,
} from "./values.ts";

type Standard = (given: Arguments, node: Call, run: Interpreter) => Value | undefined;

export function callStandard(
  symbol: string,
  given: Arguments,
  node: Call,
  run: Interpreter,
): Value | undefined {
  const known = Object.hasOwn(FUNCTIONS, symbol) ? FUNCTIONS[symbol] : undefined;
  if (known) return known(given, node, run);
  const number = /^(?:math|numpy|jax\.numpy|tensorflow(?:\.math)?)\.(\w+)$/.exec(symbol)?.[1];
  const numeric =
    number !== undefined && Object.hasOwn(MATHEMATICS, number) ? MATHEMATICS[number] : undefined;
  if (!numeric) return undefined;
  const numbers = given.positional.map(numberIn);
  return numbers.length === 0 || numbers.includes(undefined)
    ? undefined
    : constant(numeric(...(numbers as number[])));
}

const MATHEMATICS: Readonly<Record<string, (...numbers: number[]) => number>> = {
  sqrt: Math.sqrt,
  floor: Math.floor,
  ceil: Math.ceil,
  log: (value, base) =>
    base === undefined ? Math.log(value as number) : Math.log(value as number) / Math.log(base),
  log2: Math.log2,
  log10: Math.log10,
  exp: Math.exp,
  pow: (value, power) => (value as number) ** (power as number),
  prod: (...values) => values.reduce((a, b) => a * b, 1),
  gcd: (a, b) => gcd(a as number, b as number),
};

const gcd = (a: number, b: number): number => (b === 0 ? a : gcd(b, a % b));

const product: Standard = ({ positional: [first] }, _node, run) => {
  const items = first && run.library.items(first, run)?.map(numberIn);
  return items && !items.includes(undefined)
    ? constant((items as number[]).reduce((a, b) => a * b, 1))
    : numberIn(first) === undefined
      ? UNKNOWN
      : first;
};

const namespace = (attributes: Map<string, Value>, given: Arguments, node: Call): ObjectValue => ({
  type: "object",
  symbol: "argparse.Namespace",
  given,
  node,
  attributes,
});

const configDict: Standard = (given, node, run) => {
  const attributes = new Map<string, Value>();
  for (const [key, value] of dictOf(given.positional[0], given.named, true, run).entries)
    attributes.set(String(key), value);
  return namespace(attributes, given, node);
};

const chained: Standard = ({ positional }, _node, run) => {
  if (positional.some(({ type }) => type === "parameters"))
    return {
      type: "parameters",
      owners: positional.flatMap((value) => (value.type === "parameters" ? value.owners : [])),
    };
  const lists = positional.map((value) => run.library.items(value, run));
  return lists.every((items) => items)
    ? list(lists.flatMap((items) => items ?? []))
    : list([], "list", false);
};

/** Lists and dictionaries anew; layers stay who they are, which is as good for what is read of them. */
function copied(value: Value, run: Interpreter): Value {
  run.step();
  if (value.type === "list")
    return list(
      value.items.map((item) => copied(item, run)),
      value.form,
      value.complete,
    );
  if (value.type !== "dict") return value;
  const entries = new Map([...value.entries].map(([key, item]) => [key, copied(item, run)] as const));
  return { type: "dict", entries, complete: value.complete };
}

const flag: Standard = ({ positional: [name, usual] }, _node, run) => {
  const key = stringIn(name);
  if (key !== undefined && usual) run.memory.set(run.flags, key, usual);
  return NONE;
};

/** `app.run(main)`; without an argument it is the file's `main`, which is tried as every function that nobody calls. */
const runMain: Standard = ({ positional: [first], named }, node, run) => {
  const main = first ?? named.get("main");
  return main
    ? run.call(main, { positional: [UNKNOWN], named: new Map(), complete: true, written: [] }, node)
    : UNKNOWN;
};

const FUNCTIONS: Readonly<Record<string, Standard>> = {
  "functools.partial": ({ positional: [callee, ...rest], named, complete, written }) =>
    callee
      ? { type: "partial", callee, given: { positional: rest, named, complete, written: written.slice(1) } }
      : UNKNOWN,
  "collections.OrderedDict": ({ positional: [first], named, complete }, _node, run) =>
    dictOf(first, named, complete, run),
  "collections.defaultdict": () => ({ type: "dict", entries: new Map(), complete: false }),
  "types.SimpleNamespace": ({ named, ...given }, node) =>
    namespace(new Map(named), { ...given, named }, node),
  "argparse.Namespace": ({ named, ...given }, node) => namespace(new Map(named), { ...given, named }, node),
  "ml_collections.ConfigDict": configDict,
  "easydict.EasyDict": configDict,
  "omegaconf.OmegaConf.create": configDict,
  "copy.deepcopy": ({ positional: [first] }, _node, run) => first && copied(first, run),
  "copy.copy": ({ positional: [first] }, _node, run) => first && copied(first, run),
  "itertools.chain": chained,
  "math.prod": product,
  "numpy.prod": product,
  "operator.mul": ({ positional: [a, b] }) => {
    const left = numberIn(a);
    const right = numberIn(b);
    return left === undefined || right === undefined ? UNKNOWN : constant(left * right);
  },
  ...Object.fromEntries(
    ["absl.flags", "tensorflow.app.flags", "tensorflow.flags"].flatMap((where) =>
      ["integer", "float", "string", "boolean", "bool"].map((kind) => [`${where}.DEFINE_${kind}`, flag]),
    ),
  ),
  "absl.app.run": runMain,
  "tensorflow.app.run": runMain,
  "typing.cast": ({ positional: [, value] }) => value,
};

/** `parser.add_argument("--lr", type=float, default=0.1)`; `parser.parse_args()` gives what was declared. */
export function parserMethod(
  parser: ObjectValue,
  name: string,
  given: Arguments,
  node: Call,
  run: Interpreter,
): Value | undefined {
  switch (name) {
    case "add_argument": {
      const names = given.positional.flatMap((value) => stringIn(value) ?? []);
      const long = names.find((option) => option.startsWith("--")) ?? names[0];
      const key = stringIn(argument(given, "dest")) ?? long?.replace(/^-+/, "").replaceAll("-", "_");
      if (key !== undefined) run.memory.set(parser.attributes, key, declared(given));
      return NONE;
    }
    case "add_argument_group":
    case "add_mutually_exclusive_group":
      return parser;
    case "set_defaults":
      for (const [key, value] of given.named) run.memory.set(parser.attributes, key, value);
      return NONE;
    case "parse_args":
    case "parse_known_args":
    case "parse_args_into_dataclasses": {
      const made = namespace(new Map(parser.attributes), given, node);
      run.namespace ??= made;
      return name === "parse_args" ? made : list([made, UNKNOWN], "tuple");
    }
    default:
      return undefined;
  }
}

function declared(given: Arguments): Value {
  const usual = argument(given, "default");
  if (usual) {
    const text = stringIn(usual);
    const type = argument(given, "type");
    const isNumber = type?.type === "symbol" && /^builtins\.(?:int|float)$/.test(type.symbol);
    return text !== undefined && isNumber && text.trim() !== "" && !Number.isNaN(Number(text))
      ? constant(Number(text))
      : usual;
  }
  switch (stringIn(argument(given, "action"))) {
    case "store_true":
      return constant(false);
    case "store_false":
      return constant(true);
    default:
      return UNKNOWN;
  }
}
