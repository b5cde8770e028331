/** Python in configurations, as Ultralytics evaluates it: `activation: nn.LeakyReLU(0.1)`, `[-1, 1, nn.ReLU, []]`. */
import { SLOPE } from "../fixes/leakyRelu.ts";
import type { Site } from "../model.ts";
import { type Data, numberIn, type Scalar } from "../syntax/data.ts";
import { meaningOf, spellingOf } from "./meaning.ts";
import type { Place } from "./place.ts";
import { replaced, type Switch, siteOf, withSlope } from "./sites.ts";

const EXPRESSION = /^((?:torch\.)?nn\.(?:functional\.)?|F\.)(\w+)(?:\(([^()]*)\))?$/;

export function expressionSites(place: Place): readonly Site[] | undefined {
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
  return [siteOf({ ...meaning, symbol: `${module}${name}` }, facts, () => toLeaky(place, value, match))];
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

function toLeaky(place: Place, value: Scalar, [, module = "", , given]: RegExpExecArray): Switch {
  if (given === undefined) return "Leaky ReLU can't be written here: a bare name takes no slope";
  const from = value.from + (value.quoted ? 1 : 0) + module.length;
  const { text } = place.file;
  if (text.slice(from, from + 4) !== "ReLU") return "Leaky ReLU can't be written here: the name is not plain";
  const separator = given.trim() === "" ? "" : ", ";
  const isFlow = place.list !== undefined || place.maps.at(-1)?.flow === true;
  if (separator && isFlow && !value.quoted) {
    return "Leaky ReLU can't be written here: in brackets a comma would end the value";
  }
  const open = text.indexOf("(", from) + 1;
  return withSlope([
    replaced({ from, to: from + 4 }, "LeakyReLU"),
    replaced({ from: open, to: open }, `negative_slope=${SLOPE}${separator}`),
  ]);
}
