/** Initialisers that follow the slope of a Leaky ReLU. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { inspect } from "../../src/engine/index.ts";
import { read } from "./support.ts";
import { NET, switched } from "./switching.ts";

const GAINS: readonly (readonly [before: string, after: string])[] = [
  ["nn.init.kaiming_normal_(self.a.weight)", "nn.init.kaiming_normal_(self.a.weight, a=0.2)"],
  [
    "nn.init.kaiming_normal_(self.a.weight, nonlinearity='relu')",
    "nn.init.kaiming_normal_(self.a.weight, a=0.2, nonlinearity='leaky_relu')",
  ],
  [
    'nn.init.kaiming_uniform_(self.a.weight, 0, "fan_out", "relu")',
    'nn.init.kaiming_uniform_(self.a.weight, 0.2, "fan_out", "leaky_relu")',
  ],
  [
    "nn.init.xavier_uniform_(self.a.weight, gain=nn.init.calculate_gain('relu'))",
    "nn.init.xavier_uniform_(self.a.weight, gain=nn.init.calculate_gain('leaky_relu', 0.2))",
  ],
  [
    "nn.init.kaiming_uniform_(self.a.weight, a=5 ** 0.5)",
    "nn.init.kaiming_uniform_(self.a.weight, a=5 ** 0.5)",
  ],
  ["nn.init.normal_(self.a.weight, std=0.1)", "nn.init.normal_(self.a.weight, std=0.1)"],
];

for (const [before, after] of GAINS) {
  test(`${before} goes with a slope of 0.2`, () => {
    const { text } = switched(NET(`        ${before}`), "leaky-relu");
    assert.equal(text, NET(`        ${after}`, "nn.LeakyReLU(negative_slope=0.2)"));
    const again = read(text ?? "");
    if (before !== after)
      assert.deepEqual(
        again.findings.filter(({ rule }) => rule === "initialiser-mismatch"),
        [],
      );
  });
}

test("an initialiser that serves other activations stays, and that is said", () => {
  const init = `        for m in self.modules():
            if isinstance(m, nn.Linear):
                nn.init.kaiming_normal_(m.weight, nonlinearity="relu")`;
  const whole = switched(NET(init), "leaky-relu");
  assert.match(whole.text ?? "", /kaiming_normal_\(m.weight, a=0.2, nonlinearity="leaky_relu"\)/);
  const text = NET(init).replace("self.act(self.a(x))", "torch.relu(self.a(x))");
  const { analysis, fixes } = inspect({ path: "model.py", text });
  const [network] = analysis.networks;
  const site = analysis.sites.find(({ kind }) => kind === "class_call");
  assert.ok(network && site);
  const fix = fixes.fix(network, { kind: "leaky-relu", sites: [site], slope: 0.2 });
  assert.equal(fix?.edits.length, 1 + 1);
  assert.match(fix?.note ?? "", /also serves layers with another activation/);
});

test("Keras' initialisers get the slope's scale in deep networks, and a word in others", () => {
  const layer = 'layers.Dense(32, activation="relu", kernel_initializer="he_uniform"),\n';
  const model = (count: number) =>
    `import keras\nfrom keras import layers\nm = keras.Sequential([\nlayers.Input((16,)),\n${layer.repeat(count)}layers.Dense(2)])\nm.compile("adam", "mse")\n`;
  const deep = switched(model(8), "leaky-relu").text ?? "";
  const written = 'keras.initializers.VarianceScaling(scale=1.92308, mode="fan_in", distribution="uniform")';
  assert.equal(deep.split(written).length, 9);
  const shallow = switched(model(3), "leaky-relu");
  assert.match(shallow.text ?? "", /he_uniform/);
  assert.match(shallow.fix?.note ?? "", /4 % a layer/);
  const objects = (count: number, made: string) =>
    switched(model(count).replaceAll('"he_uniform"', made).replace("m =", `HE = ${made}\nm =`), "leaky-relu")
      .text;
  const own = "keras.initializers.VarianceScaling(2.0, 'fan_in')";
  assert.equal(objects(3, own)?.split(own.replace("2.0", "1.92308")).length, 4);
  assert.equal(objects(8, "keras.initializers.HeUniform()")?.split(written).length, 9);
  const named = model(3).replaceAll('"he_uniform"', "HE").replace("m =", `HE = ${own}\nm =`);
  assert.match(
    switched(named, "leaky-relu").text ?? "",
    /\nHE = keras.initializers.VarianceScaling\(1.92308, /,
  );
});

test("variance over fan is told the slope in every framework that has it, He's by name in deep networks", () => {
  const linen = (init: string, count: number): string =>
    `import jax\nimport jax.numpy as jnp\nfrom flax import linen as nn\nclass Net(nn.Module):\n    @nn.compact\n    def __call__(self, x):\n${`        x = nn.relu(nn.Dense(32, kernel_init=${init})(x))\n`.repeat(count)}        return nn.Dense(2)(x)\nparams = Net().init(jax.random.PRNGKey(0), jnp.ones((1, 16)))\n`;
  const told = (text: string, path?: string) => switched(text, "leaky-relu", path);
  const scale = /variance_scaling\(1\.92308, "fan_in", "truncated_normal"\)/g;
  const own = told(linen('nn.initializers.variance_scaling(2.0, "fan_in", "truncated_normal")', 2));
  assert.equal(own.text?.match(scale)?.length, 2);
  assert.equal(own.fix?.note, undefined);
  const deep = told(linen("nn.initializers.he_normal()", 8));
  assert.equal(deep.text?.match(scale)?.length, 8);
  const shallow = told(linen("nn.initializers.he_normal()", 2));
  assert.match(shallow.text ?? "", /nn\.initializers\.he_normal\(\)/);
  assert.match(shallow.fix?.note ?? "", /takes no slope here: the signal's variance grows by 4 % a layer/);

  const named = linen("INIT", 2).replace(
    "class Net",
    "INIT = nn.initializers.variance_scaling(scale=2, mode='fan_in', distribution='normal')\nclass Net",
  );
  assert.match(told(named).text ?? "", /variance_scaling\(scale=1\.92308, mode/);
  // A scale of 1 is LeCun's: it was not meant for ReLU.
  const lecun = told(linen('nn.initializers.variance_scaling(1.0, "fan_in", "normal")', 8));
  assert.match(lecun.text ?? "", /variance_scaling\(1\.0/);
  assert.equal(lecun.fix?.note, undefined);

  const haiku =
    "import haiku as hk, jax\nmlp = hk.Sequential([hk.Linear(64, w_init=hk.initializers.VarianceScaling(2.0)), jax.nn.relu, hk.Linear(2)])\n";
  assert.match(told(haiku).text ?? "", /VarianceScaling\(1\.92308\)/);

  const tfjs = (init: string, count: number): string =>
    `import * as tf from '@tensorflow/tfjs';\nconst m = tf.sequential();\nm.add(tf.layers.inputLayer({ inputShape: [8] }));\n${`m.add(tf.layers.dense({ units: 8, kernelInitializer: ${init} }));\nm.add(tf.layers.reLU());\n`.repeat(count)}m.add(tf.layers.dense({ units: 1 }));\n`;
  const script = told(tfjs("'heUniform'", 8), "model.js").text ?? "";
  const written =
    "tf.initializers.varianceScaling({ scale: 1.92308, mode: 'fanIn', distribution: 'uniform' })";
  assert.equal(script.split(written).length, 9);
  const object = told(tfjs("tf.initializers.varianceScaling({ scale: 2, mode: 'fanIn' })", 2), "model.js");
  assert.match(object.text ?? "", /varianceScaling\(\{ scale: 1\.92308, mode: 'fanIn' \}\)/);
  const lecunByName = told(tfjs("'varianceScaling'", 8), "model.js");
  assert.match(lecunByName.text ?? "", /'varianceScaling'/);
  assert.equal(lecunByName.fix?.note, undefined);
});
