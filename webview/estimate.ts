/** The estimate that the page shows: of the code, or with the settings that are tried out. Pure. */
import { activationById, defaultParameters } from "../src/engine/activations/catalogue.ts";
import type { LayerRisk, Network, Risk } from "../src/engine/model.ts";
import { riskIf, riskModel } from "../src/engine/risk/assess.ts";
import { isChange, settingsOf } from "../src/engine/risk/counterfactuals.ts";
import { changed, type WhatIf } from "../src/engine/risk/whatIf.ts";
import type { ShownBox } from "../src/protocol.ts";
import type { LayerDensity } from "./density.ts";
import type { PreviewState } from "./state.ts";

export interface Estimates {
  readonly code: Risk | null;
  /** With other settings; the code's where none is tried out. */
  readonly shown: Risk | null;
  readonly isTried: boolean;
}

/** Every section asks for the same in one redraw: the last answers are kept. */
let last: { readonly model: Network; readonly whatIf: WhatIf; readonly estimates: Estimates } | undefined;

export function estimatesOf({ strip, site, whatIf }: PreviewState): Estimates {
  const model = strip?.model;
  const told = site?.network?.risk ?? null;
  if (!model) return { code: told, shown: told, isTried: false };
  if (last?.model === model && last.whatIf === whatIf) return last.estimates;
  const code = last?.model === model ? last.estimates.code : riskIf(model, {});
  const isTried = Object.keys(whatIf).length > 0;
  const estimates = { code, shown: isTried ? riskIf(model, whatIf) : code, isTried };
  last = { model, whatIf, estimates };
  return estimates;
}

/** Of a layer of the network; null where none is counted. A depth that is tried out has other layers: the nearest. */
export function layerRisk(state: PreviewState, index: number): LayerRisk | null {
  const { code, shown, isTried } = estimatesOf(state);
  if (!isTried) return shown?.layers[index] ?? null;
  if (!shown || !code) return null;
  const isOutput = index === code.layers.length - 1;
  if (isOutput || shown.layers.length === code.layers.length) return shown.layers[index] ?? null;
  return shown.layers[Math.min(index, shown.layers.length - 2)] ?? null;
}

const isFiniteLayer = ({ preActivations }: LayerRisk): boolean =>
  Object.values(preActivations).every(Number.isFinite);

/** The layer whose pre-activations are drawn: of those that the cursor is on, the one with most dead units. */
export function shownDensity(state: PreviewState): (LayerDensity & { readonly position: number }) | null {
  const { strip, whatIf } = state;
  if (!strip) return null;
  const boxes = strip.boxes.filter(
    (box): box is ShownBox => box.part === "layer" && strip.current.includes(box.index),
  );
  const layers = boxes.flatMap((box) => {
    const risk = layerRisk(state, box.index);
    const used = box.activation && (whatIf.activation ?? box.activation);
    const activation = used ? activationById(used.id) : undefined;
    if (!risk || !isFiniteLayer(risk) || !used || activation?.shape !== "elementwise") return [];
    const dies = activation.dies(defaultParameters(activation, used.parameters));
    return [{ kind: box.kind, risk, dies, position: box.index + 1 }];
  });
  return layers.sort((a, b) => b.risk.deadAtInit - a.risk.deadAtInit)[0] ?? null;
}

/** What a counterfactual sets, counted from what is tried out already: a tenth of that learning rate. */
export function settingsFor({ strip, whatIf }: PreviewState, factor: string): WhatIf | null {
  const model = strip?.model && riskModel(strip.model);
  return model && isChange(factor) ? settingsOf(changed(model, whatIf), factor) : null;
}
