import assert from "node:assert/strict";
import test from "node:test";
import { mayBeKerasModel } from "../../../src/engine/config/networks/keras.ts";
import { analyze } from "../../../src/engine/index.ts";
import type { ConfigLanguage } from "../../../src/engine/model.ts";

test("configurations that give no layers give no network", () => {
  const silent: readonly (readonly [ConfigLanguage, string])[] = [
    ["json", '{"model_type": "bert", "hidden_act": "relu", "num_hidden_layers": 12}'],
    ["json", '{"class_name": "Dense", "config": {"units": 4, "activation": "relu"}}'],
    ["yaml", "model:\n  layers: 3\n  activation: relu\n"],
    ["darknet", "[convolutional]\nactivation=relu\n"],
    ["darknet", "[net]\nactivation=relu\n"],
    ["prototxt", 'net: "train.prototxt"\nbase_lr: 0.01\nmomentum: 0.9\n'],
  ];
  for (const [language, text] of silent) {
    const { networks, findings } = analyze({ path: "x", text, language });
    assert.deepEqual([networks, findings], [[], []], text);
  }
  assert.equal(mayBeKerasModel('{"model_type": "bert", "hidden_act": "relu"}'), false);
});

const many = (count: number, text: (at: number) => string): string =>
  Array.from({ length: count }, (_, at) => text(at)).join("");

const sequential = (layers: string): string => `{"class_name":"Sequential","config":{"layers":[${layers}]}}`;
const dense = (name: string, from: string): string =>
  `{"class_name":"Dense","name":"${name}","config":{"units":3,"activation":"relu"},"inbound_nodes":[[["${from}",0,0,{}]]]}`;
const functional = (layers: string): string => `{"class_name":"Functional","config":{"layers":[${layers}]}}`;

/** A model of two, each of which is a model of two, and so on: text that is short for what it says. */
function shared(depth: number): string {
  let model = '{"class_name":"Dense","config":{"units":3,"activation":"relu"}}';
  for (let level = 0; level < depth; level++) {
    const name = `m${level}`;
    const nodes = '"inbound_nodes":[[["in",0,0,{}]],[["L",0,0,{}]]]'.replace("L", name);
    const start =
      '{"class_name":"InputLayer","name":"in","config":{"batch_shape":[null,3]},"inbound_nodes":[]}';
    const layer = model.replace("{", `{"name":"${name}",${nodes},`);
    model = `{"class_name":"Functional","config":{"layers":[${start},${layer}],"output_layers":[["${name}",1,0]]}}`;
  }
  return model;
}

/** Each would never end, overflow the stack or take minutes in a reader that is not made for it. */
const HOSTILE: readonly (readonly [string, ConfigLanguage, string])[] = [
  [
    "100,000 sections",
    "darknet",
    `[net]\nchannels=3\nheight=9\nwidth=9\n[conv]\nactivation=relu\n${"[conv]\n".repeat(100_000)}`,
  ],
  [
    "routes to themselves, to what follows, and to a million",
    "darknet",
    `[net]\nchannels=3\nheight=9\nwidth=9\n${many(2_000, () => "[conv]\nactivation=relu\n[route]\nlayers=0,0,-0,5000,1e9\n[shortcut]\nfrom=99\n")}`,
  ],
  [
    "sizes without sense",
    "darknet",
    "[net]\nchannels=1e300\nheight=-4\nwidth=x\n[conv]\nstride=0\nsize=1e9\nactivation=relu\n[maxpool]\nsize=0\n[reorg]\nstride=0\n[conn]\nactivation=relu\n",
  ],
  [
    "layers that take each other",
    "prototxt",
    many(20_000, (at) => `layer{name:"l${at}" type:"ReLU" bottom:"b${at + 1}" top:"b${at}"}`),
  ],
  [
    "one sum of all",
    "prototxt",
    `input:"b" input_dim:1 input_dim:3 layer{type:"InnerProduct" bottom:"b" top:"b"}layer{type:"ReLU" bottom:"b" top:"b"}layer{type:"Eltwise" ${'bottom:"b"'.repeat(100_000)} top:"c"}`,
  ],
  [
    "a ring of layers",
    "json",
    functional(many(9_999, (at) => `${dense(`d${at}`, `d${(at + 1) % 9_999}`)},`) + dense("x", "x")),
  ],
  [
    "a chain from its end",
    "json",
    functional(many(9_000, (at) => `${dense(`d${at}`, `d${at + 1}`)},`) + dense("d9000", "d9001")),
  ],
  [
    "a layer that takes 100,000",
    "json",
    functional(
      `{"class_name":"Add","config":{"name":"relu"},"inbound_nodes":[[${many(100_000, (at) => `["d${at}",0,0],`)}["d",0,0]]]},${dense("a", "b")}`,
    ),
  ],
  [
    "models in models",
    "json",
    `${'{"class_name":"Sequential","config":{"layers":['.repeat(5_000)}${dense("a", "b")}`,
  ],
  ["2 to the 30th layers", "json", shared(30)],
  [
    "layers without anything",
    "json",
    sequential(`{"class_name":"Dense"},{"class_name":"Add","config":{}},{},3,null,${dense("a", "b")}`),
  ],
];

for (const [name, language, text] of HOSTILE) {
  test(name, { timeout: 60_000 }, () => {
    const { networks } = analyze({ path: "x", text, language });
    for (const { gaps, risk } of networks) {
      assert.equal(risk, null);
      assert.ok(gaps.length > 0);
    }
  });
}
