/** The estimate of the code beside that of the settings that are tried out, in a sentence and a table. */
import type { Risk } from "../src/engine/model.ts";
import { rangeWords, shareWords } from "../src/engine/words.ts";
import { element } from "./dom.ts";
import type { Estimates } from "./estimate.ts";
import { formatNumber } from "./format.ts";

const percentOf = (share: number): string => {
  const rounded = Math.round(share * 20) * 5;
  return rounded === 0 ? (share < 0.01 ? "< 1 %" : "< 5 %") : `about ${rounded} %`;
};

const rows: readonly (readonly [string, (risk: Risk) => string])[] = [
  ["Dead at the start", (risk) => shareWords(risk.deadAtInit)],
  ["Dead after training", (risk) => shareWords(risk.deadAfterTraining)],
  ["In comparable runs", (risk) => rangeWords(risk.range)],
  ["Chance that training fails", (risk) => percentOf(risk.probabilityFailure)],
  ["Largest step ρ", (risk) => formatNumber(largestStep(risk), 2)],
];

const largestStep = ({ layers }: Risk): number =>
  layers.reduce((most, layer) => Math.max(most, layer?.stepSize ?? 0), 0);

export function comparison({ code, shown, isTried }: Estimates): HTMLElement {
  const head = ["", "Code", ...(isTried ? ["What if"] : [])];
  const body = rows.map(([name, write]) => {
    const [before, after] = [code ? write(code) : "unknown", shown ? write(shown) : "unknown"];
    const cells = isTried ? [before, after] : [before];
    return element(
      "tr",
      { class: isTried && before !== after ? "changed" : undefined },
      element("th", { scope: "row" }, name),
      ...cells.map((text) => element("td", {}, text)),
    );
  });
  return element(
    "table",
    { class: "comparison" },
    element(
      "thead",
      {},
      element(
        "tr",
        {},
        ...head.map((text) => (text ? element("th", { scope: "col" }, text) : element("td"))),
      ),
    ),
    element("tbody", {}, ...body),
  );
}

/** By how much a share has to change to be spoken of: half of what the estimate is off on average. */
const noticeable = 0.05;

export function summary({ code, shown, isTried }: Estimates): string {
  if (!isTried)
    return "Change a setting and see what the estimate becomes. The code stays as it is until you write to it.";
  if (!shown || !code) return "There is no estimate for these settings.";
  const [before, after] = [code.deadAfterTraining, shown.deadAfterTraining];
  const failure = shown.probabilityFailure - code.probabilityFailure;
  const dead =
    Math.abs(after - before) < noticeable
      ? `Dead units stay as they are: ${shareWords(after)}.`
      : `${after < before ? "Fewer" : "More"} dead units: ${shareWords(after)} in the place of ${shareWords(before)}.`;
  if (Math.abs(failure) < noticeable) return dead;
  return `${dead} Training fails ${failure < 0 ? "less" : "more"} often.`;
}
