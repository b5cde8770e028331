import assert from "node:assert/strict";
import { test } from "node:test";
import type { ToWebview } from "../../src/protocol.ts";
import {
  type Action,
  initialState,
  original,
  type PreviewState,
  reduce,
  restore,
} from "../../webview/state.ts";
import { riskyStrip, show, site } from "./samples.ts";

const after = (...actions: readonly Action[]): PreviewState => actions.reduce(reduce, initialState);
const slope = (state: PreviewState) => state.curves[0]?.parameters.negative_slope;

test("a site brings its own function and slope", () => {
  assert.deepEqual(after(show()).curves, [{ activation: "leaky_relu", parameters: { negative_slope: 0.2 } }]);
});

test("a stale message is dropped, one about another document is not", () => {
  const changed = { ...site, parameters: { negative_slope: 0.3 } };
  assert.equal(slope(after(show(site, 7), show(changed, 6))), 0.2);
  assert.equal(slope(after(show(site, 7), show(changed, 8))), 0.3);
  assert.equal(slope(after(show(site, 7), show(changed, 1, "file:///other.py"))), 0.3);
});

test("typing elsewhere keeps what the slider tries out; changing the site's own number does not", () => {
  const tried = [show(site, 1), { type: "parameter", name: "negative_slope", value: 0.5 }] as const;
  assert.equal(slope(after(...tried, show({ ...site, line: 30 }, 2))), 0.5);
  assert.equal(slope(after(...tried, show({ ...site, parameters: { negative_slope: 0.1 } }, 2))), 0.1);
});

test("reset goes back to the code's number, and for a compared function to its default", () => {
  const edit: Action = { type: "parameter", name: "negative_slope", value: 0.5 };
  assert.equal(slope(after(show(), edit, { type: "reset" })), 0.2);
  const compared = after(show(), { type: "add", activation: "leaky_relu" }, edit, { type: "reset" });
  assert.equal(compared.curves[1]?.parameters.negative_slope, 0.01);
  assert.equal(slope(compared), 0.2);
});

test("comparing keeps the site's curve first and takes vector functions out", () => {
  const compare: ToWebview = {
    type: "compare",
    source: null,
    activations: ["elu", "softmax", "leaky_relu", "gelu"],
  };
  assert.deepEqual(
    after(show(), compare).curves.map(({ activation }) => activation),
    ["leaky_relu", "elu", "gelu"],
  );
});

test("another site replaces the first curve and leaves the compared ones", () => {
  const state = after(
    show(),
    { type: "add", activation: "elu" },
    show({ ...site, activation: "relu", parameters: {} }, 2),
  );
  assert.deepEqual(
    state.curves.map(({ activation }) => activation),
    ["relu", "elu"],
  );
});

test("the code's curve can't be removed, and any number is added", () => {
  assert.equal(
    after(show(), { type: "add", activation: "elu" }, { type: "remove", index: 0 }).curves.length,
    2,
  );
  const many = Array.from({ length: 10 }, (): Action => ({ type: "add", activation: "elu" }));
  assert.equal(after(show(), ...many).curves.length, 11);
});

test("removing a curve keeps the selection on the same one", () => {
  const state = after(
    show(),
    { type: "add", activation: "elu" },
    { type: "add", activation: "gelu" },
    { type: "remove", index: 1 },
  );
  assert.equal(state.curves[state.selected]?.activation, "gelu");
});

test("the cross-hair stays in the visible range", () => {
  assert.equal(
    after(
      { type: "view", view: { from: -10, to: 10 } },
      { type: "probe", x: 9 },
      { type: "view", view: { from: -3, to: 3 } },
    ).probe,
    3,
  );
});

test("nothing to show keeps the charts and says why", () => {
  const state = after(show(), {
    type: "nothing",
    source: null,
    reason: "closed",
    strip: null,
    following: true,
  });
  assert.equal(state.site, null);
  assert.equal(state.notice, "closed");
  assert.equal(state.curves[0]?.activation, "leaky_relu");
});

