import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import type { TestContext } from "node:test";
import type { Found } from "../../src/cli/files/find.ts";
import { run } from "../../src/cli/run.ts";
import type {
  Analysis,
  Finding,
  Fix,
  Layer,
  Network,
  Risk,
  Site,
  SourceFile,
  Span,
} from "../../src/engine/index.ts";

/** The command line without a process: what it prints where, and the exit code. Without `analyse` the engine's own. */
export async function runCli(
  argv: readonly string[],
  analyse?: (file: SourceFile) => Analysis,
): Promise<{ readonly code: number; readonly out: string; readonly error: string }> {
  let out = "";
  let error = "";
  const code = await run(
    argv,
    {
      out: async (text) => {
        out += text;
      },
      error: async (text) => {
        error += text;
      },
      colour: false,
      version: "1.2.3",
    },
    analyse,
  );
  return { code, out, error };
}

/** A folder with these files, gone when the test ends. */
export function folder(context: TestContext, files: Readonly<Record<string, string | Uint8Array>>): string {
  const root = mkdtempSync(path.join(tmpdir(), "activation-lens-"));
  context.after(() => rmSync(root, { recursive: true, force: true }));
  for (const [name, content] of Object.entries(files)) {
    mkdirSync(path.dirname(path.join(root, name)), { recursive: true });
    writeFileSync(path.join(root, name), content);
  }
  return root;
}

/** What a search came across, a name each, relative to the folder; what is no file says what it is. */
export const namesOf = (root: string, founds: Iterable<Found>): string[] =>
  [...founds].map((each) => {
    const name = path.relative(root, each.name).replaceAll("\\", "/");
    return each.kind === "file" ? name : `${each.kind} ${name}`;
  });

/** The model that the hand-made analysis is about. Line 3 has an emoji before the activation. */
export const source = `import torch.nn as nn
net = nn.Sequential(
    nn.Linear(4, 8), "\u{1f600}", nn.LeakyReLU(0.2),
    nn.Linear(8, 1),
)
`;

function spanOf(text: string): Span {
  const from = source.indexOf(text);
  if (from < 0) throw new Error(`not in the source: ${text}`);
  return { from, to: from + text.length };
}

const fix: Fix = {
  title: "Use ELU",
  kind: "elu",
  applicability: "changes-training",
  edits: [{ span: spanOf("nn.LeakyReLU(0.2)"), text: "nn.ELU()" }],
  note: "Slower.",
};

export const site: Site = {
  activation: "leaky_relu",
  parameters: { negative_slope: 0.2 },
  defaulted: [],
  framework: "pytorch",
  kind: "class_call",
  span: spanOf("nn.LeakyReLU(0.2)"),
  certainty: "certain",
  symbol: "torch.nn.LeakyReLU",
  fixes: [],
};

const torchDefault = { value: { scheme: "torch_default" } } as const;

const hidden: Layer = {
  kind: "dense",
  span: spanOf("nn.Linear(4, 8)"),
  fanIn: 4,
  units: 8,
  kernelArea: 1,
  weights: torchDefault,
  bias: torchDefault,
  normalisation: { kind: "batch", place: "before" },
  site,
  residual: false,
  dropout: 0,
};

export const risk: Risk = {
  layers: [
    {
      deadAtInit: 0.0312345678,
      deadAfterTraining: 0.25,
      stepSize: 0.4,
      correlation: 0.5,
      preActivations: { mean: 0, betweenUnits: 0.1, betweenInputs: 0.2 },
      gradientScale: 0.01,
    },
  ],
  deadAtInit: 0.02,
  deadAfterTraining: 1 / 3,
  range: [0.21, 0.44],
  probabilityOver25: 0.52,
  probabilityOver50: 0.1,
  probabilityNaN: 0.01,
  probabilityFailure: 0.1,
  deadAsWhole: 0,
  logStepSize: -1,
  outputStd: 1,
  gradientNorm: 2,
  assumptions: ["learning rate not in this file: Adam default 0.001"],
  counterfactuals: [],
};

export const network: Network = {
  name: "net",
  framework: "pytorch",
  span: spanOf(source.slice(source.indexOf("nn.Seq"), -1)),
  layers: [
    hidden,
    { ...hidden, span: spanOf("nn.Linear(8, 1)"), fanIn: 8, units: 1, normalisation: null, site: null },
  ],
  input: { value: { data: "table", scale: "standardised" } },
  loss: { value: "squared-error" },
  optimiser: { value: "adam" },
  learningRate: { value: 0.001 },
  momentum: { value: 0 },
  clip: { value: null },
  targets: { value: "standardised" },
  pretrained: false,
  gaps: [],
  risk,
};

export const finding: Finding = {
  rule: "dying-relu",
  severity: "warning",
  message: "Units may die.",
  span: site.span,
  evidence: [{ text: "narrow", span: hidden.span, value: 8, source: "a paper" }, { text: "no place" }],
  causes: [{ factor: "width", effect: -0.24 }],
  fixes: [fix],
};

export function analysis(parts: Partial<Analysis> = {}): Analysis {
  return { path: "m.py", sites: [site], networks: [network], findings: [finding], ...parts };
}
