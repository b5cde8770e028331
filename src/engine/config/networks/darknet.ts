/**
 * Darknet's `.cfg` -> its network: one section after the other, as parser.c of pjreddie's and AlexeyAB's Darknet
 * makes layers of them. https://github.com/pjreddie/darknet https://github.com/AlexeyAB/darknet
 */
import type { Loss, Reading, Site } from "../../model.ts";
import { readDarknet } from "../../syntax/dataDarknet.ts";
import type { ConfigUnit } from "../../units.ts";
import {
  asInput,
  assumedLoss,
  fileName,
  MOMENTUM,
  type ReadNetwork,
  type Training,
  untold,
} from "./assumed.ts";
import { DarknetSection } from "./darknetSection.ts";
import { darknetSteps } from "./darknetSteps.ts";
import { Flow, type Value } from "./flow.ts";
import { sizeOrNull } from "./shapes.ts";

/** Settings of a file stand in its first section; without it Darknet reads nothing. */
export function readDarknetNetwork(
  { text, path }: ConfigUnit,
  siteAt: (from: number) => Site | undefined,
): ReadNetwork[] {
  const [net, ...sections] = readDarknet(text).entries.map((entry) => new DarknetSection(entry));
  const last = sections.at(-1);
  if (!net || !last || !/^net(?:work)?$/.test(net.type)) return [];
  const span = { from: net.span.from, to: last.end };
  const flow = new Flow(span);
  const image = ["channels", "height", "width"].map((name) => sizeOrNull(net.number(name)));
  const isImage = image.every((size) => size !== null);
  const input = flow.input(isImage ? image : [sizeOrNull(net.number("inputs")), 1, 1]);
  const values: Value[] = [];
  for (const section of sections) {
    if (!flow.mayGoOn()) break;
    const read = darknetSteps[section.type];
    const previous = values.at(-1) ?? input;
    values.push(
      read
        ? read({ section, previous, values, flow, siteAt })
        : flow.unread([previous], section.span, `what a [${section.type}] section does is not known`),
    );
  }
  const { layers, gaps } = flow.read();
  if (layers.length === 0 && gaps.length === 0) return [];
  return [
    {
      name: fileName(path),
      framework: "darknet",
      span,
      layers,
      input: asInput(isImage ? "image" : "table", scaleOf(sections)),
      ...trainingOf(net),
      loss: lossOf(sections),
      gaps,
    },
  ];
}

/** load_image divides by 255; a [crop] section then brings it to -1..1 unless told not to (crop_layer.c). */
function scaleOf(sections: readonly DarknetSection[]): Reading<"unit" | "standardised"> {
  const crop = sections.find(({ type, number }) => type === "crop" && number("noadjust", 0) === 0);
  return crop ? { value: "standardised", span: crop.span } : { value: "unit" };
}

/** Defaults are those of parse_net_options. */
function trainingOf(net: DarknetSection): Omit<Training, "loss"> {
  const isAdam = (net.number("adam", 0) ?? 0) !== 0;
  const rate = net.number("learning_rate");
  const written = net.number("momentum");
  const momentum = written ?? 0.9;
  const kind = isAdam ? "adam" : momentum >= MOMENTUM ? "momentum" : "sgd";
  const span = net.spanOf(isAdam ? "adam" : "momentum") ?? net.span;
  const isRate = rate !== null && rate > 0;
  return {
    ...untold,
    optimiser: { value: kind, span },
    learningRate: isRate
      ? { value: rate, span: net.spanOf("learning_rate") ?? net.span }
      : { value: 0.001, span: net.span, assumption: "learning rate not given: Darknet's default 0.001" },
    momentum: isAdam
      ? { value: 0 }
      : written === null
        ? { value: momentum, assumption: "momentum not given: Darknet's default 0.9" }
        : { value: momentum, span },
  };
}

/** Whatever the cost's type, behind a [softmax] Darknet's gradient is that of cross-entropy (softmax_layer.c). */
function lossOf(sections: readonly DarknetSection[]): Reading<Loss> {
  const own = sections.findLast(({ type }) => /^(?:soft|softmax|logistic)$/.test(type));
  if (own) return { value: "cross-entropy", span: own.span };
  const cost = sections.findLast(({ type }) => type === "cost");
  return cost ? { value: "squared-error", span: cost.span } : assumedLoss;
}
