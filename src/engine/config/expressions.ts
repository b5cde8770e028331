/** Python in configurations, as Ultralytics evaluates it: `activation: nn.LeakyReLU(0.1)`, `[-1, 1, nn.ReLU, []]`. */
import type { Target } from "../fixes/activations/target.ts";
import { spellingsOf } from "../frameworks/index.ts";
import { type Data, numberIn, type Scalar } from "../syntax/data.ts";
import { meaningOf, spellingOf } from "./meaning.ts";
import type { Place } from "./place.ts";
import { type ConfigSite, cant, replaced, type Switch, siteOf } from "./sites.ts";

const EXPRESSION = /^((?:torch\.)?nn\.(?:functional\.)?|F\.)(\w+)(?:\(([^()]*)\))?$/;

export function expressionSites(place: Place): readonly ConfigSite[] | undefined {
  const { value } = place;
  const match = value.type === "scalar" ? EXPRESSION.exec(value.value) : null;
  if (!match || value.type !== "scalar") return undefined;
  const [, module = "", name = "", given] = match;
  const isLayer = !/F\.|functional/.test(module);
  const spelling = spellingOf(`torch.nn.${isLayer ? "" : "functional."}${name}`);
  if (!spelling) return undefined;
  const isCall = given !== undefined;
  const row = rowArguments(place, value);
  const isEvaluated = isCall && place.file.language === "yaml";
  if (!place.namesActivation && !row && !isEvaluated) return undefined;
  const positional = isCall ? numbersIn(given) : (row ?? []).map(numberIn);
  const named = /\b(?:negative_slope|alpha|init|beta)\s*=\s*([-+.\de]+)/.exec(given ?? "");
  const meaning = meaningOf(spelling, undefined, named ? [Number(named[1])] : positional);
  const facts = {
    framework: "pytorch",
    kind: "config_value",
    span: value,
    certainty: isCall && isLayer && place.namesActivation ? "certain" : "likely",
  } as const;
  return [
    siteOf({ ...meaning, symbol: `${module}${name}` }, facts, (target) =>
      rewritten(place, value, target, match),
    ),
  ];
}

/** What follows in `[from, number, module, arguments]`, a row of a YOLO model. */
function rowArguments({ list }: Place, value: Scalar): readonly Data[] | undefined {
  const row = list?.[2] === value ? list[3] : undefined;
  return row?.type === "list" ? row.items : undefined;
}

function numbersIn(given: string): readonly (number | undefined)[] {
  const parts = given.split(",").map((part) => part.trim());
  const positional = parts.filter((part) => part !== "" && !part.includes("="));
  return positional.map((part) => (Number.isNaN(Number(part)) ? undefined : Number(part)));
}

function rewritten(
  place: Place,
  value: Scalar,
  target: Target,
  [, module = "", , given]: RegExpExecArray,
): Switch {
  if (given === undefined) return cant(target, "what is made of a bare name is not known");
  const from = value.from + (value.quoted ? 1 : 0) + module.length;
  const { text } = place.file;
  if (text.slice(from, from + 4) !== "ReLU") return cant(target, "the name is not plain");
  const name = spellingsOf(target.id, "pytorch", "layer")[0]?.symbol.replace(/^.*\./, "");
  if (!name) return cant(target, "PyTorch has no layer of it");
  const renamed = replaced({ from, to: from + 4 }, name);
  if (target.id !== "leaky_relu")
    return given.trim() === "" ? { edits: [renamed] } : cant(target, "it has arguments");
  const separator = given.trim() === "" ? "" : ", ";
  const isFlow = place.list !== undefined || place.maps.at(-1)?.flow === true;
  if (separator && isFlow && !value.quoted) {
    return cant(target, "in brackets a comma would end the value");
  }
  const open = text.indexOf("(", from) + 1;
  const added = `negative_slope=${target.slope}${separator}`;
  return { edits: [renamed, replaced({ from: open, to: open }, added)] };
}
