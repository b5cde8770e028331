// What graph.py makes of a network's graph: the definition of a layer's activation and norm. Needs a plain Python only.
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { test } from "node:test";
import type { TruthLayer } from "./truth.ts";

/** Kind, inputs by number, value (of a layer nothing), name: in the order of execution. Node 0 is the input. */
type Node = readonly [
  kind: string,
  inputs: readonly number[],
  value?: string | undefined,
  name?: string | undefined,
];

const SCRIPT = `
import json, sys
sys.path.insert(0, "test/frameworks")
from graph import Graph, LAYER, layers_of, mark_gates
graph = Graph()
for kind, inputs, *rest in json.loads(sys.argv[1]):
    value, name = (*rest, None, None)[:2]
    graph.add(kind, inputs, {} if kind == LAYER else value, name)
mark_gates(graph, {"sigmoid": "silu"})
print(json.dumps(layers_of(graph)))
`;

const python = process.env.ACTIVATION_LENS_PYTHON ?? "python3";
const skip = spawnSync(python, ["--version"]).status !== 0 && "no Python: set ACTIVATION_LENS_PYTHON to one";

/** `relu batch`, a word for each that is there; other readings after a slash. */
function layers(...nodes: readonly Node[]): string[] {
  const words = JSON.stringify([["pass", []], ...nodes]);
  const ran = spawnSync(python, ["-B", "-c", SCRIPT, words], { encoding: "utf8" });
  assert.equal(ran.status, 0, ran.stderr);
  const say = ({ activation, normalisation }: Pick<TruthLayer, "activation" | "normalisation">) =>
    `${activation ?? "-"} ${normalisation ?? "-"}`;
  return (JSON.parse(ran.stdout) as TruthLayer[]).map((layer) =>
    [layer, ...(layer.also ?? [])].map(say).join(" / "),
  );
}

test("the activation after a norm, and the norm after an activation", { skip }, () => {
  assert.deepEqual(layers(["layer", [0]], ["norm", [1], "batch"], ["activation", [2], "relu"]), [
    "relu batch",
  ]);
  assert.deepEqual(layers(["layer", [0]], ["activation", [1], "relu"], ["norm", [2], "layer"]), [
    "relu layer",
  ]);
});

test("nothing is looked for beyond the next layer", { skip }, () => {
  const found = layers(["layer", [0]], ["layer", [1]], ["norm", [2], "batch"], ["activation", [3], "relu"]);
  assert.deepEqual(found, ["- -", "relu batch"]);
});

test("nothing is looked for beyond a product of matrices", { skip }, () => {
  assert.deepEqual(layers(["layer", [0]], ["block", [1]], ["activation", [2], "softmax"]), ["- -"]);
});

test("both branches of a residual block are rectified by what follows the sum", { skip }, () => {
  const found = layers(
    ["layer", [0]],
    ["norm", [1], "batch"],
    ["layer", [0]],
    ["norm", [3], "batch"],
    ["pass", [2, 4], undefined, "add"],
    ["activation", [5], "relu"],
  );
  assert.deepEqual(found, ["relu batch", "relu batch"]);
});

test("a branch that a layer reads before the other is rectified has two readings", { skip }, () => {
  const found = layers(
    ["layer", [0]],
    ["layer", [1]],
    ["pass", [1, 2], undefined, "add"],
    ["activation", [3], "relu"],
  );
  assert.deepEqual(found, ["relu - / - -", "relu -"]);
});

test("a norm that only a residual path reaches is the other reading", { skip }, () => {
  const found = layers(
    ["layer", [0]],
    ["layer", [1]],
    ["pass", [1, 2]],
    ["norm", [3], "layer"],
    ["layer", [4]],
  );
  assert.deepEqual(found, ["- - / - layer", "- layer", "- -"]);
});

test("a gate has its own activation, and what it scales goes on", { skip }, () => {
  const found = layers(
    ["layer", [0]],
    ["layer", [1]],
    ["activation", [2], "sigmoid"],
    ["pass", [1, 3], undefined, "mul"],
    ["norm", [4], "batch"],
    ["activation", [5], "relu"],
  );
  assert.deepEqual(found, ["relu batch / - -", "sigmoid -"]);
});

test("x * sigmoid(x) is SiLU, and sigmoid is right too", { skip }, () => {
  const found = layers(["layer", [0]], ["activation", [1], "sigmoid"], ["pass", [1, 2], undefined, "mul"]);
  assert.deepEqual(found, ["silu - / sigmoid -"]);
});
