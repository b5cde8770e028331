import assert from "node:assert/strict";
import { test } from "node:test";
import { biasesOf, gapsOf, inWords, KERAS, networkOf, networksOf, weightsOf } from "./support.ts";

const PROGRAMS: readonly (readonly [name: string, text: string, layers: readonly string[]])[] = [
  [
    "layers added in a loop",
    `def build(width, depth):
    model = keras.Sequential()
    model.add(keras.Input(shape=(10,)))
    for _ in range(depth):
        model.add(layers.Dense(width, activation="relu"))
        model.add(layers.Dropout(0.3))
    model.add(layers.Dense(1))
    return model

build(16, 2)
`,
    ["10>16 relu dropout-0.3", "16>16 relu dropout-0.3", "16>1"],
  ],
  [
    "a functional model with a skip connection and a helper",
    `def block(x, filters):
    y = layers.Conv2D(filters, 3, padding="same", use_bias=False)(x)
    y = layers.BatchNormalization()(y)
    y = layers.Activation("relu")(y)
    return layers.add([x, y])

inputs = keras.Input((32, 32, 3))
x = layers.Conv2D(16, 3, strides=2, padding="same", activation="relu")(inputs)
x = block(x, 16)
x = layers.GlobalAveragePooling2D()(x)
outputs = layers.Dense(10, activation="softmax")(x)
model = keras.Model(inputs, outputs)
`,
    ["conv 27>16 relu", "conv 144>16 relu batch-before residual", "16>10 softmax"],
  ],
  [
    "branches that are put together",
    `inputs = keras.Input(shape=(28, 28, 1))
a = layers.Conv2D(4, 1, activation="relu")(inputs)
b = layers.Conv2D(8, 3, padding="same", activation="relu")(inputs)
x = layers.concatenate([a, b], axis=-1)
x = layers.MaxPooling2D()(x)
x = layers.Flatten()(x)
model = keras.models.Model(inputs=inputs, outputs=layers.Dense(2)(x))
`,
    ["conv 1>4 relu", "conv 9>8 relu", "2352>2"],
  ],
  [
    "a subclass that is called with data",
    `class Net(keras.Model):
    def __init__(self, units=32):
        super().__init__()
        self.dense1 = layers.Dense(units, activation="relu")
        self.norm = layers.LayerNormalization()
        self.dense2 = layers.Dense(3)

    def call(self, inputs, training=False):
        return self.dense2(self.norm(self.dense1(inputs)))

model = Net()
model.build((None, 8))
`,
    ["8>32 relu layer-after", "32>3"],
  ],
  [
    "the sizes of a known data set",
    `(x_train, y_train), _ = keras.datasets.mnist.load_data()
x_train = x_train.reshape(-1, 784).astype("float32") / 255
model = keras.Sequential([layers.Dense(64, activation="relu", input_shape=(x_train.shape[1],)), layers.Dense(10)])
`,
    ["784>64 relu", "64>10"],
  ],
  [
    "a depthwise separable convolution is two layers",
    `model = keras.Sequential([keras.Input((8, 8, 4)), layers.SeparableConv2D(6, 3, activation="relu"), layers.DepthwiseConv2D(3)])
`,
    ["conv 9>4", "conv 4>6 relu", "conv 9>6"],
  ],
  [
    "a model inside a model",
    `encoder = keras.Sequential([keras.Input((8,)), layers.Dense(4, activation="relu")], name="encoder")
inputs = keras.Input((8,))
model = keras.Model(inputs, layers.Dense(8)(encoder(inputs)))
`,
    ["8>4 relu", "4>8"],
  ],
];

for (const [name, text, expected] of PROGRAMS) {
  test(name, () => {
    const network = networkOf(KERAS + text);
    assert.deepEqual(inWords(network), expected);
    assert.equal(gapsOf(network), "");
  });
}

test("initialisers by name, by object, and by default", () => {
  const network = networkOf(`${KERAS}
from keras import initializers
model = keras.Sequential([
    keras.Input((10,)),
    layers.Dense(8, kernel_initializer="he_normal", bias_initializer=initializers.Constant(0.1)),
    layers.Dense(8, kernel_initializer=initializers.RandomNormal(stddev=0.01)),
    layers.Dense(8, kernel_initializer=keras.initializers.VarianceScaling(scale=2.0, mode="fan_in", distribution="uniform")),
    layers.Dense(8, kernel_initializer=initializers.HeUniform(), use_bias=False),
    layers.Dense(8, activation="relu"),
])
`);
  assert.deepEqual(weightsOf(network), [
    "he_normal",
    "normal 0 0.01",
    "lecun_uniform 1.414",
    "he_uniform",
    "glorot_uniform",
  ]);
  assert.deepEqual(biasesOf(network), ["constant 0.1", "constant 0", "constant 0", "none", "constant 0"]);
});

