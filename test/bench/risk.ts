// Time of one estimate and of one whole assessment (estimate and nine counterfactuals) of a 20-layer network:
// npm run bench -- risk
import { counterfactuals } from "../../src/engine/risk/counterfactuals.ts";
import { estimate } from "../../src/engine/risk/estimate.ts";
import { modelOf } from "../engine/risk/vocabulary.ts";

const model = (act: string, bias: number | string) =>
  modelOf({
    widths: new Array(20).fill(64),
    din: 784,
    nout: 10,
    init: "he_n",
    bias,
    norm: "none",
    residual: false,
    act,
    input: ["img", "std"],
    opt: "adam",
    lr: 1e-3,
    clip: 0,
    loss: "ce",
    target_scale: 1,
  });

function median(run: () => unknown): number {
  for (let i = 0; i < 300; i++) run();
  const times = Array.from({ length: 301 }, () => {
    const start = performance.now();
    run();
    return performance.now() - start;
  });
  return times.sort((a, b) => a - b)[150]!;
}

// Under negative biases three signals are followed.
for (const [act, bias] of [
  ["relu", "default"],
  ["relu", -0.1],
  ["gelu", "default"],
] as const) {
  const network = model(act, bias);
  const [one, all] = [median(() => estimate(network)), median(() => counterfactuals(network))];
  console.log(
    `${act}, bias ${bias}, 20 layers: estimate ${one.toFixed(3)} ms, with counterfactuals ${all.toFixed(2)} ms (medians)`,
  );
}
