/** What came out: the verdict, a table of the variants, and one of the layers. */
import { dataInfo } from "../../src/lab/data/infos.ts";
import type { Spread, VariantSummary } from "../../src/lab/summary.ts";
import { percent, sharesText, verdict } from "../../src/lab/verdict.ts";
import { element, swatch } from "../dom.ts";
import { dashOf, type Theme } from "../theme.ts";
import type { RunState } from "./run.ts";

export interface Results {
  readonly node: HTMLElement;
  /** @param isCurrent whether another run now would be of the same */
  update(state: RunState, theme: Theme, isCurrent: boolean): void;
}

export function createResults(): Results {
  const title = element("h3", {});
  const outdated = element(
    "p",
    { class: "lab-what" },
    "Network or settings have changed since: these are the results from before.",
  );
  const text = element("div", { class: "lab-verdict", role: "status" });
  const table = element("table", {});
  const layers = element("table", {});
  const more = element(
    "details",
    {},
    element("summary", {}, "Layer by layer"),
    scrolled(layers, "Layer by layer"),
  );
  const notes = element("ul", { class: "lab-notes" });
  let said = "";
  return {
    node: element(
      "div",
      { class: "lab-results" },
      title,
      outdated,
      text,
      scrolled(table, "Results by variant"),
      more,
      notes,
    ),
    update(state, theme, isCurrent) {
      const { experiment, finished, status } = state;
      title.textContent = experiment.title;
      outdated.hidden = isCurrent;
      const found = verdict(experiment, finished);
      // Read aloud when it is new, not with every step.
      const words = found.text ? `${found.text}.` : `No verdict yet, ${found.basis}.`;
      if (words !== said) {
        said = words;
        const [first, ...others] = found.parts.length > 0 ? found.parts : [words];
        const items = others.map((part) => element("li", {}, kept(part)));
        text.replaceChildren(
          element("p", {}, kept(first!)),
          ...(items.length > 0 ? [element("ul", {}, ...items)] : []),
        );
      }
      text.classList.toggle("pending", found.text === null || !["done", "cancelled"].includes(status));
      table.replaceChildren(...variantRows(state, found.summaries, theme));
      layers.replaceChildren(...layerRows(found.summaries, theme));
      const { batch } = experiment.variants[0]!.spec;
      const about = `${experiment.steps} steps with batches of ${batch} on ${dataInfo(experiment.data).title}: ${dataInfo(experiment.data).what}`;
      notes.replaceChildren(...[about, ...experiment.notes].map((note) => element("li", {}, sentence(note))));
    },
  };
}

/** A wide table scrolls by itself, and by the keyboard. */
const scrolled = (table: HTMLElement, label: string): HTMLElement =>
  element("div", { class: "lab-scroll", tabindex: 0, role: "region", "aria-label": label }, table);

/** A number and its unit stay together. */
const kept = (text: string): string => text.replaceAll(" %", "\u00a0%");

const sentence = (text: string): string => `${text.charAt(0).toUpperCase()}${text.slice(1)}.`;

const head = (cells: readonly string[]): HTMLElement =>
  element("thead", {}, element("tr", {}, ...cells.map((cell) => element("th", { scope: "col" }, cell))));

function named(index: number, label: string, theme: Theme): HTMLElement {
  const colour = theme.colours[index % theme.colours.length]!;
  return element("th", { scope: "row" }, swatch(colour, dashOf(theme, index)), label);
}

function variantRows({ experiment }: RunState, summaries: readonly VariantSummary[], theme: Theme): Node[] {
  const isRegression = experiment.variants[0]!.spec.loss === "squared-error";
  const rows = summaries.map((summary, index) => {
    const { label, seeds, diverged, deadAtInit, dead, accuracy } = summary;
    const cells = [
      shares(deadAtInit),
      diverged === seeds && seeds > 0 ? "–" : shares(dead),
      accuracy
        ? `${accuracy.mean.toFixed(2)} (${accuracy.least.toFixed(2)}–${accuracy.most.toFixed(2)})`
        : "",
      diverged > 0 ? `${diverged} of ${seeds}` : "",
      `${seeds}`,
    ];
    return element("tr", {}, named(index, label, theme), ...cells.map((cell) => element("td", {}, cell)));
  });
  const measure = isRegression ? "R²" : "Accuracy";
  return [
    head(["Variant", "Dead at start", "Dead at end", measure, "NaN", "Seeds done"]),
    element("tbody", {}, ...rows),
  ];
}

/** Dead share at the end, and rho of the first step, of each layer. */
function layerRows(summaries: readonly VariantSummary[], theme: Theme): Node[] {
  const count = Math.max(0, ...summaries.map(({ rhoByLayer }) => rhoByLayer.length));
  const columns = Array.from({ length: count }, (_, at) => (at === count - 1 ? "Output" : `Layer ${at + 1}`));
  const rows = summaries.map((summary, index) => {
    const cells = columns.map((_, at) => {
      const share = summary.deadByLayer[at] ?? null;
      const rho = summary.rhoByLayer[at] ?? null;
      const parts = [share !== null && `${percent(share)} dead`, rho !== null && `ρ ${rho.toPrecision(2)}`];
      return element("td", {}, parts.filter(Boolean).join(", "));
    });
    return element("tr", {}, named(index, summary.label, theme), ...cells);
  });
  return [head(["Variant", ...columns]), element("tbody", {}, ...rows)];
}

const shares = (spread: Spread | null): string => (spread ? sharesText(spread) : "");
