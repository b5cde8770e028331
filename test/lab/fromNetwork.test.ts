import assert from "node:assert/strict";
import { test } from "node:test";
import { analyze } from "../../src/engine/index.ts";
import { batchIn } from "../../src/lab/batch.ts";
import { fromNetwork, type LabNetwork } from "../../src/lab/fromNetwork.ts";
import { geometryOf, geometryRead } from "../../src/lab/geometry.ts";
import { usualChanges, variantsOf } from "../../src/lab/variants.ts";

function read(text: string, path = "m.py"): LabNetwork {
  const built = fromNetwork(analyze({ path, text }).networks[0]!);
  assert.ok("spec" in built, "reason" in built ? built.reason : "");
  return built;
}

test("layers, initialisers, optimiser and clipping are those of the code", () => {
  const { spec, data, scale } = read(`import torch
from torch import nn
class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.a = nn.Linear(784, 50)
        self.n = nn.BatchNorm1d(50)
        self.b = nn.Linear(50, 50, bias=False)
        self.d = nn.Dropout(0.3)
        self.c = nn.Linear(50, 10)
        nn.init.kaiming_normal_(self.b.weight)
    def forward(self, x):
        x = torch.relu(self.n(self.a(x)))
        x = x + self.d(torch.tanh(self.b(x)))
        return self.c(x)
net = Net()
opt = torch.optim.SGD(net.parameters(), lr=0.02, momentum=0.8)
loss = nn.CrossEntropyLoss()
loss(net(x), y).backward()
nn.utils.clip_grad_norm_(net.parameters(), 2.0)
`);
  const [a, b, c] = spec.layers;
  assert.deepEqual(
    [a!.units, a!.weights.scheme, a!.normalisation],
    [50, "torch_default", { kind: "batch", place: "before" }],
  );
  assert.deepEqual(
    [b!.weights.scheme, b!.bias, b!.activation!.id, b!.dropout],
    ["he_normal", null, "tanh", 0.3],
  );
  assert.deepEqual([c!.units, c!.inputs, c!.activation], [10, [0, 1], null]);
  const { kind, learningRate, momentum, clip } = spec.optimiser;
  assert.deepEqual([kind, learningRate, momentum, clip], ["momentum", 0.02, 0.8, { by: "norm", limit: 2 }]);
  assert.deepEqual([data, scale === "raw"], ["mnist", false]);
});

test("Caffe: its normal is not cut off", () => {
  const { spec, truncates } = read(
    `layer { name: "data" type: "Input" top: "data" input_param { shape: { dim: 64 dim: 784 } } }
layer { name: "label" type: "Input" top: "label" input_param { shape: { dim: 64 } } }
layer { name: "fc1" type: "InnerProduct" bottom: "data" top: "fc1" inner_product_param { num_output: 50 weight_filler { type: "msra" } } }
layer { name: "relu1" type: "ReLU" bottom: "fc1" top: "fc1" }
layer { name: "fc2" type: "InnerProduct" bottom: "fc1" top: "fc2" inner_product_param { num_output: 10 weight_filler { type: "msra" } } }
layer { name: "loss" type: "SoftmaxWithLoss" bottom: "fc2" bottom: "label" top: "loss" }
`,
    "m.prototxt",
  );
  assert.equal(spec.layers[0]!.weights.scheme, "he_normal");
  assert.equal(truncates, false);
});

test("Keras: its epsilon, its normal that is cut off, a softmax that is part of the loss", () => {
  const { spec, truncates } = read(`import keras
from keras import layers
model = keras.Sequential([keras.Input((784,)), layers.Dense(32, activation="relu", kernel_initializer="he_normal"), layers.Dense(10, activation="softmax")])
model.compile(optimizer=keras.optimizers.RMSprop(0.002), loss="sparse_categorical_crossentropy")
`);
  assert.deepEqual([spec.optimiser.epsilon, spec.optimiser.decay, truncates], [1e-7, 0.9, true]);
  assert.equal(spec.layers.at(-1)!.activation, null);
});

test("what is changed for the data is said", () => {
  const { notes, data } = read(`from torch import nn
net = nn.Sequential(nn.Linear(12, 32), nn.ReLU(), nn.Linear(32, 1), nn.Sigmoid())
loss = nn.BCELoss()
loss(net(x), y)
`);
  assert.equal(data, "cancer");
  assert.ok(notes.includes("reads the 30 features of Breast cancer in place of 12 features"));
  assert.ok(notes.includes("2 outputs, as Breast cancer needs them, in place of 1"));
  assert.ok(notes.some((note) => note.startsWith("batches of 64")));
});

