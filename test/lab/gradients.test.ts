import assert from "node:assert/strict";
import { test } from "node:test";
import { lossOf } from "../../src/lab/loss.ts";
import { build } from "../../src/lab/network.ts";
import { random } from "../../src/lab/random.ts";
import type { ConvSpec, DenseSpec, NetworkSpec } from "../../src/lab/spec.ts";
import { dense, networkOf } from "./support.ts";

const conv = (units: number, inputs: readonly number[], more: Partial<ConvSpec> = {}): ConvSpec => ({
  ...dense(units, inputs),
  kind: "conv",
  kernel: 3,
  stride: 1,
  padding: 1,
  pool: 1,
  ...more,
});

const tanh = { id: "tanh", parameters: {} };
const act = (id: string): Partial<DenseSpec> => ({ activation: { id, parameters: {} } });

/** Functions without kinks, so that differences tell the gradient; the kinked ones have inputs away from them. */
const networks: Readonly<Record<string, readonly (DenseSpec | ConvSpec)[]>> = {
  dense: [dense(5, [], act("tanh")), dense(4, [0], act("elu")), dense(3, [1])],
  "leaky relu and prelu": [dense(6, [], act("leaky_relu")), dense(6, [0], act("prelu")), dense(3, [1])],
  "relu, gelu, selu, sigmoid": [
    dense(9, [], act("relu")),
    dense(6, [0], act("gelu")),
    dense(6, [1], act("selu")),
    dense(6, [2], act("sigmoid")),
    dense(3, [3]),
  ],
  "batch norm before and after": [
    dense(5, [], { activation: tanh, normalisation: { kind: "batch", place: "before" } }),
    dense(5, [0], { activation: tanh, normalisation: { kind: "batch", place: "after" } }),
    dense(3, [1]),
  ],
  "layer norm": [
    dense(7, [], { activation: tanh, normalisation: { kind: "layer", place: "before" } }),
    dense(3, [0]),
  ],
  residual: [
    dense(5, [], { activation: tanh }),
    dense(5, [0], { activation: tanh }),
    dense(5, [0, 1], { activation: tanh }),
    dense(3, [0, 1, 2]),
  ],
  "no bias": [dense(5, [], { activation: tanh, bias: null }), dense(3, [0], { bias: null })],
  "convolution, flattened": [
    conv(2, [], { activation: tanh }),
    conv(3, [0], { activation: tanh, stride: 2 }),
    dense(3, [1]),
  ],
  "convolution, pooled, mean": [
    conv(3, [], { activation: tanh, pool: 2, normalisation: { kind: "batch", place: "before" } }),
    conv(3, [0], { activation: tanh, padding: 0, normalisation: { kind: "layer", place: "before" } }),
    dense(3, [1], { gather: "mean" }),
  ],
};

for (const loss of ["cross-entropy", "squared-error"] as const) {
  for (const [name, layers] of Object.entries(networks)) {
    test(`${name}, ${loss}: each gradient is that of differences`, () => check(networkOf(layers, { loss })));
  }
}

function check(spec: NetworkSpec): void {
  const isConv = spec.layers[0]!.kind === "conv";
  const shape = isConv ? { height: 6, width: 6, columns: 2 } : { height: 1, width: 1, columns: 4 };
  const draw = random(7, "gradients");
  const count = 6;
  const data = Float32Array.from({ length: count * shape.height * shape.width * shape.columns }, () =>
    draw.normal(),
  );
  const targets = Float32Array.from({ length: count }, () => Math.floor(draw.uniform() * 3));
  const network = build(spec, shape, { seed: 3, truncates: false });
  const x = { data, count, ...shape };
  const value = () => {
    const y = network.forward(x, "train");
    return lossOf(spec.loss, y.data, y.columns, targets);
  };
  const { byOutput } = value();
  network.backward(byOutput);
  const gradients = network.parameters.map(({ gradient }) => gradient.slice());
  let compared = 0;
  for (const [index, { value: parameter }] of network.parameters.entries()) {
    for (let trial = 0; trial < 12; trial++) {
      const at = Math.floor(draw.uniform() * parameter.length);
      const kept = parameter[at]!;
      const step = 2e-3;
      parameter[at] = kept + step;
      const up = value().value;
      parameter[at] = kept - step;
      const down = value().value;
      parameter[at] = kept;
      const expected = (up - down) / (2 * step);
      const found = gradients[index]![at]!;
      // 32-bit sums: about 1e-7 of a loss near 1, divided by 4e-3.
      assert.ok(
        Math.abs(found - expected) < 2e-3 + 0.02 * Math.abs(expected),
        `${index}: ${found} ${expected}`,
      );
      compared++;
    }
  }
  assert.ok(compared >= 24);
  assert.ok(gradients.some((all) => all.some((one) => Math.abs(one) > 1e-2)));
}
