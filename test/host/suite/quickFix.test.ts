import * as vscode from "vscode";
import { actionsAt } from "../features.ts";
import { activated, closeAll, equal, ok, open } from "../support.ts";

interface Case {
  readonly name: string;
  readonly before: string;
  /** Where the cursor is. */
  readonly at: string;
  readonly title: string;
  readonly after: string;
}

const negativeSlope = "Switch to Leaky ReLU (negative_slope=0.01)";
const alpha = "Switch to Leaky ReLU (alpha=0.01)";

const cases: readonly Case[] = [
  {
    name: "nn.ReLU()",
    before: "from torch import nn\n\nact = nn.ReLU()  # kept\n",
    at: "nn.ReLU()",
    title: negativeSlope,
    after: "from torch import nn\n\nact = nn.LeakyReLU(negative_slope=0.01)  # kept\n",
  },
  {
    name: "nn.ReLU(inplace=True)",
    before: "import torch.nn as nn\n\nact = nn.ReLU(inplace=True)\n",
    at: "nn.ReLU(",
    title: negativeSlope,
    after: "import torch.nn as nn\n\nact = nn.LeakyReLU(negative_slope=0.01, inplace=True)\n",
  },
  {
    name: "ReLU() by its own name: the import is added",
    before: "from torch.nn import Linear, ReLU\n\nact = ReLU()\n",
    at: "ReLU()",
    title: negativeSlope,
    after: "from torch.nn import LeakyReLU, Linear, ReLU\n\nact = LeakyReLU(negative_slope=0.01)\n",
  },
  {
    name: "F.relu(x)",
    before: "import torch.nn.functional as F\n\n\ndef f(x):\n    return F.relu(x)\n",
    at: "F.relu",
    title: negativeSlope,
    after:
      "import torch.nn.functional as F\n\n\ndef f(x):\n    return F.leaky_relu(x, negative_slope=0.01)\n",
  },
  {
    name: "torch.relu(x)",
    before: "import torch\nimport torch.nn.functional as F\n\n\ndef f(x):\n    return torch.relu(x)\n",
    at: "torch.relu",
    title: negativeSlope,
    after:
      "import torch\nimport torch.nn.functional as F\n\n\ndef f(x):\n    return F.leaky_relu(x, negative_slope=0.01)\n",
  },
  {
    name: 'activation="relu" in Keras',
    before: 'from keras import layers\n\nlayer = layers.Dense(64, activation="relu")\n',
    at: '"relu"',
    title: negativeSlope,
    after:
      "from keras import layers\n\nlayer = layers.Dense(64, activation=layers.LeakyReLU(negative_slope=0.01))\n",
  },
  {
    name: 'activation="relu" in Keras: the import is added',
    before: 'from keras.layers import Dense\n\nlayer = Dense(64, activation="relu")\n',
    at: '"relu"',
    title: negativeSlope,
    after:
      "from keras.layers import Dense, LeakyReLU\n\nlayer = Dense(64, activation=LeakyReLU(negative_slope=0.01))\n",
  },
  {
    name: "layers.ReLU()",
    before: "from keras import layers\n\nact = layers.ReLU()\n",
    at: "layers.ReLU()",
    title: negativeSlope,
    after: "from keras import layers\n\nact = layers.LeakyReLU(negative_slope=0.01)\n",
  },
  {
    name: "tf.nn.relu(x)",
    before: "import tensorflow as tf\n\n\ndef f(x):\n    return tf.nn.relu(x)\n",
    at: "tf.nn.relu",
    title: alpha,
    after: "import tensorflow as tf\n\n\ndef f(x):\n    return tf.nn.leaky_relu(x, alpha=0.01)\n",
  },
];

async function leakyReluAt(
  document: vscode.TextDocument,
  at: string,
  title: string,
): Promise<vscode.CodeAction> {
  const actions = await actionsAt(document, at);
  const found = actions.find((action) => action.title === title);
  ok(
    found,
    `${JSON.stringify(title)} is offered among ${JSON.stringify(actions.map((action) => action.title))}`,
  );
  return found;
}

suite("quick fix", () => {
  suiteSetup(activated);
  teardown(closeAll);

  for (const { name, before, at, title, after } of cases) {
    test(name, async () => {
      const document = await open(before);
      const action = await leakyReluAt(document, at, title);
      ok(action.edit, "the action has an edit");
      ok(await vscode.workspace.applyEdit(action.edit), "the edit is applied");
      equal(document.getText(), after, "text");
    });
  }

  test("CRLF stays CRLF", async () => {
    const document = await open("from torch.nn import ReLU\r\n\r\nact = ReLU()\r\n");
    equal(document.eol, vscode.EndOfLine.CRLF, "end of line");
    const action = await leakyReluAt(document, "ReLU()", negativeSlope);
    ok(action.edit && (await vscode.workspace.applyEdit(action.edit)), "the edit is applied");
    equal(
      document.getText(),
      "from torch.nn import ReLU, LeakyReLU\r\n\r\nact = LeakyReLU(negative_slope=0.01)\r\n",
      "text",
    );
  });

  test("is one step back", async () => {
    const before = "from torch.nn import ReLU\n\nact = ReLU()\n";
    const document = await open(before);
    const action = await leakyReluAt(document, "ReLU()", negativeSlope);
    ok(action.edit && (await vscode.workspace.applyEdit(action.edit)), "the edit is applied");
    await vscode.commands.executeCommand("undo");
    equal(document.getText(), before, "text after undo");
  });

  test("is not offered for what can't die or isn't an activation", async () => {
    const document = await open("from torch import nn\n\nact = nn.GELU()\nname = 'nn.ReLU()'\n");
    for (const at of ["nn.GELU", "nn.ReLU"]) {
      const titles = (await actionsAt(document, at)).map(({ title }) => title);
      equal(
        titles.filter((title) => title.includes("Leaky ReLU")),
        [],
        `actions at ${at}`,
      );
    }
  });
});
