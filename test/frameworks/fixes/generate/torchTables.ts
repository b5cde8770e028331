/** Tables as PyTorch's users make tensors of them. */
import type { Plan } from "./plan.ts";
import { indented, type Style } from "./style.ts";
import { loaded, type Table } from "./tables.ts";

interface Tensors {
  /** They end with tensors `x` and `y`, or a `loader` of such. */
  readonly lines: readonly string[];
  readonly isBatched?: boolean;
  /** What is shown to the network when it is trained. */
  readonly tested: readonly string[];
}

export function tensorsOf(given: Style, about: Plan, table: Table): Tensors {
  // The first form is older than the others, and keeps its names.
  const { lines, train, test, validation } = loaded("X", table.form === 0 ? "Y" : "y", table);
  const [x, y] = train;
  const targets = (name: string): string =>
    about.isClasses
      ? `torch.tensor(${name}, dtype=torch.long)`
      : `torch.tensor(${name}, dtype=torch.float32).view(-1, 1)`;
  const parts = [train, ...(validation ? [validation] : []), ...(test ? [test] : [])];
  const inTensors = (made: (name: string) => string): Tensors => ({
    lines: [...lines, `x = ${made(x)}`, `y = ${targets(y)}`],
    tested: test
      ? ["with torch.no_grad():", ...indented(given, [`print(model(${made(test[0])}).shape)`])]
      : [],
  });
  switch (table.form && 1 + (table.form % 6)) {
    case 0:
      return {
        lines: [...lines, `x = torch.tensor(${x}, dtype=torch.float32)`, `y = ${targets(y)}`],
        tested: [
          "accuracy = (model(torch.tensor(X_test, dtype=torch.float32)).argmax(1) == torch.tensor(Y_test)).float().mean()",
        ],
      };
    case 1:
      return inTensors((name) => `torch.from_numpy(${name}).float()`);
    case 2:
      return inTensors((name) => `torch.FloatTensor(${name})`);
    case 3:
      return inTensors((name) => `torch.as_tensor(${name}, dtype=torch.float32)`);
    case 4: {
      // The names of the arrays become those of the tensors.
      const made = parts.map(([name]) => `${name} = torch.tensor(${name}, dtype=torch.float32)`);
      return {
        lines: [...lines, ...made, `${y} = ${targets(y)}`, `x, y = ${x}, ${y}`],
        tested: test ? [`print(model(${test[0]}).mean().item())`] : [],
      };
    }
    case 5: {
      const sets = parts.map(
        ([name, target]) =>
          `${name.replace(/^X_?/, "") || "train"}_set = TensorDataset(torch.tensor(${name}, dtype=torch.float32), ${targets(target)})`,
      );
      return {
        lines: [
          "from torch.utils.data import DataLoader, TensorDataset",
          ...lines,
          ...sets,
          `loader = DataLoader(train_set, batch_size=${4 * about.batch}, shuffle=True)`,
        ],
        isBatched: true,
        tested: test
          ? ["for x, y in DataLoader(test_set, batch_size=32):", ...indented(given, ["out = model(x)"])]
          : [],
      };
    }
    default:
      return {
        lines: [...lines, `x = torch.tensor(${x}.astype("float32"))`, `y = ${targets(y)}`],
        tested: validation ? [`model(torch.tensor(${validation[0]}.astype("float32")))`] : [],
      };
  }
}
