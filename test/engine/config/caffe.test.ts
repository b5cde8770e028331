import assert from "node:assert/strict";
import test from "node:test";
import { sitesIn, switched, told } from "./support.ts";

test("the layer's type counts, its name does not", () => {
  const text = `name: "relu net"
layer { name: "relu1" type: "ReLU" bottom: "c" top: "relu1" }
layer { name: "loss" type: "SoftmaxWithLoss" }
layers { name: "tanh" type: TANH }
layer { type: 'PReLU' prelu_param < filler { value: 0.1 } > }`;
  assert.deepEqual(told("prototxt", text), [
    "relu@ReLU caffe certain",
    "tanh@TANH caffe certain",
    "prelu@PReLU caffe certain",
  ]);
  assert.deepEqual(sitesIn("prototxt", text)[2]?.parameters, { negative_slope: 0.1 });
});

test("a ReLU with a slope is Leaky ReLU", () => {
  const [site] = sitesIn("prototxt", 'layer { type: "ReLU" relu_param { negative_slope: 0.2 } }');
  assert.deepEqual([site?.activation, site?.parameters], ["leaky_relu", { negative_slope: 0.2 }]);
  const [none] = sitesIn("prototxt", 'layer { type: "ReLU" relu_param { negative_slope: 0 } }');
  assert.equal(none?.activation, "relu");
});

test("the slope is added in the way the layer is written", () => {
  assert.equal(
    switched("prototxt", 'layer {\n\ttype: "ReLU"\n\ttop: "a"  # in place\n}\n'),
    'layer {\n\ttype: "ReLU"\n\ttop: "a"  # in place\n\trelu_param { negative_slope: 0.01 }\n}\n',
  );
  assert.equal(
    switched("prototxt", 'layer { type: "ReLU" top: "a" } # end\n'),
    'layer { type: "ReLU" top: "a" relu_param { negative_slope: 0.01 } } # end\n',
  );
  assert.equal(
    switched("prototxt", 'layer { type: "ReLU"\n  relu_param {\n    engine: CUDNN\n  }\n}'),
    'layer { type: "ReLU"\n  relu_param {\n    engine: CUDNN\n    negative_slope: 0.01\n  }\n}',
  );
  assert.equal(
    switched("prototxt", 'layer { type: "ReLU" relu_param { negative_slope: 0.0 } }'),
    'layer { type: "ReLU" relu_param { negative_slope: 0.01 } }',
  );
});

test("a trained network for use keeps its ReLU, and so does the oldest form, which has no slope", () => {
  const deploy = 'input: "data"\ninput_dim: 1\nlayer { type: "ReLU" }\nlayer { type: "Softmax" }';
  assert.match(sitesIn("prototxt", deploy)[0]?.noFix ?? "", /trained network/);
  const oldest = 'layers { layer { name: "r" type: "relu" } bottom: "c" }';
  assert.match(sitesIn("prototxt", oldest)[0]?.noFix ?? "", /no slope/);
});

test("cut off in the middle", () => {
  assert.deepEqual(told("prototxt", 'layer { type: "ReLU" }\nlayer { name: "x" type: "Sig'), [
    "relu@ReLU caffe certain",
  ]);
});
