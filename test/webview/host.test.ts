/** The pure half of the host's side: html, guards, which site is shown, and how it is described. */
import assert from "node:assert/strict";
import { test } from "node:test";
import type { Analysis, Network, Site } from "../../src/engine/index.ts";
import { choose, moveOffset } from "../../src/host/preview/choose.ts";
import { describeNothing, describeSite } from "../../src/host/preview/describe.ts";
import { isShared, makeNonce, previewHtml, sharedHtml } from "../../src/host/preview/html.ts";
import { throttle } from "../../src/host/preview/throttle.ts";
import { isFromWebview, isRestorable, isStale, isToWebview } from "../../src/protocol.ts";
import { layer, network as networkOf, risk } from "../engine/host/sample.ts";
import { show, site as shownSite } from "./samples.ts";

const page = (state = show()) =>
  previewHtml({
    cspSource: "https://host.test",
    nonce: "n0nce",
    script: "https://host.test/webview.js",
    style: "https://host.test/preview.css",
    language: "en",
    initial: state,
  });

test("the page's policy allows one script by its nonce and the extension's style sheet, nothing else", () => {
  const policy = page().match(/Content-Security-Policy" content="([^"]*)"/)?.[1];
  assert.equal(policy, "default-src 'none'; script-src 'nonce-n0nce'; style-src https://host.test;");
  assert.deepEqual(page().match(/<script[^>]*>/g), [
    '<script nonce="n0nce" src="https://host.test/webview.js">',
  ]);
  assert.doesNotMatch(page(), /\son\w+=|<style|\sstyle=|javascript:/);
});

test("with the lab: its files may be fetched, its worker is a blob, and its kernels are WebAssembly", () => {
  const files = {
    script: "https://host.test/lab.js",
    worker: "https://host.test/w.js",
    style: "https://host.test/lab.css",
  };
  const html = previewHtml({
    cspSource: "https://host.test",
    nonce: "n0nce",
    script: "https://host.test/webview.js",
    style: "https://host.test/preview.css",
    language: "en",
    initial: null,
    lab: files,
  });
  const policy = html.match(/Content-Security-Policy" content="([^"]*)"/)?.[1];
  assert.equal(
    policy,
    "default-src 'none'; script-src 'nonce-n0nce' 'wasm-unsafe-eval'; style-src https://host.test; connect-src https://host.test; worker-src blob:;",
  );
  assert.equal(html.match(/<script/g)?.length, 1);
  assert.deepEqual(JSON.parse(html.match(/data-lab="([^"]*)"/)![1]!.replaceAll("&quot;", '"')), files);
});

test("code in the initial state can't leave its attribute", () => {
  const lineText = `x = '"><script>alert(1)</script>' & 1`;
  const html = page(show({ ...shownSite, lineText }));
  assert.equal(html.match(/<script/g)?.length, 1);
  const state = html.match(/data-state="([^"]*)"/)![1]!;
  const back = state
    .replaceAll("&lt;", "<")
    .replaceAll("&gt;", ">")
    .replaceAll("&quot;", '"')
    .replaceAll("&amp;", "&");
  assert.deepEqual(JSON.parse(back), show({ ...shownSite, lineText }));
});

test("nothing of a shared page can leave its place, and what is no colour is left out", () => {
  const html = sharedHtml({
    state: { lineText: `"><script>alert(1)</script>` },
    variables: { "--vscode-foreground": "#ccc", "--vscode-bad": "red; } body { display: none", "x:y": "z" },
    bodyClass: `vscode-dark"><b>`,
    script: `const end = "</script>"; // <!-- and </SCRIPT>`,
    style: "a { color: red } /* </style> */",
    nonce: "n0nce",
  });
  assert.equal(html.match(/<script/g)?.length, 1);
  assert.equal(html.match(/<\/script>/gi)?.length, 1);
  assert.equal(html.match(/<\/style>/g)?.length, 1);
  assert.ok(!html.includes("<!-- and") && !html.includes("<b>"));
  assert.match(html, /:root \{\n {2}--vscode-foreground: #ccc;\n\}/);
  assert.ok(isShared({ state: {}, variables: {}, bodyClass: "" }));
  for (const wrong of [null, 1, {}, { state: {}, variables: { a: 1 }, bodyClass: "" }])
    assert.ok(!isShared(wrong));
});

test("a nonce is long and never the same", () => {
  assert.match(makeNonce(), /^[0-9a-f]{48}$/);
  assert.notEqual(makeNonce(), makeNonce());
});

test("guards let through what the protocol knows and nothing else", () => {
  const source = { uri: "file:///a.py", version: 1 };
  assert.ok(isToWebview(show()));
  assert.ok(isToWebview({ type: "compare", source: null, activations: ["elu"] }));
  assert.ok(isFromWebview({ type: "ready", source: null }));
  assert.ok(isFromWebview({ type: "reveal", source, offset: 3 }));
  assert.ok(isFromWebview({ type: "go-to-box", source, part: "gap", index: 0, focus: false }));
  assert.ok(isFromWebview({ type: "ask-fixes", source, settings: {} }));
  assert.ok(isFromWebview({ type: "write", source, settings: {}, setting: "depth" }));
  assert.ok(isFromWebview({ type: "export", source: null, format: "svg", name: "relu", content: "<svg/>" }));
  assert.ok(isFromWebview({ type: "place", source: null, where: "window" }));
  assert.ok(isToWebview({ type: "fixes", source, settings: {}, fixes: [] }));
  assert.ok(isRestorable({ source, offset: 0, following: true, more: 1 }));
  for (const wrong of [
    null,
    1,
    "ready",
    {},
    { type: "ready" },
    { type: "reveal", source: null, offset: 3 },
    { type: "run", source },
    { type: "go-to-box", source, part: "risk", index: 0, focus: true },
    { type: "nothing", source, reason: "none", strip: 1, following: true },
    { type: "write", source: null, settings: {}, setting: "depth" },
    { type: "export", source: null, format: "exe", name: "relu", content: "" },
    { type: "place", source: null, where: "elsewhere" },
    { type: "fixes", source, settings: {}, fixes: 1 },
  ]) {
    assert.ok(!isFromWebview(wrong));
    assert.ok(!isToWebview(wrong));
    assert.ok(!isRestorable(wrong));
  }
  assert.ok(isStale({ ...source, version: 1 }, { ...source, version: 2 }));
  assert.ok(!isStale({ uri: "other", version: 1 }, { ...source, version: 2 }));
  assert.ok(!isStale(null, source));
});

const text = "import torch\nact = nn.ReLU()\nb = 1\nlast = nn.Sequential(nn.GELU(), nn.SiLU())\n";
const at = (code: string, activation: string): Site => ({
  activation,
  parameters: {},
  defaulted: [],
  framework: "pytorch",
  kind: "class_call",
  span: { from: text.indexOf(code), to: text.indexOf(code) + code.length },
  certainty: "certain",
  symbol: code,
  fixes: [],
});
const relu = at("nn.ReLU()", "relu");
const gelu = at("nn.GELU()", "gelu");
const silu = at("nn.SiLU()", "silu");
const sites = [relu, gelu, silu];

test("the site on the cursor's line is shown, of several the one at the cursor", () => {
  assert.equal(choose(sites, text, { cursor: text.indexOf("act"), shown: null }), relu);
  assert.equal(choose(sites, text, { cursor: text.indexOf("SiLU"), shown: null }), silu);
  assert.equal(choose(sites, text, { cursor: text.indexOf("last"), shown: null }), gelu);
});

test("on other lines the shown site stays; without one the nearest is shown", () => {
  const elsewhere = text.indexOf("b = 1");
  assert.equal(choose(sites, text, { cursor: elsewhere, shown: silu.span.from }), silu);
  assert.equal(choose(sites, text, { cursor: elsewhere, shown: null }), relu);
  assert.equal(choose([], text, { cursor: 0, shown: null }), undefined);
});

test("a line that is being typed keeps what was shown", () => {
  const cursor = text.indexOf("ReLU");
  assert.equal(choose([gelu, silu], text, { cursor, shown: relu.span.from }), "keep");
});

test("a pinned preview ignores the cursor", () => {
  assert.equal(choose(sites, text, { cursor: null, shown: gelu.span.from }), gelu);
});

test("places move with edits before them only", () => {
  const insert = (rangeOffset: number, added: string, rangeLength = 0) => ({
    rangeOffset,
    rangeLength,
    text: added,
  });
  assert.equal(moveOffset(10, [insert(0, "abc")]), 13);
  assert.equal(moveOffset(10, [insert(20, "abc")]), 10);
  assert.equal(moveOffset(10, [insert(4, "", 4)]), 6);
  assert.equal(moveOffset(10, [insert(8, "x", 5)]), 8);
  assert.equal(moveOffset(10, [insert(6, "ab"), insert(0, "a")]), 13);
});

const dense = (site: Site | null) => layer({ site });
const hidden = risk(0.4).layers[0]!;
const network: Network = networkOf({
  layers: [dense(relu), dense(gelu), dense(relu), dense(null)],
  risk: risk(0.4, { layers: [0.1, 0.2, 0.3].map((deadAtInit) => ({ ...hidden, deadAtInit })) }),
});
const analysis: Analysis = { path: "/models/net.py", sites, networks: [network], findings: [] };

test("a site that serves several layers shows each with its own risk", () => {
  const shown = describeSite(analysis, relu, text);
  assert.deepEqual(
    shown.layers.map(({ position, count, risk }) => [position, count, risk?.deadAtInit]),
    [
      [1, 4, 0.1],
      [3, 4, 0.3],
    ],
  );
  assert.equal(shown.line, 2);
  assert.equal(shown.lineText, "act = nn.ReLU()");
  assert.equal(shown.file, "net.py");
});

test("infinite parameters are left out: messages are JSON", () => {
  const shown = describeSite(analysis, { ...relu, parameters: { max_value: Infinity, threshold: 0 } }, text);
  assert.deepEqual(shown.parameters, { threshold: 0 });
});

test("why nothing is shown", () => {
  assert.match(describeNothing({ ...analysis, sites: [] }), /No activation was found in net\.py/);
  assert.match(describeNothing({ ...analysis, skipped: "it is too large" }), /not analysed: it is too large/);
});

test("throttled calls run at once, then once more for all that follow", ({ mock }) => {
  mock.timers.enable({ apis: ["setTimeout"] });
  let runs = 0;
  const throttled = throttle(() => runs++, 10);
  for (let index = 0; index < 5; index++) throttled.call();
  mock.timers.tick(9);
  assert.equal(runs, 1);
  mock.timers.tick(1);
  assert.equal(runs, 2);
  mock.timers.tick(40);
  assert.equal(runs, 2);
  throttled.dispose();
});