test("a batch has no more rows than there are, and says so", () => {
  const text = `from torch import nn
net = nn.Sequential(nn.Linear(30, 32), nn.ReLU(), nn.Linear(32, 2))
loss = nn.CrossEntropyLoss()
`;
  const { networks } = analyze({ path: "m.py", text });
  const built = (batch: number) => fromNetwork(networks[0]!, { batch }) as LabNetwork;
  assert.equal(built(427).spec.batch, 427);
  assert.ok(!built(427).notes.some((note) => note.startsWith("batches")));
  assert.equal(built(1024).spec.batch, 427);
  assert.ok(
    built(1024).notes.includes("batches of all 427 rows that Breast cancer is trained on, in place of 1024"),
  );
});

test("each of ReLU's kin can be tried as ReLU and its usual replacements", () => {
  for (const layer of ["GELU(approximate='tanh')", "Hardswish()", "Softplus()", "SiLU()", "ReLU6()"]) {
    const { spec } = read(`from torch import nn
net = nn.Sequential(nn.Linear(30, 32), nn.${layer}, nn.Linear(32, 2))
loss = nn.CrossEntropyLoss()
`);
    const ids = variantsOf(spec, usualChanges).map(({ id }) => id);
    assert.deepEqual(ids, ["code", "relu", "leaky-0.01", "leaky-0.2", "elu", "rate-10"], layer);
  }
});

test("padding and pooling of convolutions are told from what reaches the dense layer", () => {
  const pools = (kernels: readonly number[], positions: number) => {
    const found = geometryOf(kernels, positions);
    return found && [found.gather, ...found.windows.map(({ padding, pool }) => `${padding}/${pool}`)];
  };
  // 28 -> 14 -> 7 with padding; LeNet on 32: 28 -> 14 -> 10 -> 5; PyTorch's MNIST example: 26 -> 24 -> 12.
  assert.deepEqual(pools([3, 3], 49), ["flatten", "1/2", "1/2"]);
  assert.deepEqual(pools([5, 5], 25), ["flatten", "0/2", "0/2"]);
  assert.deepEqual(pools([3, 3], 144), ["flatten", "0/1", "0/2"]);
  assert.deepEqual(pools([3, 3, 3], 1), ["mean", "1/2", "1/2", "1/1"]);
  assert.equal(geometryOf([3, 3], 37), undefined);
});

test("strides, padding and pooling are the code's where they were read and lead to the dense layer", () => {
  const code = (last: number) => `import torch
from torch import nn
net = nn.Sequential(nn.Conv2d(1, 8, 5, stride=2, padding=2), nn.ReLU(), nn.Conv2d(8, 16, 3), nn.ReLU(),
    nn.MaxPool2d(3), nn.Flatten(), nn.Linear(${last}, 10))
`;
  const moves = (text: string) => {
    const { spec, notes } = read(text);
    const convs = spec.layers.flatMap((layer) => (layer.kind === "conv" ? [layer] : []));
    const isTold = notes.some((note) => /told from/.test(note));
    return [isTold, ...convs.map(({ stride, padding, pool }) => [stride, padding, pool])];
  };
  // 28 -> 14 -> 12 -> 4: 16 positions of 16 channels.
  assert.deepEqual(moves(code(16 * 16)), [false, [2, 2, 1], [1, 0, 3]]);
  // What does not lead there misses a step that was not read: the usual designs are tried.
  const windows = [
    { stride: 2, padding: 0 },
    { stride: 1, padding: 0, pool: 2 },
  ];
  assert.equal(geometryRead([3, 3], windows, 37), undefined);
  assert.equal(geometryRead([3, 3], [windows[0], undefined], 36), undefined);
  assert.equal(geometryRead([3, 3], windows, 36)?.gather, "flatten");
  assert.equal(geometryRead([3, 3], windows, 1)?.gather, "mean");
});

test("a batch size is taken where all places agree", () => {
  assert.equal(batchIn("DataLoader(d, batch_size=32)\nfit(batch_size = 32)"), 32);
  assert.equal(batchIn("BATCH_SIZE = 128"), 128);
  assert.equal(batchIn("model.fit(x, y, { batchSize: 16 })"), 16);
  assert.equal(batchIn("DataLoader(d, batch_size=32)\nDataLoader(t, batch_size=256)"), undefined);
  assert.equal(batchIn("x = 1"), undefined);
});
