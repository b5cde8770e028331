/** Switches every ReLU of a text to another activation, as an editor would ask for it. */
import {
  type Analysis,
  type Change,
  type Fix,
  inspect,
  type Network,
  type Site,
} from "../../src/engine/index.ts";
import { apply } from "./support.ts";

export type Smooth = "prelu" | "elu" | "gelu" | "silu";
export type OnOutput = "remove-activation" | "softmax" | "sigmoid" | "softplus";
export type Kind = "leaky-relu" | Smooth | OnOutput;

export const SLOPE = 0.2;

/** Where no network can be read, its sites are asked for by themselves. */
const NO_NETWORK = { layers: [], gaps: [] } as unknown as Network;

export interface Switched {
  readonly before: Analysis;
  readonly fix: Fix | undefined;
  /** The text after the fix; undefined where there is none. */
  readonly text: string | undefined;
}

export function switched(text: string, kind: Kind, path = "model.py", wanted = "relu"): Switched {
  const { analysis: before, fixes } = inspect({ path, text });
  const sites = before.sites.filter(({ activation }) => activation === wanted);
  const fix =
    sites.length > 0 ? fixes.fix(before.networks[0] ?? NO_NETWORK, changeOf(kind, sites)) : undefined;
  return { before, fix, text: fix && apply(text, fix) };
}

function changeOf(kind: Kind, sites: readonly Site[]): Change {
  switch (kind) {
    case "leaky-relu":
      return { kind, sites, slope: SLOPE };
    case "prelu":
    case "elu":
    case "gelu":
    case "silu":
      return { kind, sites };
    default: {
      const site = sites.at(-1);
      if (!site) throw new Error("no site");
      return { kind, site };
    }
  }
}

/** A network whose class draws its weights by these lines. */
export const NET = (inits: string, act = "nn.ReLU()") => `import torch
from torch import nn


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.a = nn.Linear(8, 16)
        self.b = nn.Linear(16, 16)
        self.act = ${act}
        self.out = nn.Linear(16, 2)
${inits}

    def forward(self, x):
        return self.out(self.act(self.b(self.act(self.a(x)))))


model = Net()
criterion = nn.CrossEntropyLoss()
optimizer = torch.optim.SGD(model.parameters(), lr=0.1)
`;
