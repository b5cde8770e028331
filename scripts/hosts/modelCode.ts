/** Parts of model files as people write them, for workspaces that are measured: `at` makes each another one. */

export const imports = "import torch\nfrom torch import nn\nimport torch.nn.functional as F\n";

interface Layers {
  readonly width: number;
  /** The last digit of a Leaky ReLU's slope, which is typed in. */
  readonly slope: number;
  /** Lines between the first two layers and the last two. */
  readonly hidden: string;
}

/** A class with what trains it, to be followed by its loop. */
export const network = (at: number, { width, slope, hidden }: Layers): string => `
class Net${at}(nn.Module):
    """Digits, from pixels to classes."""

    def __init__(self, width: int = ${width}, dropout: float = 0.1) -> None:
        super().__init__()
        self.features = nn.Sequential(
            nn.Linear(784, width),
            nn.LeakyReLU(negative_slope=0.0${slope}),
${hidden}            nn.Linear(width, 64),
            nn.ReLU(),
        )
        self.head = nn.Linear(64, 10)

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        return self.head(self.features(x.flatten(1)))


net${at} = Net${at}()
optimizer${at} = torch.optim.SGD(net${at}.parameters(), lr=0.1, momentum=0.9)
`;
