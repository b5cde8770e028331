/** The preview's page: one state, one way to change it, and sections that draw it. */
import { activationById } from "../src/engine/activations/catalogue.ts";
import { isToWebview } from "../src/protocol.ts";
import { createCharts } from "./charts.ts";
import { createCompare } from "./compare.ts";
import { createControls } from "./controls.ts";
import { element } from "./dom.ts";
import { createFacts } from "./facts.ts";
import { createFailure } from "./failure.ts";
import { createHeader } from "./header.ts";
import { host } from "./host.ts";
import { createRange } from "./range.ts";
import { createRisk } from "./risk.ts";
import { contentOf, createSave, fileNameOf } from "./save.ts";
import { type ShownCurve, shownCurves } from "./shown.ts";
import { type Action, afresh, initialState, type PreviewState, reduce, restore } from "./state.ts";
import { createStrip } from "./strip.ts";
import { onThemeChange, readTheme } from "./theme.ts";
import { createTryIt } from "./tryIt.ts";
import { createValues } from "./values.ts";
import { createWhatIf } from "./whatIf.ts";

const vscode = host();
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
  const { whatIf, strip } = state;
  state = next;
  draw();
  vscode.setState(state);
  if (state.whatIf !== whatIf || state.strip?.model !== strip?.model) askForFixes();
}

/** Which of the settings can be written into the code is for the host to say: asked when the slider rests. */
let asking: ReturnType<typeof setTimeout> | undefined;
const rest = 150;

function askForFixes(): void {
  clearTimeout(asking);
  if (Object.keys(state.whatIf).length === 0) return;
  asking = setTimeout(() => {
    const { source, whatIf } = state;
    if (source) vscode.postMessage({ type: "ask-fixes", source, settings: whatIf });
  }, rest);
}

const header = createHeader({
  reveal: () => {
    if (state.source) vscode.postMessage({ type: "reveal", source: state.source, offset: state.offset });
  },
  follow: (following) => {
    dispatch({ type: "pin", following });
    vscode.postMessage({ type: "follow", source: state.source, following });
  },
  place: (where) => vscode.postMessage({ type: "place", source: state.source, where }),
});
const strip = createStrip({
  goTo: (part, index, focus) => {
    if (state.source) vscode.postMessage({ type: "go-to-box", source: state.source, part, index, focus });
  },
  measure: (measure) => dispatch({ type: "measure", measure }),
});
const compare = createCompare(dispatch);
const range = createRange(dispatch);
const charts = createCharts({
  probe: (x, keep) => {
    const at = Number.isNaN(x) ? state.probe : x;
    if (keep) return dispatch({ type: "probe", x: at });
    charts.moveTo(at);
    range.hover(at, curves);
  },
  view: (view) => dispatch({ type: "view", view }),
  reset: () => dispatch({ type: "view", view: initialState.view }),
  layout: range.align,
});
const controls = createControls(dispatch);
const risk = createRisk(dispatch);
const copy = (text: string) => vscode.postMessage({ type: "copy", source: state.source, text });
const whatIf = createWhatIf({
  dispatch,
  write: (setting) => {
    if (!state.source) return;
    vscode.postMessage({ type: "write", source: state.source, settings: state.whatIf, setting });
    dispatch({ type: "as-in-code", setting });
  },
});
const facts = createFacts(dispatch, copy);
const values = createValues(dispatch, copy);
const tryIt = createTryIt(dispatch);
const save = createSave((format) => {
  const content = contentOf(format, state, curves, theme);
  vscode.postMessage({ type: "export", source: state.source, format, name: fileNameOf(curves), content });
});
const failure = createFailure(() => {
  state = afresh(state);
  vscode.setState(state);
  draw();
  vscode.postMessage({ type: "ready", source: state.source });
});
const empty = element("p", { class: "empty", role: "status" });
const drawing = element("div", { class: "drawing" }, charts.node, range.node);

/** What can't be drawn is said, with a way out: an empty page says nothing. */
function draw(): void {
  try {
    render();
    failure.hide();
  } catch (error) {
    failure.show(error);
    // For the log of the developer tools, with its stack.
    console.error(error);
  }
}

/** What was kept may be of an earlier version: where it can't be drawn, the host's answer to "ready" can. */
function drawFirst(): void {
  try {
    render();
  } catch {
    state = afresh(state);
    draw();
  }
}

function render(): void {
  curves = shownCurves(state, theme);
  drawing.hidden = curves.length === 0;
  // First: a canvas that sets a font makes the page bring its styles up to date, which costs most after changes.
  if (curves.length > 0) charts.update(state, curves, theme);
  header.update(state);
  strip.update(state);
  compare.update(state, curves);
  empty.hidden = curves.length > 0;
  empty.textContent = whyEmpty();
  range.update(state, curves);
  for (const section of [controls, whatIf, risk, facts, tryIt]) section.update(state);
  values.update(state, curves);
  save.hidden = curves.length === 0;
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
    failure.node,
    header.node,
    strip.node,
    element(
      "div",
      { class: "columns" },
      element("div", { class: "plots" }, compare.node, empty, drawing, controls.node, values.node, save),
      element("div", { class: "side" }, whatIf.node, risk.node),
      element("div", { class: "about" }, facts.node),
    ),
    tryIt.node,
  );
drawFirst();
vscode.setState(state);
onThemeChange(() => {
  theme = readTheme();
  draw();
});
window.addEventListener("message", ({ data }: MessageEvent<unknown>) => {
  if (isToWebview(data)) dispatch(data);
});
vscode.postMessage({ type: "ready", source: state.source });
