import assert from "node:assert/strict";
import test from "node:test";
import { sitesIn, switched, told } from "./support.ts";

test("Hydra: _target_ with its arguments beside it", () => {
  const text = `net:
  act:
    _target_: torch.nn.ReLU  # why
    inplace: true
  layers:
    - _target_: torch.nn.LeakyReLU
      negative_slope: 0.2
    - _target_: torch.nn.Linear
`;
  assert.deepEqual(told("yaml", text), [
    "relu@torch.nn.ReLU pytorch certain",
    "leaky_relu@torch.nn.LeakyReLU pytorch certain",
  ]);
  assert.deepEqual(sitesIn("yaml", text)[1]?.parameters, { negative_slope: 0.2 });
  assert.equal(
    switched("yaml", text),
    text.replace("torch.nn.ReLU  # why\n", "torch.nn.LeakyReLU  # why\n    negative_slope: 0.01\n"),
  );
});

test("the slope is added in lists, in brackets, and at the end of the file", () => {
  assert.equal(
    switched("yaml", "layers:\n  - _target_: torch.nn.ReLU\n  - x"),
    "layers:\n  - _target_: torch.nn.LeakyReLU\n    negative_slope: 0.01\n  - x",
  );
  assert.equal(
    switched("yaml", "a: {_target_: torch.nn.ReLU, inplace: true}"),
    "a: {_target_: torch.nn.LeakyReLU, negative_slope: 0.01, inplace: true}",
  );
  assert.equal(
    switched("yaml", "a:\r\n  _target_: torch.nn.ReLU"),
    "a:\r\n  _target_: torch.nn.LeakyReLU\r\n  negative_slope: 0.01",
  );
  assert.equal(
    switched("yaml", "a:\n  class_path: torch.nn.ReLU\nb: 1\n"),
    "a:\n  class_path: torch.nn.LeakyReLU\n  init_args:\n    negative_slope: 0.01\nb: 1\n",
  );
});

test("Ultralytics: expressions, and rows of layers", () => {
  const text =
    "nc: 80\nact: nn.ReLU(inplace=True) # act\nbackbone:\n  - [-1, 1, nn.LeakyReLU, [0.1]]\n  - [-1, 1, nn.Upsample, [None, 2]]\n";
  assert.deepEqual(told("yaml", text), [
    "relu@nn.ReLU(inplace=True) pytorch certain",
    "leaky_relu@nn.LeakyReLU pytorch likely",
  ]);
  assert.deepEqual(sitesIn("yaml", text)[1]?.parameters, { negative_slope: 0.1 });
  assert.equal(switched("yaml", text), text.replace("nn.ReLU(", "nn.LeakyReLU(negative_slope=0.01, "));
  assert.equal(switched("yaml", "act: nn.ReLU()"), "act: nn.LeakyReLU(negative_slope=0.01)");
  assert.match(sitesIn("yaml", "{act: nn.ReLU(True)}")[0]?.noFix ?? "", /comma/);
});

test("mmcv: act_cfg", () => {
  const text = "model:\n  act_cfg: {type: ReLU}\n  init_cfg: {type: Kaiming, nonlinearity: relu}\n";
  assert.deepEqual(told("yaml", text), ["relu@ReLU mmcv certain"]);
  assert.equal(switched("yaml", text), text.replace("ReLU}", "LeakyReLU, negative_slope: 0.01}"));
});

test("words in a model's settings are likely; aliases are not followed", () => {
  const text = "model: &m\n  layers: 3\n  activation: relu\n  self: *m\nb:\n  <<: *m\n  activation: 'gelu'\n";
  assert.deepEqual(told("yaml", text), ["relu@relu pytorch likely", "gelu@'gelu' pytorch likely"]);
  assert.ok(sitesIn("yaml", text)[0]?.noFix);
});

test("block texts, comments, initialisers and other people's YAML are silent", () => {
  for (const text of [
    "model: 1\nlayers: 2\ntext: |\n  activation: relu\n# activation: relu\n",
    "init: kaiming_normal\nmode: fan_in\nnonlinearity: relu\nepochs: 3\n",
    "on: push\njobs:\n  build:\n    steps:\n      - run: act\n        activation: linear\n",
    "openapi: 3.0.0\npaths: {activation: {get: {type: identity}}}\n",
  ]) {
    assert.deepEqual(told("yaml", text), [], text);
  }
});
