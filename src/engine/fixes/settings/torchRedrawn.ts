/** Weights that PyTorch code draws anew already: the call that does it is told what follows. */
import type { Layer, Span } from "../../model.ts";
import { argumentOf, type Call } from "../../syntax/tree.ts";
import type { Unit } from "../../units.ts";
import type { CodeIndex, Indexed } from "../codeIndex.ts";
import { replace } from "../edits.ts";
import { familyFor } from "../outcome.ts";
import { calleeName, type Edits, quoted, replacing, symbolOf, textOf } from "./call.ts";
import { referBeside } from "./referBeside.ts";

export function redrawn(span: Span, layer: Layer, unit: Unit, index: CodeIndex): Edits {
  const found = index.at(span);
  if (found?.node.type !== "call" || !found.node.closed) return undefined;
  const target = targetOf(found.node, unit);
  if (target === undefined) return undefined;
  const form = /uniform_?$/.test(calleeName(found.node)) ? "uniform_" : "normal_";
  const family = familyFor(layer);
  if (family === "glorot") return rewritten(found, `xavier_${form}`, target, unit);
  return rewritten(found, `kaiming_${form}`, `${target}, ${toldOf(layer, found.node, unit)}`, unit);
}

/** `nonlinearity="relu"`, or a slope: what `torch.nn.init.kaiming_*_` is told of the activation behind a layer. */
export function toldOf(layer: Layer, near: Span, unit: Unit): string {
  const word = (name: string): string => `nonlinearity=${quoted(name, near, unit)}`;
  if (familyFor(layer) === "lecun") return word("linear");
  const slope = layer.site?.activation === "leaky_relu" ? layer.site.parameters.negative_slope : undefined;
  return slope === undefined ? word("relu") : `a=${slope}, ${word("leaky_relu")}`;
}

/** The tensor that `nn.init.zeros_(w)` or `w.data.zero_()` fills, as it is written. */
export function targetOf(call: Call, unit: Unit): string | undefined {
  const { callee } = call;
  if (/^(?:fill|zero|normal|uniform|trunc_normal)_$/.test(calleeName(call)) && callee.type === "attribute") {
    const receiver = textOf(callee.object, unit);
    if (/(?:weight|bias)(?:\.data)?$/.test(receiver)) return receiver;
  }
  const first = argumentOf(call, "tensor", 0);
  return first && textOf(first.value, unit);
}

/** Another function of `torch.nn.init` in the place of a call. */
export function rewritten({ node, scope }: Indexed, name: string, given: string, unit: Unit): Edits {
  if (node.type !== "call") return undefined;
  const symbol = `torch.nn.init.${name}`;
  const { callee } = node;
  const isInit = symbolOf(node, scope, unit).startsWith("torch.nn.init.") && callee.type === "attribute";
  if (isInit) return [replace(callee.nameSpan, name), ...replacing(argumentsOf(node), given, unit)];
  const target = referBeside(symbol, scope, unit);
  return target && [...target.imports, ...replacing(node, `${target.text}(${given})`, unit)];
}

/** What stands between the brackets. */
const argumentsOf = ({ argumentsSpan: { from, to } }: Call): Span => ({ from: from + 1, to: to - 1 });
