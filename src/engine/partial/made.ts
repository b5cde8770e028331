/** Networks of which a part is certain although they cannot be read as a whole: for rules only, never shown. */
import type { Layer, Network, Site, Span } from "../model.ts";

/** A layer of which only the activation is known, and what else is given. */
export const layerOf = (site: Site, span: Span, known: Partial<Layer> = {}): Layer => ({
  kind: "dense",
  span,
  fanIn: null,
  units: null,
  kernelArea: null,
  weights: { value: { scheme: "glorot_uniform" } },
  bias: null,
  normalisation: null,
  site,
  residual: false,
  dropout: 0,
  ...known,
});

export const networkOf = (span: Span, layers: readonly Layer[], known: Partial<Network> = {}): Network => ({
  name: "part",
  framework: layers[0]?.site?.framework ?? "pytorch",
  span,
  layers,
  input: { value: { data: "table", scale: "standardised" }, assumption: "not read" },
  loss: { value: "cross-entropy", assumption: "not read" },
  optimiser: { value: "adam", assumption: "not read" },
  learningRate: { value: 0.001, assumption: "not read" },
  momentum: { value: 0 },
  clip: { value: null },
  targets: { value: "standardised", assumption: "not read" },
  pretrained: false,
  gaps: [{ span, what: "only a part of the network is read" }],
  risk: null,
  ...known,
});
