import assert from "node:assert/strict";
import test from "node:test";
import { gapsIn, layersIn, networkIn } from "./networksSupport.ts";

const layer = (name: string, type: string, bottom: string, more = "", top = name): string =>
  `layer {\n  name: "${name}" type: "${type}"\n  ${bottom
    .split(" ")
    .map((blob) => `bottom: "${blob}"`)
    .join(" ")} top: "${top}"\n  ${more}\n}\n`;
const XAVIER = 'weight_filler { type: "xavier" }';
const conv = (name: string, bottom: string, more: string): string =>
  layer(name, "Convolution", bottom, `convolution_param { ${XAVIER} ${more} }`);
const dense = (name: string, bottom: string, units: number): string =>
  layer(name, "InnerProduct", bottom, `inner_product_param { ${XAVIER} num_output: ${units} }`);
const DATA = 'name: "Small"\ninput: "data"\ninput_shape { dim: 1 dim: 3 dim: 31 dim: 31 }\n';

test("layers by the names of their blobs, in place or not, with Caffe's rounding", () => {
  const text = `${DATA}${conv("c1", "data", "num_output: 8 kernel_size: 5 stride: 2")}${layer("r1", "ReLU", "c1", "", "c1")}${layer("p1", "Pooling", "c1", "pooling_param { pool: MAX kernel_size: 3 stride: 2 }")}${conv("c2", "p1", "num_output: 6 kernel_h: 3 kernel_w: 1 group: 2 pad_h: 1")}${layer("r2", "ReLU", "c2")}${dense("f1", "r2", 20)}${layer("d1", "Dropout", "f1", "dropout_param { dropout_ratio: 0.4 }", "f1")}${dense("f2", "f1", 4)}`;
  assert.deepEqual(layersIn("prototxt", text), [
    "conv 75>8 relu",
    "conv 12>6 relu",
    // 31 becomes 14; pooled, 7: a last window that is not full counts.
    "dense 294>20, dropout 0.4",
    "dense 20>4",
  ]);
  assert.deepEqual(gapsIn("prototxt", text), []);
  assert.equal(networkIn("prototxt", text).name, "Small");
});

test("sums, joins and slices of blobs", () => {
  const text = `${DATA}${conv("a", "data", "num_output: 4 kernel_size: 1")}${layer("ra", "ReLU", "a", "", "a")}${conv("b", "a", "num_output: 4 kernel_size: 1")}${layer("bn", "BatchNorm", "b", "", "b")}${layer("sc", "Scale", "b", "scale_param { bias_term: true }", "b")}${layer("sum", "Eltwise", "b a")}${layer("rs", "ReLU", "sum", "", "sum")}${conv("c", "sum", "num_output: 5 kernel_size: 1")}${layer("rc", "ReLU", "c", "", "c")}${layer("j", "Concat", "c sum")}${conv("d", "j", "num_output: 2 kernel_size: 3")}`;
  assert.deepEqual(layersIn("prototxt", text), [
    "conv 3>4 relu",
    "conv 4>4 relu, batch before, residual",
    "conv 4>5 relu",
    "conv 81>2",
  ]);
  assert.deepEqual(gapsIn("prototxt", text), []);
  const max = `${DATA}${conv("a", "data", "num_output: 4 kernel_size: 1")}${layer("r", "ReLU", "a")}${layer("m", "Eltwise", "a r", "eltwise_param { operation: MAX }")}`;
  assert.deepEqual(gapsIn("prototxt", max), ["an Eltwise layer with MAX is not estimated"]);
});

test("fillers as Caffe fills: its xavier is LeCun's, and what is not written is 0", () => {
  const filled = (filler: string): unknown => {
    const param = `inner_product_param { num_output: 50 weight_filler { ${filler} } bias_filler { type: "constant" value: 0.1 } }`;
    const text = `${DATA}${layer("f", "InnerProduct", "data", param)}${layer("r", "ReLU", "f", "", "f")}`;
    const [first] = networkIn("prototxt", text).layers;
    assert.deepEqual(first?.bias?.value, { scheme: "constant", mean: 0.1 });
    return first?.weights.value;
  };
  assert.deepEqual(filled('type: "xavier"'), { scheme: "lecun_uniform" });
  assert.deepEqual(filled('type: "xavier" variance_norm: AVERAGE'), { scheme: "glorot_uniform" });
  assert.deepEqual(filled('type: "msra"'), { scheme: "he_normal" });
  assert.deepEqual(filled('type: "gaussian" std: 0.01'), { scheme: "normal", mean: 0, std: 0.01 });
  assert.deepEqual(filled('type: "gaussian"'), { scheme: "normal", mean: 0, std: 1 });
  assert.deepEqual(filled("value: 2"), { scheme: "constant", mean: 2 });
  assert.deepEqual(filled('type: "uniform" min: -1'), { scheme: "uniform", mean: 0, std: 2 / Math.sqrt(12) });
});

