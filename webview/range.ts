/** The x of the cross-hair and the visible range: the keyboard's way to what the mouse does on the charts. */
import type { CurveSection } from "./compare.ts";
import { flatZones, type Zone } from "./curves.ts";
import { button, element } from "./dom.ts";
import { formatNumber } from "./format.ts";
import type { ShownCurve } from "./shown.ts";
import { type Action, type PreviewState, reaches } from "./state.ts";
import { gradientText } from "./table.ts";

export interface RangeSection extends CurveSection {
  /** Shows another x for as long as the mouse is over a chart. */
  hover(x: number, curves: readonly ShownCurve[]): void;
  align(area: Zone): void;
}

export function createRange(dispatch: (action: Action) => void): RangeSection {
  const slider = element("input", { type: "range", step: 0.05, "aria-label": "x of the cross-hair" });
  const output = element("output", { class: "probe", "aria-hidden": "true" });
  slider.addEventListener("input", () => dispatch({ type: "probe", x: roundX(slider.valueAsNumber) }));
  const presets = reaches.map((reach) => ({
    reach,
    node: button(`±${reach}`, { "data-key": `reach-${reach}` }, () => dispatch({ type: "reach", reach })),
  }));
  const flat = element(
    "span",
    { class: "flat" },
    element("i", { class: "hatch" }),
    "gradient under 0.01: next to nothing is learned here",
  );
  const group = element(
    "div",
    { class: "segments", role: "group", "aria-label": "Range of x" },
    ...presets.map((each) => each.node),
  );
  const scrubber = element("div", { class: "scrubber" }, slider);
  const node = element(
    "div",
    { class: "range" },
    scrubber,
    element("div", { class: "row" }, output, group),
    flat,
  );
  const write = (x: number, curves: readonly ShownCurve[]) => {
    output.textContent = `x = ${formatNumber(x)}`;
    slider.setAttribute("aria-valuetext", spoken(x, curves));
  };
  return {
    node,
    hover: write,
    align(area) {
      scrubber.style.setProperty("--left", `${area.from}px`);
      scrubber.style.setProperty("--width", `${area.to - area.from}px`);
    },
    update({ reach, probe }: PreviewState, curves) {
      slider.min = String(-reach);
      slider.max = String(reach);
      slider.valueAsNumber = probe;
      write(probe, curves);
      const first = curves.find(({ selected }) => selected) ?? curves[0];
      flat.hidden = !first || flatZones(first.activation, first.parameters, reach).length === 0;
      for (const each of presets) each.node.setAttribute("aria-pressed", String(each.reach === reach));
    },
  };
}

/** What the page says when the slider moves: x and each function's two values. */
function spoken(x: number, curves: readonly ShownCurve[]): string {
  const values = curves.map(
    ({ label, activation, parameters }) =>
      `${label}: f ${formatNumber(activation.f(x, parameters))}, gradient ${gradientText(activation, parameters, x)}`,
  );
  return [`x ${formatNumber(x)}`, ...values].join("; ");
}

/** To the hundredth, and exactly 0 where a slider's arithmetic only comes near it. */
export const roundX = (x: number): number => Math.round(x * 100) / 100 + 0;
