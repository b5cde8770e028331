/** The preview's page: one state, one way to change it, and sections that draw it. */
import { activationById } from "../src/engine/activations/catalogue.ts";
import { type FromWebview, isToWebview } from "../src/protocol.ts";
import { createCharts } from "./chart.ts";
import { createCompare } from "./compare.ts";
import { createControls } from "./controls.ts";
import { element } from "./dom.ts";
import { createFacts } from "./facts.ts";
import { createHeader } from "./header.ts";
import { createRange, roundX } from "./range.ts";
import { createRisk } from "./risk.ts";
import { type ShownCurve, shownCurves } from "./shown.ts";
import { type Action, initialState, type PreviewState, reduce, restore } from "./state.ts";
import { createStrip } from "./strip.ts";
import { onThemeChange, readTheme } from "./theme.ts";
import { createValues } from "./values.ts";

declare function acquireVsCodeApi(): {
  postMessage(message: FromWebview): void;
  getState(): unknown;
  setState(state: PreviewState): void;
};

const vscode = acquireVsCodeApi();
let state = firstState();
let theme = readTheme();
let curves: readonly ShownCurve[] = [];

/**
 * A page that was hidden or reloaded knows better than the html, which is as old as the panel; a new one has only the
 * html. Either way "ready" then asks for what is current.
 */
function firstState(): PreviewState {
  const saved = restore(vscode.getState());
  if (saved) return saved;
  try {
    const message: unknown = JSON.parse(document.body.dataset.state ?? "null");
    if (isToWebview(message)) return reduce(initialState, message);
  } catch {
    // An unreadable initial state is the same as none.
  }
  return initialState;
}

function dispatch(action: Action): void {
  const next = reduce(state, action);
  if (next === state) return;
  state = next;
  vscode.setState(state);
  render();
}

const header = createHeader({
  reveal: () => {
    if (state.source) vscode.postMessage({ type: "reveal", source: state.source, offset: state.offset });
  },
  follow: (following) => {
    dispatch({ type: "pin", following });
    vscode.postMessage({ type: "follow", source: state.source, following });
  },
});
const strip = createStrip({
  goTo: (part, index, focus) => {
    if (state.source) vscode.postMessage({ type: "go-to-box", source: state.source, part, index, focus });
  },
});
const compare = createCompare(dispatch);
const range = createRange(dispatch);
const charts = createCharts((x, keep) => {
  const at = Number.isNaN(x) ? state.probe : roundX(x);
  if (keep) return dispatch({ type: "probe", x: at });
  charts.moveTo(at);
  range.hover(at, curves);
}, range.align);
const controls = createControls(dispatch);
const risk = createRisk();
const facts = createFacts();
const values = createValues(dispatch, (text) =>
  vscode.postMessage({ type: "copy", source: state.source, text }),
);
const empty = element("p", { class: "empty", role: "status" });
const drawing = element("div", { class: "drawing" }, charts.node, range.node);

function render(): void {
  curves = shownCurves(state, theme);
  header.update(state);
  strip.update(state);
  compare.update(state, curves);
  drawing.hidden = curves.length === 0;
  empty.hidden = curves.length > 0;
  empty.textContent = whyEmpty();
  if (curves.length > 0) charts.update(curves, state.reach, state.probe, theme);
  range.update(state, curves);
  for (const section of [controls, risk, facts]) section.update(state);
  values.update(state, curves);
}

/** A function of a whole vector has no curve; a name the catalogue lacks has nothing at all. */
function whyEmpty(): string {
  const id = state.curves[0]?.activation ?? "";
  const activation = activationById(id);
  if (!activation) return `There is no curve for “${id}” in the catalogue yet.`;
  return `${activation.name} takes a whole vector: each output depends on every input, so there is no single curve to draw. Add a function to compare, or read on.`;
}

document
  .querySelector("main")
  ?.replaceChildren(
    header.node,
    strip.node,
    element(
      "div",
      { class: "columns" },
      element("div", { class: "plots" }, compare.node, empty, drawing, controls.node, values.node),
      element("div", { class: "side" }, risk.node, facts.node),
    ),
  );
vscode.setState(state);
render();
onThemeChange(() => {
  theme = readTheme();
  render();
});
window.addEventListener("message", ({ data }: MessageEvent<unknown>) => {
  if (isToWebview(data)) dispatch(data);
});
vscode.postMessage({ type: "ready", source: state.source });
