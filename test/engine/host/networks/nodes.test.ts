import assert from "node:assert/strict";
import { test } from "node:test";
import type { Analysis } from "../../../../src/engine/index.ts";
import {
  fileNode,
  itemsOf,
  type KnownFile,
  type Node,
  networkIds,
  nodesOf,
  rootsOf,
} from "../../../../src/host/networks/nodes.ts";
import { gapped, resnet50 } from "../networks.ts";
import { analysis, finding, layer, network, risk, spanOf } from "../sample.ts";

const file = (name: string, folder = "", of: Analysis = analysis()): KnownFile => ({
  uri: `file:///project/${folder}/${name}`,
  name,
  folder,
  networks: of.networks.length,
  items: () => itemsOf(of, (offset) => ({ offset })),
});
const flat = (nodes: readonly Node[]): readonly Node[] =>
  nodes.flatMap((node) => [node, ...flat(node.children)]);
const lines = (nodes: readonly Node[], depth = 0): readonly string[] =>
  nodes.flatMap(({ label, description, children }) => [
    `${"  ".repeat(depth)}${label}${description === "" ? "" : ` | ${description}`}`,
    ...lines(children, depth + 1),
  ]);

test("the active file stands first, all others under the workspace", () => {
  const [net, other] = [file("net.py"), file("other.py", "src/models")];
  assert.deepEqual(lines(nodesOf(rootsOf(net.uri, [other, net]))), [
    "net.py",
    "  Net | 2 layers, 784-256-10, ReLU, PyTorch default init · low risk of dead units",
    "    1 · dense 784 → 256 | ReLU, PyTorch default init",
    "    2 · dense 256 → 10 | no activation, PyTorch default init",
    "Workspace | 1 file",
    "  other.py | src/models",
    "    Net | 2 layers, 784-256-10, ReLU, PyTorch default init · low risk of dead units",
    "      1 · dense 784 → 256 | ReLU, PyTorch default init",
    "      2 · dense 256 → 10 | no activation, PyTorch default init",
  ]);
});

test("nothing known, nothing shown: the view has words of its own for that", () => {
  assert.deepEqual(nodesOf(rootsOf("file:///a.py", [])), []);
  const [only] = nodesOf(rootsOf("file:///a.py", [file("net.py")]));
  assert.equal(only?.kind, "workspace");
  assert.ok(only?.isExpanded, "without a file of its own the workspace is open");
});

test("gaps stand at the end and lead to the code that was not read", () => {
  const [net] = fileNode(file("net.py", "", analysis({ networks: [gapped()] })), true).children;
  const gap = net?.children.at(-1);
  assert.equal(gap?.label, "Not read");
  assert.equal(gap?.description, "width of layer 3 is not known");
  assert.equal(gap?.offset, spanOf("nn.Linear(256, 10)").from);
  assert.match(net?.description ?? "", /1 gap: width of layer 3 is not known$/);
});

test("a layer with a name, a normalisation and a shortcut says so", () => {
  const first = layer({
    name: "fc1",
    normalisation: { kind: "layer", place: "after" },
    residual: true,
    dropout: 0.1,
  });
  const [net] = fileNode(
    file("net.py", "", analysis({ networks: [network({ layers: [first] })] })),
    true,
  ).children;
  const [shown] = net?.children ?? [];
  assert.equal(shown?.label, "1 · fc1 · dense 784 → 256");
  assert.equal(shown?.description, "ReLU, LayerNorm, residual, dropout 10 %, PyTorch default init");
  assert.match(shown?.spoken ?? "", /^Layer 1 of 1: dense, 784 inputs to 256 units, ReLU, LayerNorm/);
});

test("numbers of dead units need a finding", () => {
  const networks = [network({ risk: risk(0.3) })];
  const described = (findings: Analysis["findings"]) =>
    flat([fileNode(file("net.py", "", analysis({ networks, findings })), true)]);
  assert.ok(described([]).every(({ isFlagged, description }) => !isFlagged && !/may die/.test(description)));
  const flagged = described([finding()]).filter(({ isFlagged }) => isFlagged);
  assert.deepEqual(
    flagged.map(({ kind, description }) => [kind, /about (30 %|20–40 % of units) may die/.test(description)]),
    [
      ["network", true],
      ["layer", true],
    ],
  );
});

test("a large network is folded, the only small one of the active file is open", () => {
  const isOpen = (of: Analysis) =>
    fileNode(file("net.py", "", of), true).children.map(({ isExpanded }) => isExpanded);
  assert.deepEqual(isOpen(analysis()), [true]);
  assert.deepEqual(isOpen(analysis({ networks: [resnet50()] })), [false]);
  assert.deepEqual(isOpen(analysis({ networks: [network(), network()] })), [false, false]);
});

test("ids are unique and outlive a change of the code above", () => {
  const twice = analysis({ networks: [network(), network(), gapped()] });
  assert.deepEqual(networkIds(twice), ["Net", "Net#2", "Net#3"]);
  const nodes = flat(
    nodesOf(rootsOf("file:///project//net.py", [file("net.py", "", twice), file("b.py", "", twice)])),
  );
  assert.equal(new Set(nodes.map(({ id }) => id)).size, nodes.length);
  const moved = file("net.py", "", twice);
  const shifted = { ...moved, items: () => itemsOf(twice, (offset) => ({ offset: offset + 9 })) };
  const idsOf = (shown: KnownFile) => flat([fileNode(shown, true)]).map(({ id }) => id);
  assert.deepEqual(idsOf(shifted), idsOf(moved));
});

test("the networks of other files are made when they are looked at", () => {
  let asked = 0;
  const items = () => {
    asked++;
    return file("net.py").items();
  };
  const known: KnownFile = { ...file("net.py"), items };
  const [workspace] = nodesOf(rootsOf(undefined, [known]));
  const [net] = workspace?.children ?? [];
  assert.match(net?.tooltip ?? "", /^net\.py: 1 network$/);
  assert.equal(asked, 0);
  assert.equal(net?.children.length, 1);
  assert.equal(net?.children.length, 1);
  assert.equal(asked, 1);
});

test("very many files are shown by folder", () => {
  const many = Array.from({ length: 150 }, (_, at) => file(`net${at}.py`, at < 120 ? "src/models" : ""));
  const [workspace] = nodesOf(rootsOf(undefined, many));
  assert.deepEqual(
    workspace?.children.map(({ kind, label, description }) => [kind, label, description]),
    [
      ["folder", "(top)", "30 files"],
      ["folder", "src/models", "120 files"],
    ],
  );
  assert.equal(workspace?.children[1]?.children[0]?.label, "net0.py");
});
