/** A small SVG of an activation and its gradient, for the hover. Pure. */
import type { ElementwiseActivation, Kink, ParameterValues } from "../engine/index.ts";

export type ThemeKind = "light" | "dark" | "high-contrast" | "high-contrast-light";

interface Colours {
  readonly axis: string;
  readonly grid: string;
  readonly text: string;
  readonly f: string;
  readonly gradient: string;
  /** Of the hover itself: fills the open dots. */
  readonly background: string;
}

/** Both curves reach 4.5:1 on the hover's background of their kind; dashes tell them apart without colour. */
const palettes: Readonly<Record<ThemeKind, Colours>> = {
  light: {
    axis: "#767676",
    grid: "#e3e3e3",
    text: "#3b3b3b",
    f: "#005fb8",
    gradient: "#a34700",
    background: "#f8f8f8",
  },
  dark: {
    axis: "#8b8b8b",
    grid: "#3a3a3a",
    text: "#cccccc",
    f: "#4daafc",
    gradient: "#f0a45d",
    background: "#202020",
  },
  "high-contrast": {
    axis: "#ffffff",
    grid: "#4d4d4d",
    text: "#ffffff",
    f: "#3ff2ff",
    gradient: "#ffd60a",
    background: "#000000",
  },
  "high-contrast-light": {
    axis: "#000000",
    grid: "#c8c8c8",
    text: "#000000",
    f: "#0030a8",
    gradient: "#8a2b00",
    background: "#ffffff",
  },
};

export const plotSize = { width: 300, height: 130 } as const;
const margin = { left: 26, right: 8, top: 8, bottom: 18 } as const;
const reach = 4;
const samples = 160;
/** Values beyond this do not stretch the axis: an exponential would flatten everything else. */
const tallest = 4;

interface Point {
  readonly x: number;
  readonly y: number;
}

export function plotSvg(
  activation: ElementwiseActivation,
  parameters: ParameterValues,
  theme: ThemeKind,
): string {
  const colours = palettes[theme];
  const kinks = activation.kinks(parameters).filter(({ x }) => Math.abs(x) < reach);
  const value = pieces(
    (x) => activation.f(x, parameters),
    kinks.map(({ x }) => x),
  );
  const gradient = gradientPieces(activation, parameters, kinks);
  const window = bounds([...value, ...gradient].flat().map(({ y }) => y));
  const place = placer(window);
  const thick = theme.startsWith("high") ? 2.4 : 2;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${plotSize.width}" height="${plotSize.height}" `,
    `viewBox="0 0 ${plotSize.width} ${plotSize.height}" font-family="system-ui,sans-serif" font-size="10">`,
    `<clipPath id="c"><rect x="${margin.left}" y="${margin.top}" width="${plotSize.width - margin.left - margin.right}" `,
    `height="${plotSize.height - margin.top - margin.bottom}"/></clipPath>`,
    axes(window, place, colours),
    '<g clip-path="url(#c)" fill="none" stroke-linejoin="round" stroke-linecap="round">',
    ...value.map((points) => path(points, place, colours.f, thick, "")),
    ...gradient.map((points) =>
      path(points, place, colours.gradient, thick - 0.4, ' stroke-dasharray="5 4"'),
    ),
    "</g>",
    ...kinks.map((kink) => dots(kink, place, colours)),
    legend(colours, isFree([...value, ...gradient].flat(), place) ? "top" : "bottom"),
    "</svg>",
  ].join("");
}

/** As a picture that Markdown can hold. The SVG is ASCII, which `btoa` of both extension hosts needs. */
export function plotUri(svg: string): string {
  return `data:image/svg+xml;base64,${btoa(svg)}`;
}

/** Curves from break to break. A break's own value is drawn by neither side: its limits are. */
function pieces(value: (x: number) => number, breaks: readonly number[]): readonly (readonly Point[])[] {
  const ends = [-reach, ...[...breaks].sort((a, b) => a - b), reach];
  return ends.slice(1).map((to, index) => {
    const from = ends[index]!;
    const count = Math.max(2, Math.round((samples * (to - from)) / (2 * reach)));
    const nearby = (to - from) * 1e-6;
    return Array.from({ length: count + 1 }, (_, step) => {
      const x = from + ((to - from) * step) / count;
      // The limit from inside of the piece: at a jump, f(x) itself may belong to the other side.
      const inner = step === 0 && index > 0 ? x + nearby : step === count && to < reach ? x - nearby : x;
      return { x, y: value(inner) };
    }).filter(({ y }) => Number.isFinite(y));
  });
}

function gradientPieces(
  activation: ElementwiseActivation,
  parameters: ParameterValues,
  kinks: readonly Kink[],
) {
  return pieces(
    (x) => activation.gradient(x, parameters),
    kinks.map(({ x }) => x),
  );
}

