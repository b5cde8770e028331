import assert from "node:assert/strict";
import test from "node:test";
import { gapsIn, layersIn, networkIn } from "./networksSupport.ts";

const NET = "[net]\nheight=32\nwidth=48\nchannels=3\nlearning_rate=0.05\nmomentum=0.8\n";
const conv = (filters: number, more = "size=3\npad=1\nactivation=relu"): string =>
  `[convolutional]\nfilters=${filters}\n${more}\n`;

test("kernels see their area times the channels before them; pooling and stride shrink what a dense layer sees", () => {
  const text = `${NET}${conv(16)}[maxpool]\nsize=2\nstride=2\n${conv(24, "size=3\nstride=2\nbatch_normalize=1\nactivation=leaky")}[dropout]\nprobability=.3\n[connected]\noutput=10\nactivation=linear\n[softmax]\n`;
  assert.deepEqual(layersIn("darknet", text), [
    "conv 27>16 relu",
    "conv 144>24 leaky_relu, batch before, dropout 0.3",
    // Without padding 16 x 24 become 7 x 11.
    "dense 1848>10 softmax",
  ]);
  assert.deepEqual(gapsIn("darknet", text), []);
});

test("a shortcut adds, a route joins or goes back, and both may count from the end or the start", () => {
  const text = `${NET}${conv(8)}${conv(8)}[shortcut]\nfrom=-2\nactivation=relu\n${conv(4)}[route]\nlayers=-1,2\n${conv(5)}[route]\nlayers=-1\n[avgpool]\n[softmax]\n`;
  assert.deepEqual(layersIn("darknet", text), [
    "conv 27>8 relu",
    "conv 72>8 relu, residual",
    "conv 72>4 relu",
    "conv 108>5 relu",
  ]);
  const linear = "size=3\npad=1\nactivation=linear";
  const sum = `${NET}${conv(8)}${conv(8, linear)}[shortcut]\nfrom=-2\nactivation=relu\n${conv(4)}`;
  assert.equal(layersIn("darknet", sum)[1], "conv 72>8 relu, residual");
});

test("groups share the channels", () => {
  const text = `${NET}${conv(8)}${conv(16, "size=3\ngroups=4\nactivation=relu")}[route]\nlayers=-1\ngroups=2\n${conv(4)}`;
  assert.deepEqual(
    networkIn("darknet", text).layers.map(({ fanIn, kernelArea }) => [fanIn, kernelArea]),
    [
      [27, 9],
      [18, 9],
      [72, 9],
    ],
  );
  assert.deepEqual(
    networkIn("darknet", text).layers.map(({ groups }) => groups),
    [undefined, 4, undefined],
  );
  assert.deepEqual(gapsIn("darknet", text), []);
});

test("weights are drawn as Darknet draws them", () => {
  const { layers } = networkIn("darknet", `${NET}${conv(8)}[connected]\noutput=4\nactivation=relu\n`);
  assert.deepEqual(
    layers.map(({ weights, bias }) => [weights.value, bias?.value]),
    [
      [{ scheme: "he_normal" }, { scheme: "constant", mean: 0 }],
      [
        { scheme: "lecun_uniform", gain: Math.sqrt(2 / 3) },
        { scheme: "constant", mean: 0 },
      ],
    ],
  );
});

test("training is what [net] says, or Darknet's default", () => {
  const named = networkIn("darknet", `${NET}${conv(8)}[cost]\ntype=sse\n`, "nets/tiny.cfg");
  assert.equal(named.name, "tiny");
  assert.deepEqual(
    [named.optimiser.value, named.learningRate.value, named.momentum.value, named.loss.value],
    ["momentum", 0.05, 0.8, "squared-error"],
  );
  assert.deepEqual(named.input.value, { data: "image", scale: "unit" });
  const bare = networkIn("darknet", `[net]\ninputs=12\n[connected]\noutput=3\nactivation=relu\n[softmax]\n`);
  assert.equal(bare.learningRate.assumption, "learning rate not given: Darknet's default 0.001");
  assert.equal(bare.momentum.assumption, "momentum not given: Darknet's default 0.9");
  assert.deepEqual(bare.input.value, { data: "table", scale: "unit" });
  const adam = networkIn("darknet", `[net]\nadam=1\ninputs=12\n[connected]\nactivation=relu\n`);
  assert.deepEqual([adam.optimiser.value, adam.momentum.value], ["adam", 0]);
});

test("an activation that is not written is Darknet's logistic; one of its own is not known", () => {
  assert.deepEqual(layersIn("darknet", `${NET}${conv(8, "size=1")}${conv(4)}`), [
    "conv 3>8 sigmoid",
    "conv 72>4 relu",
  ]);
  assert.deepEqual(gapsIn("darknet", `${NET}${conv(8)}${conv(8, "activation=ramp")}`), [
    "what ramp is as an activation is not known",
  ]);
});

test("what is multiplied has the shape of what another section gave", () => {
  const gate = `[avgpool]\n${conv(8, "activation=logistic")}[scale_channels]\nfrom=-3\n`;
  const text = `${NET}${conv(8)}${gate}${conv(4)}`;
  assert.deepEqual(layersIn("darknet", text), ["conv 27>8 relu", "conv 8>8 sigmoid", "conv 72>4 relu"]);
  assert.deepEqual(gapsIn("darknet", text), ["values are multiplied here, which is not estimated"]);
});

test("what can't be followed is said", () => {
  assert.deepEqual(gapsIn("darknet", `${NET}${conv(8)}[lstm]\noutput=5\n[connected]\nactivation=relu\n`), [
    "a [lstm] section is not estimated",
  ]);
  assert.deepEqual(gapsIn("darknet", `${NET}${conv(8)}[route]\nlayers=-9\n[route]\nlayers=7,x\n`), [
    "a [route] leads to no section before it",
  ]);
  assert.deepEqual(gapsIn("darknet", `[net]\n${conv(8)}`), ["width of the input of layer 1 is not known"]);
  const heads = `${NET}${conv(8)}${conv(8)}[yolo]\n[route]\nlayers=0\n${conv(4)}[yolo]\n`;
  assert.deepEqual(gapsIn("darknet", heads), [
    "the loss of a [yolo] section is not estimated",
    "it has several outputs, which is not estimated",
    "layers stand side by side here, which is not estimated",
  ]);
});
