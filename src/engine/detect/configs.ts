/** OpenMMLab's descriptions of layers: `act_cfg=dict(type="LeakyReLU", negative_slope=0.1)`, or the same in braces. */
import { frameworkOf } from "../frameworks/index.ts";
import type { Argument, Call, Dictionary } from "../syntax/tree.ts";
import type { Place } from "../syntax/walk.ts";
import { meaningOf } from "./meaning.ts";
import type { Detection } from "./site.ts";

/** `act_cfg`, `dw_act_cfg`; `dict(type="ReLU")` under another name may be anything. */
const CONFIGURES_ACTIVATION = /(?:^|_)act_cfgs?$/;

export function configured(node: Call | Dictionary, place: Place, { unit, report }: Detection): void {
  if (place.role !== "value" || !takesActivation(place, unit)) return;
  const entries = entriesOf(node);
  const type = entries?.find(({ name }) => name === "type")?.value;
  if (type?.type !== "string") return;
  const spelling = meaningOf(type, "mmcv");
  if (!spelling) return;
  const given = entries?.filter(({ name }) => name !== undefined && name !== "type") ?? [];
  report({
    spelling,
    kind: "config_dict",
    node: type,
    certainty: "certain",
    scope: place.scope,
    given,
    ...(node.type === "call" ? { call: node } : {}),
  });
}

function takesActivation({ label, call, argument, scope }: Place, unit: Detection["unit"]): boolean {
  if (label !== undefined && CONFIGURES_ACTIVATION.test(label)) return true;
  const symbol = call && unit.names.resolve(call.callee, scope)?.symbol;
  if (symbol === undefined) return false;
  const framework = frameworkOf(symbol);
  const places = framework?.id === "mmcv" ? framework.activationArguments[symbol] : undefined;
  const position = argument && call?.arguments.indexOf(argument);
  return Object.entries(places ?? {}).some(([name, at]) => name === label || (!label && at === position));
}

/** The entries of `dict(a=1)` or `{"a": 1}`, as arguments. */
function entriesOf(node: Call | Dictionary): readonly Argument[] | undefined {
  if (node.type === "call")
    return node.callee.type === "name" && node.callee.name === "dict" ? node.arguments : undefined;
  return node.entries.map(({ key, value }) => ({
    ...(key?.type === "string" && key.value !== undefined ? { name: key.value } : {}),
    value,
    from: (key ?? value).from,
    to: value.to,
  }));
}
