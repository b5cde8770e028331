/** Programs with findings, for tests of the command line with the engine's own analysis. */

/** A ReLU on the output; with a learning rate of 5 also steps that are too large. */
export const model = (name: string, rate = 0.001): string => `import torch
from torch import nn

${name} = nn.Sequential(
    nn.Linear(784, 128),
    nn.ReLU(),
    nn.Linear(128, 128),
    nn.ReLU(),
    nn.Linear(128, 10),
    nn.ReLU(),
)
loss = nn.CrossEntropyLoss()
optimizer = torch.optim.SGD(${name}.parameters(), lr=${rate})
`;

export const clean = model("net").replace("    nn.ReLU(),\n)", ")");

export const notebook = (...sources: readonly string[]): string =>
  JSON.stringify({
    cells: sources.map((source) => ({ cell_type: "code", metadata: {}, outputs: [], source })),
    metadata: {},
    nbformat: 4,
    nbformat_minor: 5,
  });
