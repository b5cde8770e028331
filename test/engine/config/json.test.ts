import assert from "node:assert/strict";
import test from "node:test";
import { sitesIn, switched, told } from "./support.ts";

test("Hugging Face: hidden_act and its relatives, in whatever part of the model", () => {
  const text = `{ // BERT
  "model_type": "clip", "activation_dropout": 0.1, "feed_forward_proj": "gated-gelu",
  "text_config": { "hidden_act": "quick_gelu", "hidden_act": "gelu_new" },
  "projection_hidden_act": "relu",
}`;
  assert.deepEqual(told("json", text), [
    'gelu_tanh@"gated-gelu" huggingface certain',
    'quick_gelu@"quick_gelu" huggingface certain',
    'gelu_tanh@"gelu_new" huggingface certain',
    'relu@"relu" huggingface certain',
  ]);
  assert.equal(switched("json", text), text.replace('"relu"', '"leaky_relu"'));
});

test("Hugging Face: sizes of a transformer beside hidden_act are proof as well", () => {
  const text = '{"hidden_size": 8, "num_hidden_layers": 2, "hidden_act": "gelu", "conv_act": "gelu"}';
  assert.deepEqual(told("json", text), [
    'gelu@"gelu" huggingface certain',
    'gelu@"gelu" huggingface certain',
  ]);
});

test("Hugging Face: what belongs to pretrained weights is not switched", () => {
  const text = '{"model_type": "opt", "activation_function": "relu"}';
  assert.match(sitesIn("json", text, "some/folder/config.json")[0]?.noFix ?? "", /pretrained/);
  const saved = '{"architectures": ["OPT"], "activation_function": "relu"}';
  assert.match(sitesIn("json", saved, "opt.json")[0]?.noFix ?? "", /pretrained/);
});

test("Keras: strings, layers, serialised functions; never a switch", () => {
  const text = JSON.stringify({
    class_name: "Sequential",
    config: {
      layers: [
        {
          class_name: "Dense",
          config: { name: "relu", activation: "relu", kernel_initializer: { class_name: "HeNormal" } },
        },
        { class_name: "LSTM", config: { activation: "tanh", recurrent_activation: "hard_sigmoid" } },
        { class_name: "LeakyReLU", config: { alpha: 0.1 } },
        { class_name: "ReLU", config: { max_value: 6 } },
        { class_name: "Dense", config: { activation: { class_name: "function", config: "swish" } } },
      ],
    },
  });
  const sites = sitesIn("json", text);
  assert.deepEqual(
    sites.map(({ activation, parameters }) => [activation, parameters]),
    [
      ["relu", sites[0]?.parameters],
      ["tanh", {}],
      ["hardsigmoid", sites[2]?.parameters],
      ["leaky_relu", { negative_slope: 0.1 }],
      ["relu", { max_value: 6, negative_slope: 0, threshold: 0 }],
      ["silu", sites[5]?.parameters],
    ],
  );
  assert.ok(
    sites.every(
      ({ framework, certainty, fixes }) =>
        framework === "keras" && certainty === "certain" && fixes.length === 0,
    ),
  );
  assert.match(sites[0]?.noFix ?? "", /trained model/);
});

test("AllenNLP: Jsonnet as far as its JSON goes", () => {
  const text = `local dim = 2; local act = "relu";
local base = { dropout:: 0.1, f(x):: x + 1 };
{
  dataset_reader: { type: 'snli' }, # reader
  model: base + {
    feedforward: { input_dim: dim * 2, activations: ['relu', "linear"], [name]: 3 },
    other: { activation: act, hidden+: [x * 2 for x in [1, 2]], activation: { type: "leaky_relu", negative_slope: 0.3 } },
    initializer: [[".*", { type: "kaiming_normal", nonlinearity: "relu" }]],
  },
}`;
  assert.deepEqual(told("jsonnet", text), [
    "relu@'relu' allennlp certain",
    'linear@"linear" allennlp certain',
    'leaky_relu@"leaky_relu" allennlp certain',
  ]);
  assert.deepEqual(sitesIn("jsonnet", text)[2]?.parameters, { negative_slope: 0.3 });
  assert.equal(switched("jsonnet", text), text.replace("['relu'", "['leaky_relu'"));
});

test("cut off, commas missing, brackets wrong: what can be read is", () => {
  assert.deepEqual(told("json", '{"model_type": "x", "hidden_act": "relu", "x": {"act_fn": "ge'), [
    'relu@"relu" huggingface certain',
  ]);
  assert.deepEqual(told("json", '{"model_type": "x"\n "hidden_act": "relu"\n "y": ]}'), [
    'relu@"relu" huggingface certain',
  ]);
});

test("JSON that only looks like it is silent", () => {
  for (const text of [
    '{"activation": "Identity", "linear": "Linear", "menu": {"activation": "linear"}}',
    '{"name": "relu", "keywords": ["relu", "softmax"], "activationEvents": ["*"], "dependencies": {"gelu": "1"}}',
    '{"compilerOptions": {"type": "linear"}, "act": "softmax"}',
    '{"properties": {"activation": {"type": "string", "enum": ["relu", "tanh"], "default": "relu"}}}',
    '[{"torch.nn.ReLU": "torch.nn.ReLU(inplace=False)"}]',
  ]) {
    assert.deepEqual(told("json", text), [], text);
  }
});