test("without fillers the weights come from elsewhere: no figure, and no warning", () => {
  const bare = "inner_product_param { num_output: 50 }";
  const text = `${DATA}${layer("f", "InnerProduct", "data", bare)}${layer("r", "ReLU", "f", "", "f")}${dense("g", "f", 3)}`;
  const { layers, pretrained, risk } = networkIn("prototxt", text);
  assert.deepEqual(layers[0]?.weights, {
    value: { scheme: "constant", mean: 0 },
    assumption: "no weight filler in f: Caffe's default, constant 0",
  });
  assert.deepEqual([pretrained, risk], [true, null]);
});

test("training only: layers of the test phase are not there, and the data layer says the scaling", () => {
  const data = (phase: string, more: string): string =>
    `layer { name: "d" type: "Data" top: "data" top: "label" include { phase: ${phase} } transform_param { ${more} } }\n`;
  const rest = `${conv("c", "data", "num_output: 4 kernel_size: 3")}${layer("r", "ReLU", "c", "", "c")}${dense("f", "c", 2)}layer { name: "acc" type: "Accuracy" bottom: "f" bottom: "label" include { phase: TEST } }\n${layer("loss", "SoftmaxWithLoss", "f label")}`;
  const read = (more: string) =>
    networkIn("prototxt", `${data("TRAIN", more)}${data("TEST", "crop_size: 99")}${rest}`);
  const scaled = read("scale: 0.00390625 crop_size: 10 force_gray: true");
  assert.deepEqual(
    scaled.layers.map(({ fanIn }) => fanIn),
    [9, 256],
  );
  assert.deepEqual([scaled.input.value.scale, scaled.loss.value], ["unit", "cross-entropy"]);
  assert.deepEqual(scaled.gaps, []);
  const centred = read("mean_value: 104 mean_value: 117 mean_value: 123 crop_size: 10");
  assert.deepEqual([centred.layers[0]?.fanIn, centred.input.value.scale], [27, "raw"]);
  const unknown = read("");
  assert.deepEqual(
    unknown.layers.map(({ fanIn }) => fanIn),
    [null, null],
  );
  assert.deepEqual(
    unknown.gaps.map(({ what }) => what),
    ["the number of channels of the data is not in this file", "width of the input of f is not known"],
  );
});

test("the old form of the format", () => {
  const text = `input: "data" input_dim: 1 input_dim: 1 input_dim: 8 input_dim: 8
layers { name: "c" type: CONVOLUTION bottom: "data" top: "c" convolution_param { num_output: 3 kernel_size: 3 ${XAVIER} } }
layers { name: "r" type: RELU bottom: "c" top: "c" }
layers { name: "f" type: INNER_PRODUCT bottom: "c" top: "f" inner_product_param { num_output: 2 ${XAVIER} } }
layers { name: "l" type: EUCLIDEAN_LOSS bottom: "f" bottom: "data" }\n`;
  assert.deepEqual(layersIn("prototxt", text), ["conv 9>3 relu", "dense 108>2"]);
  assert.equal(networkIn("prototxt", text).loss.value, "squared-error");
});

test("what can't be followed is said", () => {
  const relu = layer("r", "ReLU", "x", "", "x");
  assert.deepEqual(gapsIn("prototxt", `${DATA}${dense("x", "nowhere", 3)}${relu}`), [
    "no layer before x gives nowhere",
    "width of the input of x is not known",
  ]);
  assert.deepEqual(
    gapsIn("prototxt", `${DATA}${layer("l", "LSTM", "data")}${dense("x", "data", 3)}${relu}`),
    ["a LSTM layer is not estimated"],
  );
  assert.deepEqual(
    gapsIn("prototxt", `${DATA}${dense("x", "data", 3)}${relu}${layer("h", "HingeLoss", "x")}`),
    ["the loss of a HingeLoss layer is not estimated"],
  );
});
