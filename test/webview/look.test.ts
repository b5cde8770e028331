/** What the preview looks at while the cursor moves, and how a network becomes a strip. */
import assert from "node:assert/strict";
import { test } from "node:test";
import type { Network, Site } from "../../src/engine/index.ts";
import { describeSite } from "../../src/host/preview/describe.ts";
import { describeStrip } from "../../src/host/preview/describeStrip.ts";
import { type Look, look, preferring } from "../../src/host/preview/look.ts";
import { batchIn } from "../../src/lab/batch.ts";
import { conv, gapped, resnet50 } from "../engine/host/networks.ts";
import { analysis, layer, network, site, spanOf } from "../engine/host/sample.ts";

const text = `a = nn.GELU()
model = nn.Sequential(
    nn.Linear(8, 4),
    nn.ReLU(),
    nn.Linear(4, 4), nn.Tanh(),
    nn.Linear(4, 2),
)
b = 1
`;
const span = (part: string) => ({ from: text.indexOf(part), to: text.indexOf(part) + part.length });
const [gelu, relu, tanh] = ["nn.GELU()", "nn.ReLU()", "nn.Tanh()"].map(
  (code): Site => site({ span: span(code), activation: code.slice(3, -2).toLowerCase() }),
) as [Site, Site, Site];
const model = network({
  span: span(text.slice(text.indexOf("nn.Seq"), text.indexOf("\nb"))),
  layers: [
    layer({ span: span("nn.Linear(8, 4)"), site: relu }),
    layer({ span: span("nn.Linear(4, 4)"), site: tanh }),
    layer({ span: span("nn.Linear(4, 2)"), site: null }),
  ],
});
const at = (part: string, shown: Site | null = null, networks: readonly Network[] = [model]): Look => {
  const sites = [gelu, relu, tanh];
  const aim = { cursor: text.indexOf(part), shown: shown?.span.from ?? null };
  const seen = look(analysis({ sites, networks }), sites, text, aim);
  assert.notEqual(seen, "keep");
  return seen as Look;
};

test("on an activation, its network is around it and its layers are marked", () => {
  assert.deepEqual(at("ReLU"), { site: relu, network: model, layers: [0] });
  assert.deepEqual(at("GELU"), { site: gelu, network: undefined, layers: [] });
});

test("on the call of a layer, the activation that follows it is shown", () => {
  assert.deepEqual(at("Linear(8"), { site: relu, network: model, layers: [0] });
  assert.deepEqual(at("Linear(4, 4"), { site: tanh, network: model, layers: [1] });
});

test("on a layer without one the network stays, and that layer is marked", () => {
  assert.deepEqual(at("Linear(4, 2", relu), { site: relu, network: model, layers: [2] });
  assert.deepEqual(at("Linear(4, 2", gelu), { site: tanh, network: model, layers: [2] });
});

test("on other code of a network, one of its own activations is shown", () => {
  assert.deepEqual(at("Sequential", gelu), { site: relu, network: model, layers: [] });
  assert.deepEqual(at("Sequential", tanh), { site: tanh, network: model, layers: [] });
});

test("outside of networks what was shown stays", () => {
  assert.deepEqual(at("b = 1", tanh), { site: tanh, network: model, layers: [1] });
});

test("one call in a loop marks all of its layers", () => {
  const call = model.layers[0]!;
  const loop = { ...model, layers: [call, call, call, model.layers[2]!] };
  assert.deepEqual(at("Linear(8", null, [loop]).layers, [0, 1, 2]);
});

test("a layer that two networks use is shown in the one that is shown already", () => {
  const block = { ...model, name: "Block", layers: model.layers.slice(0, 1) };
  const sites = [gelu, relu, tanh];
  const at = (part: string, name: string | null) => {
    const networks = preferring(analysis({ sites, networks: [block, model] }), name);
    const seen = look(networks, sites, text, { cursor: text.indexOf(part), shown: null });
    return seen === "keep" ? seen : seen.network?.name;
  };
  assert.equal(at("Linear(8", null), "Block");
  assert.equal(at("Linear(8", "Net"), "Net");
  assert.equal(at("ReLU", "Net"), "Net");
  assert.equal(at("Linear(4, 4", "Block"), "Net", "one that does not use it is no choice");
  assert.equal(at("ReLU", "gone"), "Block");
});

test("a network without an activation is shown by itself", () => {
  const bare = { ...model, layers: model.layers.map((each) => ({ ...each, site: null })) };
  const seen = look(analysis({ sites: [], networks: [bare] }), [], text, {
    cursor: text.indexOf("Linear(8"),
    shown: null,
  });
  assert.deepEqual(seen, { site: undefined, network: bare, layers: [0] });
});

test("a line that is being typed keeps what was shown, also inside of a network", () => {
  const aim = { cursor: relu.span.from + 2, shown: relu.span.from };
  const rest = { ...model, layers: model.layers.slice(1) };
  assert.equal(look(analysis({ sites: [tanh], networks: [rest] }), [tanh], text, aim), "keep");
});

test("a strip has a box for each layer, and one for code that could not be read", () => {
  const strip = describeStrip(resnet50(), [3]);
  assert.equal(strip.boxes.length, 54);
  assert.deepEqual(strip.current, [3]);
  const gap = { span: { from: 5, to: 9 }, what: "a list of layers is built elsewhere" };
  const before = describeStrip(gapped({ span: { from: 0, to: 900 }, gaps: [...gapped().gaps, gap] }), []);
  assert.deepEqual(
    before.boxes.map((box) => (box.part === "gap" ? box.what : box.units)),
    [gap.what, 32, 64, null, 10],
    "a gap stands where its code does, one about a layer is that layer's",
  );
  const third = before.boxes[3];
  assert.equal(third?.part === "layer" && third.gap, "width of layer 3 is not known");
});

test("a strip says the batch of the file, where it is said", () => {
  assert.equal(
    describeStrip(resnet50(), [], batchIn("loader = DataLoader(data, batch_size=128)")).batch,
    128,
  );
  assert.equal(describeStrip(resnet50(), [], batchIn("batch_size = 128\ntest(batch_size=1)")).batch, null);
});

test("what stands outside of the network is about the whole of it, and stands last", () => {
  const gap = { span: spanOf("import"), what: "weights are initialised elsewhere" };
  const { boxes } = describeStrip(network({ layers: [conv(3, 8)], gaps: [gap] }), []);
  assert.deepEqual(
    boxes.map(({ part }) => part),
    ["layer", "gap"],
  );
});

test("looking asks for no findings: they take as long as all the rest", () => {
  let asked = 0;
  const quiet = {
    ...analysis({ sites: [relu], networks: [model] }),
    get findings() {
      asked++;
      return [];
    },
  };
  const preferred = preferring(quiet, model.name);
  look(preferred, [relu], text, { cursor: text.indexOf("ReLU"), shown: null });
  assert.deepEqual(describeSite(preferred, relu, text, true).findings, null);
  assert.equal(asked, 0);
  assert.deepEqual(describeSite(preferred, relu, text).findings, []);
  assert.equal(asked, 1);
});
