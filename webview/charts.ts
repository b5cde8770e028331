/** Activation, pre-activations and gradient below each other, on one x-axis and with one cross-hair. */

import { curveCanvas } from "./curveCanvas.ts";
import { bounds, type Curve, flatZones, functionCurve, gradientCurve, type Zone } from "./curves.ts";
import { barsWords, densityWords, type LayerDensity, layerView, unitRanges } from "./density.ts";
import { button, element, refill, swatch } from "./dom.ts";
import { shownDensity } from "./estimate.ts";
import { formatNumber } from "./format.ts";
import { areaOf, type CurveChart, crosshair, scalesOf } from "./plot/curveScene.ts";
import { densityScene, unitCount } from "./plot/densityScene.ts";
import { type Scene, vertical } from "./plot/scene.ts";
import { clipped, nodesOf } from "./plot/svg.ts";
import type { ShownCurve } from "./shown.ts";
import type { PreviewState } from "./state.ts";
import { gradientText } from "./table.ts";
import type { Theme } from "./theme.ts";
import { listenTo, snapped, type ZoomActions } from "./zoom.ts";

export interface Charts {
  readonly node: HTMLElement;
  update(state: PreviewState, curves: readonly ShownCurve[], theme: Theme): void;
  /** Moves the cross-hair alone. */
  moveTo(x: number): void;
}

export interface ChartActions extends Omit<ZoomActions, "current"> {
  /** Where the x-axis lies, in pixels of the charts' box. */
  layout(area: Zone): void;
}

interface Size {
  readonly width: number;
  readonly height: number;
}

/** What the two charts draw of a state, for a size. */
export function curveCharts(
  { view, log }: PreviewState,
  curves: readonly ShownCurve[],
  sizes: readonly Size[],
): readonly [CurveChart, CurveChart] {
  const upper = curves.map(({ activation, parameters }) => functionCurve(activation, parameters, view));
  const lower = curves.map(({ activation, parameters }) => gradientCurve(activation, parameters, view));
  const first = curves.find(({ selected }) => selected) ?? curves[0];
  const zones = first ? flatZones(first.activation, first.parameters, view) : [];
  const reach = Math.max(Math.abs(view.from), Math.abs(view.to));
  const drawn = (all: readonly Curve[]) =>
    curves.map(({ colour, dash, selected }, index) => ({ curve: all[index]!, colour, dash, selected }));
  return [
    {
      ...sizes[0]!,
      x: view,
      y: bounds(upper, reach * 1.05, false),
      log: false,
      curves: drawn(upper),
      zones,
      hasNumbers: false,
    },
    {
      ...sizes[1]!,
      x: view,
      y: log ? decadesOf(lower) : bounds(lower, 3),
      log,
      curves: drawn(lower),
      zones,
      hasNumbers: true,
    },
  ];
}

/** Whole decades that hold every gradient but 0, as far down as a number of 32 bits has digits for. */
function decadesOf(curves: readonly Curve[]): Zone {
  const sizes = curves.flatMap(({ pieces }) => pieces.flat().map(({ y }) => Math.abs(y)));
  const low = sizes.reduce((least, size) => (size > 0 && size < least ? size : least), 0.01);
  const high = sizes.reduce((most, size) => Math.max(most, size), 1);
  return { from: 10 ** Math.floor(Math.log10(Math.max(low, 1e-8))), to: 1.6 * Math.min(high, 1e3) };
}