test("an initialiser of the user's own is a gap", () => {
  const network = networkOf(`${KERAS}
from mine import init
model = keras.Sequential([keras.Input((10,)), layers.Dense(8, activation="relu", kernel_initializer=init), layers.Dense(2)])
`);
  assert.match(gapsOf(network), /initialised by code that is not read/);
});

test("how a model is compiled: objects, names, schedules, clipping", () => {
  const compiled = (how: string) =>
    networkOf(`${KERAS}
model = keras.Sequential([keras.Input((10,)), layers.Dense(8, activation="relu"), layers.Dense(1)])
model.compile(${how})
`);
  const one = compiled(
    'optimizer=keras.optimizers.SGD(learning_rate=0.5, momentum=0.9, clipnorm=1.0), loss="mse"',
  );
  assert.deepEqual([one.optimiser.value, one.learningRate.value, one.momentum.value], ["momentum", 0.5, 0.9]);
  assert.deepEqual([one.clip.value, one.loss.value], [{ by: "norm", limit: 1 }, "squared-error"]);
  const two = compiled('"rmsprop", "sparse_categorical_crossentropy"');
  assert.deepEqual(
    [two.optimiser.value, two.learningRate.value, two.loss.value],
    ["rmsprop", 0.001, "cross-entropy"],
  );
  const three = compiled(
    "optimizer=keras.optimizers.Adam(keras.optimizers.schedules.ExponentialDecay(0.02, 1000, 0.9))",
  );
  assert.equal(three.learningRate.value, 0.02);
});

test("Keras without an input: the width of the first layer is a gap", () => {
  const network = networkOf(
    `${KERAS}model = keras.Sequential([layers.Dense(8, activation="relu"), layers.Dense(2)])\n`,
  );
  assert.deepEqual(inWords(network), ["?>8 relu", "8>2"]);
  assert.match(gapsOf(network), /width of the input of layer 1/);
});

test("Keras by way of TensorFlow, and two models that share layers", () => {
  const networks = networksOf(`
import tensorflow as tf
from tensorflow.keras import layers, Model, Input
inputs = Input(shape=(8,))
code = layers.Dense(2, activation="relu")(inputs)
encoder = Model(inputs, code)
auto = Model(inputs, layers.Dense(8)(code))
auto.compile(optimizer=tf.keras.optimizers.Adam(0.01), loss="mse")
`);
  assert.deepEqual(networks.map(inWords), [["8>2 relu", "2>8"]]);
  assert.equal(networks[0]?.learningRate.value, 0.01);
});

const FUNCTIONAL = `${KERAS}from sklearn.datasets import load_wine
x, y = load_wine(return_X_y=True)
def build(prepared=lambda x: x):
    inputs = keras.Input(shape=(13,))
    hidden = layers.Dense(8, activation="relu")(prepared(inputs))
    return keras.Model(inputs, layers.Dense(3)(hidden))
`;

test("a functional model is shown what it is trained on", () => {
  const inputOf = (text: string) => networkOf(`${FUNCTIONAL}${text}`).input;
  const trained = "model.compile('adam', 'mse')\nmodel.fit(x, y)\n";
  assert.deepEqual(inputOf(`model = build()\n${trained}`), { value: { data: "table", scale: "raw" } });
  assert.equal(inputOf(`x = x / 255\nmodel = build()\n${trained}`).value.scale, "unit");
  const scaled = inputOf(`model = build(lambda x: layers.Rescaling(1 / 255)(x))\n${trained}`);
  assert.equal(scaled.value.scale, "unit", "it scales them itself");
  for (const prepared of ["(x - 50) / 80", "x / 255", "0.01 * x"])
    assert.notEqual(inputOf(`model = build(lambda x: ${prepared})\n${trained}`).value.scale, "raw", prepared);
  assert.match(
    inputOf("model = build()\nmodel.compile('adam', 'mse')\n").assumption ?? "",
    /not in this file/,
    "it is shown nothing",
  );
});

test("what is not written in a layer's call is pointed at where it is", () => {
  const text = `${KERAS}common = dict(activation="relu", bias_initializer=keras.initializers.Constant(-0.1))
model = keras.Sequential([keras.Input((4,)), layers.Dense(8, **common), layers.Dense(1)])
`;
  const [first] = networkOf(text).layers;
  const span = first?.bias?.span;
  assert.equal(span && text.slice(span.from, span.to), "keras.initializers.Constant(-0.1)");
});