test("the state survives JSON, infinite defaults included, and damaged states count as none", () => {
  const state = after(
    show(),
    { type: "add", activation: "relu" },
    { type: "view", view: { from: -3, to: 3 } },
  );
  const again = restore(JSON.parse(JSON.stringify(state)));
  assert.deepEqual(again, { ...state, source: { ...state.source, version: 0 } });
  assert.deepEqual(original(again!, 0).parameters, { negative_slope: 0.2 });
  for (const broken of [
    null,
    3,
    {},
    { ...state, curves: [] },
    { ...state, curves: [{ activation: "gone" }] },
    { ...state, view: { from: 1, to: 1 } },
    { ...state, view: undefined },
    { ...state, whatIf: 1 },
    { ...state, curves: [{ activation: "elu", parameters: null }] },
    { ...state, probe: "x" },
    { ...state, unfolded: null },
    { ...state, unfolded: ["drawer"] },
    { ...state, measure: "height" },
    { ...state, lab: null },
  ]) {
    assert.equal(restore(broken), undefined);
  }
  // What the host said is said again: the rest is kept.
  const { parameters: _, ...older } = site;
  const kept = restore({ ...state, site: older, strip: { name: "Net" } })!;
  assert.deepEqual([kept.site, kept.strip, kept.view], [null, null, state.view]);
});

test("after a reload the document counts from version 1 again, and is believed", () => {
  const saved = restore(after(show(site, 40)))!;
  assert.equal(slope(reduce(saved, show({ ...site, parameters: { negative_slope: 0.3 } }, 1))), 0.3);
});

test("findings that are not known yet leave those that are shown", () => {
  const finding = {
    rule: "dying-relu",
    severity: "warning",
    message: "Units may die.",
    evidence: [],
  } as const;
  const told = after(show({ ...site, findings: [finding] }), show({ ...site, line: 25, findings: null }, 2));
  assert.equal(told.site?.line, 25);
  assert.deepEqual(told.site?.findings, [finding]);
  assert.deepEqual(after(show({ ...site, findings: null })).site?.findings, []);
});

test("another network begins without what was tried out on the last one", () => {
  const tried = after(show(site, 1, undefined, riskyStrip), { type: "what-if", settings: { depth: 2 } });
  assert.deepEqual(reduce(tried, show(site, 2, undefined, riskyStrip)).whatIf, { depth: 2 });
  assert.deepEqual(reduce(tried, show(site, 2, undefined, { ...riskyStrip, name: "B" })).whatIf, {});
  assert.deepEqual(reduce(tried, show(site, 1, "file:///b.py", riskyStrip)).whatIf, {});
});

test("an offer to write is about the settings that it was asked for", () => {
  const source = { uri: "file:///model.py", version: 1 };
  const settings = { learningRate: 0.01 };
  const fixes = [{ setting: "learningRate", kind: "learning-rate", title: "Lower it" }] as const;
  const tried = after(show(site, 1, undefined, riskyStrip), { type: "what-if", settings });
  const offered = reduce(tried, { type: "fixes", source, settings, fixes });
  assert.deepEqual(offered.writable, fixes);
  const moved = reduce(tried, { type: "what-if", settings: { learningRate: 0.02 } });
  assert.deepEqual(reduce(moved, { type: "fixes", source, settings, fixes }).writable, []);
  assert.deepEqual(reduce(offered, { type: "as-in-code", setting: "learningRate" }).whatIf, {});
});

test("a view has bounds, however far it is zoomed", () => {
  const width = ({ view }: PreviewState) => view.to - view.from;
  assert.ok(width(after({ type: "view", view: { from: -1e-9, to: 1e-9 } })) >= 1e-5);
  assert.ok(width(after({ type: "view", view: { from: -1e9, to: 1e9 } })) <= 1e5);
});
