/** The x of the cross-hair and the visible range: the keyboard's way to what the mouse does on the charts. */
import type { CurveSection } from "./compare.ts";
import { flatZones, type Zone } from "./curves.ts";
import { layerView } from "./density.ts";
import { button, element } from "./dom.ts";
import { shownDensity } from "./estimate.ts";
import { formatNumber } from "./format.ts";
import type { ShownCurve } from "./shown.ts";
import { type Action, initialState, type PreviewState, reaches } from "./state.ts";
import { gradientText } from "./table.ts";
import { panned, snapped, stepOf, zoomed, zoomFactor } from "./zoom.ts";

export interface RangeSection extends CurveSection {
  /** Shows another x for as long as the mouse is over a chart. */
  hover(x: number, curves: readonly ShownCurve[]): void;
  align(area: Zone): void;
}

export function createRange(dispatch: (action: Action) => void): RangeSection {
  let shown = initialState;
  let drawn: readonly ShownCurve[] = [];
  const show = (view: Zone) => dispatch({ type: "view", view });
  const zoom = (factor: number) => show(zoomed(shown.view, factor, shown.probe));
  const pan = (share: number) => show(panned(shown.view, share));

  const slider = element("input", {
    type: "range",
    "aria-label": "x of the cross-hair",
    "aria-keyshortcuts": "Plus Minus 0 Shift+ArrowLeft Shift+ArrowRight",
    "data-key": "x",
    title: "Arrow keys move the cross-hair, + and − zoom, Shift and arrow keys pan, 0 resets the view",
  });
  slider.addEventListener("input", () =>
    dispatch({ type: "probe", x: snapped(slider.valueAsNumber, drawn, shown.view, stepOf(shown.view) / 2) }),
  );
  slider.addEventListener("keydown", (event) => {
    const done = keys[event.shiftKey && event.key.startsWith("Arrow") ? `Shift+${event.key}` : event.key];
    if (!done || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    done();
  });
  const keys: Readonly<Record<string, () => void>> = {
    "+": () => zoom(zoomFactor),
    "=": () => zoom(zoomFactor),
    "-": () => zoom(1 / zoomFactor),
    "0": () => show(initialState.view),
    "Shift+ArrowLeft": () => pan(-0.1),
    "Shift+ArrowRight": () => pan(0.1),
  };

  const output = element("output", { class: "probe", "aria-hidden": "true" });
  const presets = reaches.map((reach) => ({
    reach,
    node: button(`±${reach}`, { "data-key": `reach-${reach}` }, () => show({ from: -reach, to: reach })),
  }));
  const layer = button(
    "Layer",
    { "data-key": "reach-layer", title: "As wide as this layer’s pre-activations" },
    () => {
      const density = shownDensity(shown);
      if (density) show(layerView(density.risk));
    },
  );
  const group = (label: string, ...children: readonly Node[]) =>
    element("div", { class: "segments", role: "group", "aria-label": label }, ...children);
  const step = (text: string, title: string, key: string, act: () => void) =>
    button(text, { title, "aria-label": title, "data-key": key }, act);
  const log = button(
    "Log gradient",
    { "data-key": "log", title: "The size of gradients on a log scale" },
    () => dispatch({ type: "log", log: !shown.log }),
  );
  const flat = element(
    "span",
    { class: "flat" },
    element("i", { class: "hatch" }),
    "gradient under 0.01: next to nothing is learned here",
  );
  const scrubber = element("div", { class: "scrubber" }, slider);
  const node = element(
    "div",
    { class: "range" },
    scrubber,
    element(
      "div",
      { class: "row" },
      output,
      element(
        "div",
        { class: "tools" },
        group("Range of x", ...presets.map((each) => each.node), layer),
        group(
          "Zoom and pan",
          step("−", "Zoom out", "zoom-out", () => zoom(1 / zoomFactor)),
          step("+", "Zoom in at the cross-hair", "zoom-in", () => zoom(zoomFactor)),
          step("‹", "Pan left", "pan-left", () => pan(-0.2)),
          step("›", "Pan right", "pan-right", () => pan(0.2)),
        ),
        log,
      ),
    ),
    flat,
  );
  const write = (x: number, curves: readonly ShownCurve[]) => {
    output.textContent = `x = ${formatNumber(x, 6)}`;
    slider.setAttribute("aria-valuetext", spoken(x, curves));
  };
  return {
    node,
    hover: write,
    align(area) {
      scrubber.style.setProperty("--left", `${area.from}px`);
      scrubber.style.setProperty("--width", `${area.to - area.from}px`);
    },
    update(state: PreviewState, curves) {
      shown = state;
      drawn = curves;
      const { view, probe } = state;
      slider.step = "any";
      slider.min = String(view.from);
      slider.max = String(view.to);
      slider.step = String(stepOf(view));
      slider.valueAsNumber = probe;
      write(probe, curves);
      const first = curves.find(({ selected }) => selected) ?? curves[0];
      flat.hidden = !first || flatZones(first.activation, first.parameters, view).length === 0;
      for (const each of presets)
        each.node.setAttribute("aria-pressed", String(view.from === -each.reach && view.to === each.reach));
      log.setAttribute("aria-pressed", String(state.log));
      const density = shownDensity(state);
      layer.hidden = !density;
      const own = density && layerView(density.risk);
      layer.setAttribute("aria-pressed", String(own?.from === view.from && own.to === view.to));
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
