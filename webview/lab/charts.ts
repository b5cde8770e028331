/** Loss, accuracy and dead share over the steps, side by side where there is room. */
import { element } from "../dom.ts";
import { nodesOf } from "../plot/svg.ts";
import type { Theme } from "../theme.ts";
import type { RunState } from "./run.ts";
import { type Quantity, runScene } from "./runScene.ts";

export interface LabCharts {
  readonly node: HTMLElement;
  update(state: RunState, theme: Theme): void;
  dispose(): void;
}

const HEIGHT = 180;
const quantities: readonly Quantity[] = ["loss", "accuracy", "dead"];

export function createLabCharts(): LabCharts {
  const plots = quantities.map(plot);
  let last: readonly [RunState, Theme] | undefined;
  const draw = () => {
    if (last) for (const { update } of plots) update(...last);
  };
  const node = element("div", { class: "lab-charts" }, ...plots.map(({ figure }) => figure));
  const observer = new ResizeObserver(draw);
  observer.observe(node);
  return {
    node,
    update(...shown) {
      last = shown;
      draw();
    },
    dispose: () => observer.disconnect(),
  };
}

function plot(quantity: Quantity) {
  const drawing = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  drawing.setAttribute("role", "img");
  const caption = element("figcaption", {});
  const figure = element("figure", {}, caption, element("div", { class: "lab-drawing" }, drawing));
  return {
    figure,
    update(state: RunState, theme: Theme) {
      const title = titleOf(quantity, state);
      caption.textContent = `${title} by step`;
      const width = figure.clientWidth;
      if (width === 0) return; // Not laid out yet: the observer calls again.
      drawing.setAttribute("viewBox", `0 0 ${width} ${HEIGHT}`);
      drawing.setAttribute("width", String(width));
      drawing.setAttribute("height", String(HEIGHT));
      drawing.setAttribute(
        "aria-label",
        `${title} by step, a line for each variant. The tables hold the last values.`,
      );
      drawing.replaceChildren(...nodesOf(runScene(state, quantity, { width, height: HEIGHT }, theme), theme));
    },
  };
}

function titleOf(quantity: Quantity, { experiment }: RunState): string {
  switch (quantity) {
    case "loss":
      return "Loss";
    case "accuracy":
      return experiment.variants[0]!.spec.loss === "squared-error" ? "R²" : "Accuracy";
    case "dead":
      return "Dead units";
  }
}
