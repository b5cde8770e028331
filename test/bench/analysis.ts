// Time of a whole analysis against the bare Lezer parse of the same text, alternating in one run.
// Budget: 2.5 times the parse, on a file of 5,000 lines.
import { parser } from "@lezer/python";
import { analyze } from "../../src/engine/index.ts";

const ROUNDS = 15;

/** A block as model files have them: a class, its forward pass, a training loop; about 27 lines. */
const block = (index: number): string => `
class Block${index}(nn.Module):
    """A block with a residual connection."""

    def __init__(self, width: int = ${64 + index}, dropout: float = 0.1) -> None:
        super().__init__()
        self.norm = nn.LayerNorm(width)
        self.hidden = nn.Linear(width, 4 * width)
        self.out = nn.Linear(4 * width, width)
        self.dropout = nn.Dropout(dropout)

    def forward(self, x: torch.Tensor, mask: torch.Tensor | None = None) -> torch.Tensor:
        h = F.relu(self.hidden(self.norm(x)))
        if mask is not None:
            h = h * mask.unsqueeze(-1)
        return x + self.dropout(self.out(h))


def train${index}(model, loader, optimiser, epochs=10):
    for epoch in range(epochs):
        for batch, (images, labels) in enumerate(loader):
            optimiser.zero_grad()
            loss = F.cross_entropy(model(images), labels)
            loss.backward()
            optimiser.step()
            print(f"epoch {epoch} batch {batch} loss {loss.item():.3f}")
`;

function fileOf(lines: number): string {
  let text = "import torch\nfrom torch import nn\nimport torch.nn.functional as F\n";
  for (let index = 0; text.split("\n").length < lines; index += 1) text += block(index);
  return text;
}

const milliseconds = (run: () => unknown): number => {
  const start = performance.now();
  run();
  return performance.now() - start;
};

const sorted = (times: readonly number[]): number[] => [...times].sort((a, b) => a - b);

for (const lines of [500, 5000]) {
  const text = fileOf(lines);
  const parse: number[] = [];
  const whole: number[] = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    parse.push(milliseconds(() => parser.parse(text)));
    whole.push(milliseconds(() => analyze({ path: "model.py", text })));
  }
  const ratios = sorted(whole.map((time, round) => time / (parse[round] ?? time)));
  const at = (list: readonly number[], share: number) =>
    (list[Math.floor(share * (list.length - 1))] ?? 0).toFixed(2);
  console.log(
    `${lines} lines: parse ${at(sorted(parse), 0.5)} ms, analysis ${at(sorted(whole), 0.5)} ms (medians); ` +
      `ratio ${at(ratios, 0.5)} (middle half ${at(ratios, 0.25)} to ${at(ratios, 0.75)})`,
  );
}
