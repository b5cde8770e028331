/** Networks as the engine will read them: convolutions, gaps, residuals. Built by hand. */
import type { Layer, Network } from "../../../src/engine/index.ts";
import { layer, network, site, spanOf } from "./sample.ts";

export const conv = (inputs: number, units: number | null, change: Partial<Layer> = {}): Layer =>
  layer({ kind: "conv", fanIn: inputs * 9, kernelArea: 9, units, ...change });

/** What could be read of a network whose third layer's width is the value of an argument. */
export function gapped(change: Partial<Network> = {}): Network {
  const span = spanOf("nn.Linear(256, 10)");
  return network({
    layers: [
      layer({ fanIn: 1, units: 32 }),
      layer({ fanIn: 32, units: 64 }),
      layer({ fanIn: 64, units: null, span }),
      layer({ fanIn: null, units: 10, site: null }),
    ],
    gaps: [{ span, what: "width of layer 3 is not known" }],
    risk: null,
    ...change,
  });
}

/** resnet50: one convolution, sixteen blocks of three with a shortcut, one dense layer. */
export function resnet50(): Network {
  const normalisation = { kind: "batch", place: "before" } as const;
  const layers = [conv(3, 64, { normalisation })];
  let inputs = 64;
  for (const [width, blocks] of [
    [64, 3],
    [128, 4],
    [256, 6],
    [512, 3],
  ] as const) {
    for (let block = 0; block < blocks; block++) {
      layers.push(conv(inputs, width, { normalisation }), conv(width, width, { normalisation }));
      if (block === 0) layers.push(conv(inputs, width * 4, { normalisation, site: null }));
      layers.push(conv(width, width * 4, { normalisation, residual: true }));
      inputs = width * 4;
    }
  }
  return network({
    name: "ResNet",
    layers: [...layers, layer({ fanIn: 2048, units: 1000, site: null })],
    risk: null,
  });
}

/** A layer whose call stands in a loop: one call, several layers. */
export function looped(count: number): Network {
  const call = { span: spanOf("nn.Linear(784, 256)"), fanIn: 256, units: 256, site: site() };
  return network({
    layers: [
      ...Array.from({ length: count }, () => layer(call)),
      layer({ units: 10, site: null, span: spanOf("nn.Linear(256, 10)") }),
    ],
    risk: null,
  });
}