interface Window {
  readonly from: number;
  readonly to: number;
}

function bounds(ys: readonly number[]): Window {
  const low = Math.max(-tallest, Math.min(0, ...ys));
  const high = Math.min(tallest, Math.max(1, ...ys));
  const padding = (high - low) * 0.08;
  return { from: low - padding, to: high + padding };
}

type Placer = (point: Point) => Point;

function placer({ from, to }: Window): Placer {
  const width = plotSize.width - margin.left - margin.right;
  const height = plotSize.height - margin.top - margin.bottom;
  return ({ x, y }) => ({
    x: margin.left + ((x + reach) / (2 * reach)) * width,
    y: margin.top + ((to - y) / (to - from)) * height,
  });
}

const short = (value: number): string => String(Number(value.toFixed(1)));

function path(points: readonly Point[], place: Placer, colour: string, width: number, style: string): string {
  const steps = points.map((point, index) => {
    // Far outside values are kept near the window: renderers lose precision with huge coordinates.
    const { x, y } = place({ x: point.x, y: Math.max(-100, Math.min(100, point.y)) });
    return `${index === 0 ? "M" : "L"}${short(x)} ${short(y)}`;
  });
  return `<path d="${steps.join("")}" stroke="${colour}" stroke-width="${short(width)}"${style}/>`;
}

function axes(window: Window, place: Placer, colours: Colours): string {
  const origin = place({ x: 0, y: 0 });
  const right = plotSize.width - margin.right;
  const bottom = plotSize.height - margin.bottom;
  const out: string[] = [];
  for (const x of [-4, -2, 2, 4]) {
    const at = short(place({ x, y: 0 }).x);
    out.push(line(at, String(margin.top), at, String(bottom), colours.grid));
  }
  for (const x of [-4, -2, 0, 2, 4]) out.push(label(place({ x, y: 0 }).x, bottom + 13, "middle", x, colours));
  const height = window.to - window.from;
  const step = height > 4.5 ? 2 : height > 1.6 ? 1 : 0.5;
  for (let y = Math.ceil(window.from / step) * step; y <= window.to; y += step) {
    const at = place({ x: 0, y }).y;
    if (y !== 0) out.push(line(String(margin.left), short(at), String(right), short(at), colours.grid));
    out.push(label(margin.left - 5, at + 3.5, "end", y, colours));
  }
  out.push(line(String(margin.left), short(origin.y), String(right), short(origin.y), colours.axis));
  out.push(line(short(origin.x), String(margin.top), short(origin.x), String(bottom), colours.axis));
  return out.join("");
}

const line = (x1: string, y1: string, x2: string, y2: string, colour: string): string =>
  `<path d="M${x1} ${y1}L${x2} ${y2}" stroke="${colour}" fill="none"/>`;

function label(x: number, y: number, anchor: string, value: number, colours: Colours): string {
  const text = value < 0 ? `&#8722;${-value}` : String(value);
  return `<text x="${short(x)}" y="${short(y)}" text-anchor="${anchor}" fill="${colours.text}">${text}</text>`;
}

/** One-sided limits as open dots, the value that frameworks use filled, as in a textbook. */
function dots({ x, left, right, used }: Kink, place: Placer, colours: Colours): string {
  if (left === right) return "";
  const open = [left, right].filter((y) => Math.abs(y) < tallest && y !== used);
  const filled = Math.abs(used) < tallest ? [used] : [];
  return [
    ...open.map((y) => dot(place({ x, y }), colours.gradient, colours.background)),
    ...filled.map((y) => dot(place({ x, y }), colours.gradient, colours.gradient)),
  ].join("");
}

const dot = ({ x, y }: Point, stroke: string, fill: string): string =>
  `<circle cx="${short(x)}" cy="${short(y)}" r="3" stroke="${stroke}" stroke-width="1.4" fill="${fill}"/>`;

/** Whether no curve runs through the upper left corner, where the legend goes. */
function isFree(points: readonly Point[], place: Placer): boolean {
  return points.map(place).every(({ x, y }) => x > margin.left + 60 || y > 40);
}

/** In the upper left, or in the lower right. */
function legend(colours: Colours, corner: "top" | "bottom"): string {
  const x = corner === "top" ? margin.left + 8 : plotSize.width - margin.right - 60;
  const y = corner === "top" ? 17 : plotSize.height - margin.bottom - 28;
  const entry = (at: number, colour: string, text: string, dashes: string) =>
    `<path d="M${x} ${at}h20" stroke="${colour}" stroke-width="2"${dashes}/>` +
    `<text x="${x + 26}" y="${at + 4}" font-size="11" fill="${colours.text}">${text}</text>`;
  const gradient = entry(y + 15, colours.gradient, "f&#8242;(x)", ' stroke-dasharray="5 4"');
  return entry(y, colours.f, "f(x)", "") + gradient;
}
