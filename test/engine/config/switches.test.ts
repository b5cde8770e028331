/** Changes of activations in configurations: what `inspect` gives for them. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { type Kind, switched } from "../switching.ts";

const NET = "[net]\nheight=8\nwidth=8\nchannels=3\n";
const LAYER = 'layer {\n  name: "a"\n  type: "ReLU"\n  bottom: "x"\n  top: "x"\n}\n';

const SWITCHES: readonly (readonly [path: string, kind: Kind, before: string, after: string | undefined])[] =
  [
    [
      "a.cfg",
      "silu",
      `${NET}[convolutional]\nactivation=relu\n`,
      `${NET}[convolutional]\nactivation=swish\n`,
    ],
    [
      "a.cfg",
      "leaky-relu",
      `${NET}[convolutional]\nactivation = relu\n`,
      `${NET}[convolutional]\nactivation = leaky\n`,
    ],
    [
      "a.cfg",
      "remove-activation",
      `${NET}[connected]\nactivation=relu\n`,
      `${NET}[connected]\nactivation=linear\n`,
    ],
    ["a.cfg", "prelu", `${NET}[convolutional]\nactivation=relu\n`, undefined],
    ["a.prototxt", "prelu", LAYER, LAYER.replace("ReLU", "PReLU")],
    [
      "a.prototxt",
      "leaky-relu",
      LAYER,
      LAYER.replace('top: "x"', 'top: "x"\n  relu_param { negative_slope: 0.2 }'),
    ],
    ["a.prototxt", "gelu", LAYER, undefined],
    ["a.prototxt", "elu", "layers { type: RELU bottom: 'x' top: 'x' }\n", undefined],
    [
      "a.yaml",
      "elu",
      "model:\n  act:\n    _target_: torch.nn.ReLU\n    inplace: true\n",
      "model:\n  act:\n    _target_: torch.nn.ELU\n    inplace: true\n",
    ],
    ["a.yaml", "gelu", "model:\n  act:\n    _target_: torch.nn.ReLU\n    inplace: true\n", undefined],
    [
      "a.yaml",
      "leaky-relu",
      "model:\n  act:\n    _target_: torch.nn.ReLU\n",
      "model:\n  act:\n    _target_: torch.nn.LeakyReLU\n    negative_slope: 0.2\n",
    ],
    [
      "a.yaml",
      "silu",
      "model:\n  neck:\n    act_cfg: {type: ReLU, inplace: true}\n",
      "model:\n  neck:\n    act_cfg: {type: SiLU, inplace: true}\n",
    ],
    ["a.yaml", "gelu", "model:\n  neck:\n    act_cfg: {type: ReLU, inplace: true}\n", undefined],
    [
      "model.json",
      "gelu",
      '{"model_type": "bert", "hidden_act": "relu", "hidden_size": 8}\n',
      '{"model_type": "bert", "hidden_act": "gelu", "hidden_size": 8}\n',
    ],
    ["model.json", "elu", '{"model_type": "bert", "hidden_act": "relu", "hidden_size": 8}\n', undefined],
    [
      "keras.json",
      "elu",
      '{"class_name": "Dense", "config": {"units": 8, "activation": "relu"}}\n',
      undefined,
    ],
  ];

for (const [path, kind, before, after] of SWITCHES) {
  test(`${path}: ${kind} of ${JSON.stringify(before)}`, () => {
    const { before: analysis, text } = switched(before, kind, path);
    assert.ok(analysis.sites.some(({ activation }) => activation === "relu"));
    assert.equal(text, after);
    if (text === undefined) return;
    assert.equal(switched(text, kind, path).fix, undefined);
    const id = { "leaky-relu": "leaky_relu", "remove-activation": "linear" }[kind as string] ?? kind;
    assert.equal(switched(text, kind, path, id).fix, undefined, "a second time there is nothing to do");
  });
}

test("a switch to PReLU says that it adds parameters, in every format", () => {
  const texts: readonly (readonly [path: string, text: string])[] = [
    ["a.prototxt", LAYER],
    ["a.yaml", "model:\n  act:\n    _target_: torch.nn.ReLU\n"],
    ["a.yaml", "model:\n  neck:\n    act_cfg: {type: ReLU}\n"],
    ["a.json", '{"dataset_reader": {}, "model": {"activations": "relu"}}'],
  ];
  for (const [path, text] of texts) {
    const { fix } = switched(text, "prelu", path);
    assert.match(fix?.note ?? "", /^PReLU learns its slope: it adds parameters/, text);
    assert.equal(fix?.applicability, "changes-training");
  }
});
