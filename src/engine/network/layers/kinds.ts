/** `isinstance(m, nn.Conv2d)`: what modules, tensors and the rest are instances of. */
import { frameworkOf } from "../../frameworks/index.ts";
import type { Value } from "../interpreter/values.ts";
import { isModel } from "./family.ts";

/** Classes that stand for several layers, as code asks for them. */
const KINDS: Readonly<Record<string, RegExp>> = {
  _ConvNd: /^conv$|^transposed-conv$/,
  _BatchNorm: /^batch-norm$/,
  _NormBase: /^(?:batch|instance)-norm$/,
  _ConvTransposeNd: /^transposed-conv$/,
};

export function isInstance(value: Value, symbol: string): boolean | undefined {
  const name = symbol.slice(symbol.lastIndexOf(".") + 1);
  switch (value.type) {
    case "unknown":
    case "object":
    case "method":
      return undefined;
    case "tensor":
      return /(?:^|\.)(?:Tensor|ndarray|Array)$/.test(symbol)
        ? true
        : symbol.startsWith("torch.nn")
          ? false
          : undefined;
    case "parameter":
      return /Parameter$|Tensor$/.test(symbol);
    case "list":
      return /(?:Iterable|Sequence|List|Tuple|Collection)$/.test(name);
    case "constant":
      return /(?:^|\.)(?:Number|Integral|Real)$/.test(symbol) ? typeof value.value === "number" : false;
    case "module": {
      const own = value.layer?.symbol ?? value.activation?.symbol;
      if (
        own === symbol ||
        (own !== undefined && own.replace(/^.*\./, "") === name && frameworkOf(own) === frameworkOf(symbol))
      )
        return true;
      if (/(?:^|\.)(?:Module|Layer)$/.test(symbol)) return true;
      const kind = KINDS[name];
      return kind ? kind.test(value.layer?.role ?? "") : false;
    }
    case "instance": {
      const bases = value.of.foreignBases;
      if (bases.includes(symbol)) return true;
      if (/(?:^|\.)(?:Module|Layer)$/.test(symbol)) return isModel(value);
      return value.base ? isInstance(value.base, symbol) : false;
    }
    default:
      return false;
  }
}
