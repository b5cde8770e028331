/** PaddlePaddle 2, and its older `fluid`: https://www.paddlepaddle.org.cn/documentation/docs/en/api */
import type { Framework } from "./framework.ts";

/** `paddle.nn.layer.activation.ReLU` is where the class lives, `paddle.nn.ReLU` what people write. */
function canonical(symbol: string): string | undefined {
  if (symbol !== "paddle" && !symbol.startsWith("paddle.")) return undefined;
  return symbol
    .replace(/^paddle\.nn\.layer\.\w+\./, "paddle.nn.")
    .replace(/^paddle\.nn\.functional\.activation\./, "paddle.nn.functional.")
    .replace(/^paddle\.(?:tensor\.\w+|fluid\.layers\.(?:nn|ops))\.(?=\w+$)/, (module) =>
      module.startsWith("paddle.fluid") ? "paddle.fluid.layers." : "paddle.",
    );
}

export const paddle: Framework = {
  id: "paddle",
  roots: ["paddle"],
  canonical,
  activationArguments: {
    "paddle.nn.BatchNorm": { act: 1 },
    "paddle.nn.SimpleRNN": { activation: 6 },
    "paddle.nn.SimpleRNNCell": { activation: 2 },
    "paddle.nn.Transformer": { activation: 6 },
    "paddle.nn.TransformerEncoderLayer": { activation: 4 },
    "paddle.nn.TransformerDecoderLayer": { activation: 4 },
    "paddle.static.nn.fc": { activation: 5 },
    "paddle.static.nn.conv2d": { act: 10 },
    "paddle.static.nn.batch_norm": { act: 1 },
    "paddle.fluid.layers.fc": { act: 5 },
    "paddle.fluid.layers.conv2d": { act: 10 },
    "paddle.fluid.layers.batch_norm": { act: 1 },
    "paddle.fluid.dygraph.Linear": { act: 4 },
    "paddle.fluid.dygraph.Conv2D": { act: 10 },
    "paddle.fluid.dygraph.BatchNorm": { act: 1 },
    "paddle.fluid.dygraph.nn.Linear": { act: 4 },
    "paddle.fluid.dygraph.nn.Conv2D": { act: 10 },
    "paddle.fluid.dygraph.nn.BatchNorm": { act: 1 },
  },
  unwritten: {
    "paddle.nn.SimpleRNN": { activation: "tanh" },
    "paddle.nn.SimpleRNNCell": { activation: "tanh" },
    "paddle.nn.Transformer": { activation: "relu" },
    "paddle.nn.TransformerEncoderLayer": { activation: "relu" },
    "paddle.nn.TransformerDecoderLayer": { activation: "relu" },
  },
  layers: {},
  optimisers: {},
};
