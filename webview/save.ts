/** What can be saved of a preview: its charts as a picture, its numbers as a table, all of it as a page. */
import { activationById } from "../src/engine/activations/catalogue.ts";
import { type ExportFormat, exportFormats } from "../src/protocol.ts";
import { curveCharts } from "./charts.ts";
import { button, element } from "./dom.ts";
import { shownDensity } from "./estimate.ts";
import { areaOf, axisWidth, curveScene } from "./plot/curveScene.ts";
import { densityScene } from "./plot/densityScene.ts";
import { pngFile } from "./plot/paint.ts";
import type { Mark, Scene } from "./plot/scene.ts";
import { svgFile } from "./plot/svg.ts";
import type { ShownCurve } from "./shown.ts";
import type { PreviewState } from "./state.ts";
import { csvOf } from "./table.ts";
import type { Theme } from "./theme.ts";

/** A file of its own, not a picture of the panel: always of this size. */
const width = 880;
const heights = { row: 20, caption: 20, upper: 320, density: 150, lower: 210 } as const;

export const titleOf = (curves: readonly ShownCurve[]): string => curves.map(({ label }) => label).join(", ");

function scenes(state: PreviewState, curves: readonly ShownCurve[], theme: Theme): readonly Scene[] {
  const { upper, density, lower } = heights;
  const charts = curveCharts(state, curves, [
    { width, height: upper },
    { width, height: lower },
  ]);
  const layer = shownDensity(state);
  return [
    legend(curves, theme),
    caption("Activation f(x)", theme),
    curveScene(charts[0], theme),
    ...(layer
      ? [
          caption(`Pre-activations of layer ${layer.position}, at the start`, theme),
          densityScene(layer, state.view, { width, height: density }, theme),
        ]
      : []),
    caption("Gradient f′(x)", theme),
    curveScene(charts[1], theme),
  ];
}

/** Which line is which function. */
function legend(curves: readonly ShownCurve[], { foreground, fontSize }: Theme): Scene {
  const room = width - axisWidth;
  const longest = Math.max(1, ...curves.map(({ label }) => label.length));
  // A line, its gap, and letters that are as a rule six tenths as wide as high.
  const fitting = Math.floor(room / (40 + 0.6 * fontSize * longest));
  const columns = Math.max(1, Math.min(5, fitting, curves.length));
  const each = room / columns;
  const height = heights.row * Math.ceil(curves.length / columns) + 14;
  const outside = curves.flatMap(({ label, colour, dash }, index): Mark[] => {
    const left = axisWidth + (index % columns) * each;
    const y = heights.row * (Math.floor(index / columns) + 0.5) + 7;
    const points = [
      [left, y],
      [left + 24, y],
    ] as const;
    return [
      { kind: "line", points, colour, dash, width: 2.5 },
      {
        kind: "text",
        at: [left + 30, y + fontSize * 0.35],
        text: label,
        colour: foreground,
        anchor: "start",
      },
    ];
  });
  return { width, height, area: areaOf(width, height, false), inside: [], outside };
}

/** A line of text above a chart. */
function caption(text: string, { muted }: Theme): Scene {
  const height = heights.caption;
  const mark: Mark = { kind: "text", at: [axisWidth, height - 5], text, colour: muted, anchor: "start" };
  return { width, height, area: areaOf(width, height, false), inside: [], outside: [mark] };
}

/** A theme's colours by their names, for a page that stands by itself. */
function themeVariables(): Readonly<Record<string, string>> {
  const { style } = document.documentElement;
  const names = [...style].filter((name) => name.startsWith("--vscode-"));
  return Object.fromEntries(names.map((name) => [name, style.getPropertyValue(name)]));
}

/** @returns what the host writes into the file; for a page, what it makes one from */
export function contentOf(
  format: ExportFormat,
  state: PreviewState,
  curves: readonly ShownCurve[],
  theme: Theme,
): string {
  switch (format) {
    case "png":
      return pngFile(scenes(state, curves, theme), theme);
    case "svg":
      return svgFile(scenes(state, curves, theme), theme, titleOf(curves));
    case "csv":
      return csvOf(curves, state.view);
    case "html":
      return JSON.stringify({
        // Where the file lies is nobody else's business.
        state: { ...state, source: null, writable: [] },
        variables: themeVariables(),
        bodyClass: document.body.className,
      });
  }
}

/** A name for the file, without ending. */
export function fileNameOf(curves: readonly ShownCurve[]): string {
  const names = curves.map(({ activation }) => activationById(activation.id)?.id ?? activation.id);
  return `${names.slice(0, 3).join("-")}${names.length > 3 ? "-and-more" : ""}`;
}

const labels: Readonly<Record<ExportFormat, readonly [string, string]>> = {
  png: ["PNG", "Save the charts as a picture"],
  svg: ["SVG", "Save the charts as vectors"],
  csv: ["CSV", "Save the curves as numbers"],
  html: [
    "Share as a page",
    "Save this preview as a page of its own, with its sliders, that needs no VS Code",
  ],
};

export function createSave(save: (format: ExportFormat) => void): HTMLElement {
  const buttons = exportFormats.map((format) => {
    const [text, title] = labels[format];
    return button(text, { class: "secondary", title, "data-key": `save-${format}` }, () => save(format));
  });
  return element(
    "div",
    { class: "save", role: "group", "aria-label": "Save" },
    element("span", { class: "hint" }, "Save:"),
    ...buttons,
  );
}