export function createCharts(actions: ChartActions): Charts {
  const upper = figure("Activation", "f(x)", "canvas");
  const middle = figure("Pre-activations of this layer", "x", "canvas density");
  const lower = figure("Gradient", "f′(x)", "canvas lower");
  const words = element("div", { class: "density-words" });
  middle.node.append(words);
  const fit = button("Zoom to this layer", { class: "link", "data-key": "fit" }, () => {
    const layer = last && shownDensity(last.state);
    if (layer) actions.view(layerView(layer.risk));
  });
  middle.values.replaceWith(fit);
  const drawings = [upper, lower].map(({ holder, svg }) => {
    const canvas = element("canvas", { role: "img" });
    svg.removeAttribute("role");
    svg.setAttribute("aria-hidden", "true");
    holder.prepend(canvas);
    return curveCanvas(canvas);
  });
  const node = element("div", { class: "charts" }, upper.node, middle.node, lower.node);
  let last: { state: PreviewState; curves: readonly ShownCurve[]; theme: Theme } | undefined;
  let charts: readonly [CurveChart, CurveChart] | undefined;
  let density: Scene | undefined;

  const current = () => {
    if (!last || !charts) return undefined;
    return { scale: scalesOf(charts[0]).x, view: last.state.view };
  };
  const probe = (x: number, keep: boolean) =>
    actions.probe(Number.isNaN(x) || !last ? x : snapped(x, last.curves, last.state.view), keep);
  for (const { holder } of [upper, middle, lower]) listenTo(holder, { ...actions, probe, current });
  /** As the observer told them: to ask the page would lay it out in the middle of a redraw. */
  const sizes = new Map<Element, Size>();
  const observer = new ResizeObserver((entries) => {
    for (const { target, contentRect } of entries) {
      const { width, height } = contentRect;
      sizes.set(target, { width: Math.round(width), height: Math.round(height) });
    }
    if (last) draw(last.state, last.curves, last.theme);
  });
  for (const { holder } of [upper, middle, lower]) observer.observe(holder);
  const sizeOf = ({ holder }: ReturnType<typeof figure>): Size => {
    const known = sizes.get(holder);
    // It was hidden until now, or the page is new.
    return known?.width ? known : { width: holder.clientWidth, height: holder.clientHeight };
  };

  function draw(state: PreviewState, curves: readonly ShownCurve[], theme: Theme): void {
    last = { state, curves, theme };
    const layer = shownDensity(state);
    middle.node.hidden = !layer;
    const own = [upper, lower].map(sizeOf);
    if (!own[0]?.width) return;
    charts = curveCharts(state, curves, own);
    for (const [index, drawing] of drawings.entries()) drawing.draw(charts[index]!, theme);
    for (const [index, each] of [upper, lower].entries()) {
      drawings[index]!.canvas.setAttribute("aria-label", describe(curves, index === 1, state));
      each.svg.replaceChildren(each.cross);
    }
    if (layer) drawDensity(layer, state, theme);
    const area = areaOf(own[0].width, 0, false);
    actions.layout({ from: area.left, to: area.right });
    moveTo(state.probe);
  }

  function drawDensity(
    layer: LayerDensity & { position: number },
    { view }: PreviewState,
    theme: Theme,
  ): void {
    density = densityScene(layer, view, sizeOf(middle), theme);
    middle.svg.replaceChildren(...nodesOf(density, theme), middle.cross);
    const sentences = densityWords(layer);
    const own = layerView(layer.risk);
    const share = (own.to - own.from) / (view.to - view.from);
    fit.classList.toggle("absent", share > 0.3 && share < 1.5);
    middle.title.textContent = `Pre-activations of layer ${layer.position}, at the start`;
    middle.svg.setAttribute("aria-label", sentences.join(" "));
    const bars = barsWords(unitRanges(layer, unitCount));
    const [lead, ...rest] = sentences;
    refill(words, element("p", {}, lead ?? ""), element("p", { class: "hint" }, [...rest, bars].join(" ")));
  }

  function moveTo(x: number): void {
    if (!last || !charts) return;
    const { curves, theme } = last;
    for (const [index, each] of [upper, lower].entries()) {
      const chart = charts[index]!;
      const values = curves.map(({ activation, parameters, colour }) => ({
        y: index === 1 ? activation.gradient(x, parameters) : activation.f(x, parameters),
        colour,
      }));
      const area = areaOf(chart.width, chart.height, chart.hasNumbers);
      const marks = crosshair(x, values, area, scalesOf(chart), theme);
      each.cross.replaceChildren(clipped(area, marks, theme));
      refill(each.values, ...curves.map((curve) => reading(curve, x, index === 1)));
    }
    if (!density || middle.node.hidden) return;
    const line = vertical(scalesOf(charts[0]).x.toPixel(x), density.area, { ...theme.axis, dash: [3, 3] });
    middle.cross.replaceChildren(clipped(density.area, [line], theme));
  }

  return { node, update: draw, moveTo };
}

/** The exact value at the cross-hair, with the line it belongs to. */
function reading(
  { activation, parameters, colour, dash }: ShownCurve,
  x: number,
  isGradient: boolean,
): HTMLElement {
  const text = isGradient
    ? gradientText(activation, parameters, x, 6)
    : formatNumber(activation.f(x, parameters), 6);
  return element("span", {}, swatch(colour, dash), text);
}

function figure(name: string, formula: string, className: string) {
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  svg.setAttribute("role", "img");
  const cross = document.createElementNS("http://www.w3.org/2000/svg", "g");
  const holder = element("div", { class: className });
  holder.append(svg);
  const values = element("span", { class: "readings", "aria-hidden": "true" });
  const title = element("span", {}, `${name} `, element("i", {}, formula));
  const node = element("figure", {}, element("figcaption", {}, title, values), holder);
  return { node, holder, svg, cross, values, title };
}

function describe(curves: readonly ShownCurve[], isGradient: boolean, { view, log }: PreviewState): string {
  const names = curves.map(({ label }) => label).join(", ");
  const what = isGradient ? "Gradients" : "Activation functions";
  const scale = isGradient && log ? ", their size on a log scale" : "";
  return `${what} of ${names} for x from ${formatNumber(view.from)} to ${formatNumber(view.to)}${scale}. The table of values holds the same numbers.`;
}
