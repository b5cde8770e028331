/** The view: zoomed around a point, moved, and x rounded to what a pixel can tell. Pure, but for the listeners. */
import type { ElementwiseActivation, ParameterValues } from "../src/engine/model.ts";
import type { Zone } from "./curves.ts";
import { niceStep, type Scale } from "./plot/scale.ts";

export const zoomFactor = 1.5;

/** Widths of a view: below the one rounding shows, beyond the other nothing happens. */
const narrowest = 1e-4;
const widest = 2e4;

/** A view that can be drawn, around the same middle. */
export function bounded({ from, to }: Zone): Zone {
  const middle = Math.min(widest, Math.max(-widest, (from + to) / 2));
  const half = Math.min(widest, Math.max(narrowest, to - from)) / 2;
  return { from: middle - half, to: middle + half };
}

/** @param factor above 1: nearer */
export function zoomed({ from, to }: Zone, factor: number, around: number): Zone {
  return { from: around + (from - around) / factor, to: around + (to - around) / factor };
}

/** @param share of the view's width, to the right */
export function panned({ from, to }: Zone, share: number): Zone {
  const shift = (to - from) * share;
  return { from: from + shift, to: to + shift };
}

/** The step of the cross-hair: about two hundred to a view. */
export const stepOf = ({ from, to }: Zone): number => niceStep((to - from) / 240);

/** To the step, and exactly 0 where a slider's arithmetic only comes near it. */
export function roundX(x: number, view: Zone): number {
  const step = stepOf(view);
  const digits = Math.max(0, -Math.floor(Math.log10(step)) + 1);
  return Number(x.toFixed(Math.min(digits, 12))) + 0;
}

interface Sampled {
  readonly activation: ElementwiseActivation;
  readonly parameters: ParameterValues;
}

/** A kink that is next to x, so that its one-sided gradients can be read. */
export function snapped(x: number, curves: readonly Sampled[], view: Zone, near = stepOf(view)): number {
  const kinks = curves.flatMap(({ activation, parameters }) => activation.kinks(parameters).map((k) => k.x));
  const nearest = kinks.sort((a, b) => Math.abs(a - x) - Math.abs(b - x))[0];
  return nearest !== undefined && Math.abs(nearest - x) < near ? nearest : roundX(x, view);
}

export interface ZoomActions {
  /** The scale and the view as they are drawn now. */
  readonly current: () => { readonly scale: Scale; readonly view: Zone } | undefined;
  /** @param x NaN: the mouse has left; @param keep whether the cross-hair stays there */
  readonly probe: (x: number, keep: boolean) => void;
  readonly view: (view: Zone) => void;
  readonly reset: () => void;
}

/** Pixels that a click may move without being a drag. */
const slack = 3;

/** Drag to move, Ctrl and the wheel (or a pinch) to zoom, click to keep the cross-hair, double click for the start. */
export function listenTo(target: HTMLElement, { current, probe, view, reset }: ZoomActions): void {
  let drag: { readonly at: number; readonly view: Zone; moved: boolean } | undefined;
  const xOf = (event: MouseEvent, scale: Scale) =>
    scale.toValue(event.clientX - target.getBoundingClientRect().left);
  target.addEventListener("pointerdown", (event) => {
    const now = current();
    if (event.button !== 0 || !now) return;
    drag = { at: event.clientX, view: now.view, moved: false };
    target.setPointerCapture(event.pointerId);
  });
  target.addEventListener("pointermove", (event) => {
    const now = current();
    if (!now) return;
    // Its release was lost: on an element that was hidden, or to a window over this one.
    if (drag && event.buttons === 0) drag = undefined;
    if (drag) {
      const shift = event.clientX - drag.at;
      drag.moved ||= Math.abs(shift) > slack;
      const pixels = now.scale.toPixel(now.view.to) - now.scale.toPixel(now.view.from);
      if (drag.moved) view(panned(drag.view, -shift / pixels));
    } else probe(xOf(event, now.scale), false);
  });
  target.addEventListener("pointerup", (event) => {
    const now = current();
    if (drag && !drag.moved && now) probe(xOf(event, now.scale), true);
    drag = undefined;
  });
  for (const name of ["pointercancel", "lostpointercapture"])
    target.addEventListener(name, () => {
      drag = undefined;
    });
  target.addEventListener("pointerleave", () => {
    if (!drag) probe(Number.NaN, false);
  });
  target.addEventListener("dblclick", reset);
  // A wheel without Ctrl scrolls the page, as everywhere.
  target.addEventListener(
    "wheel",
    (event) => {
      const now = current();
      if (!(event.ctrlKey || event.metaKey) || !now) return;
      event.preventDefault();
      const x = xOf(event, now.scale);
      view(zoomed(now.view, Math.exp(-event.deltaY / 250), x));
      // The mouse is where it was, and so is what is read there.
      probe(x, false);
    },
    { passive: false },
  );
}
