import * as vscode from "vscode";
import { actionsAt, findingsOf, lensedLines } from "../features.ts";
import { activated, closeAll, equal, ok } from "../support.ts";

const script = `import * as tf from "@tensorflow/tfjs";
const layer = tf.layers.reLU();
`;

async function open(language: string, content: string): Promise<vscode.TextDocument> {
  const document = await vscode.workspace.openTextDocument({ language, content });
  await vscode.window.showTextDocument(document);
  return document;
}

/** A file whose name alone says what it is written in. */
async function openNamed(name: string, text: string): Promise<vscode.TextDocument> {
  const scheme = "lens-named";
  const provider = vscode.workspace.registerTextDocumentContentProvider(scheme, {
    provideTextDocumentContent: () => text,
  });
  try {
    const uri = vscode.Uri.from({ scheme, path: `/${name}` });
    const document = await vscode.workspace.openTextDocument(uri);
    await vscode.window.showTextDocument(document);
    return document;
  } finally {
    provider.dispose();
  }
}

suite("languages", () => {
  suiteSetup(activated);
  teardown(closeAll);

  for (const language of ["javascript", "javascriptreact", "typescript", "typescriptreact"]) {
    test(language, async () => {
      const document = await open(language, script);
      equal(await lensedLines(document), [1], "lines with a lens");
      const titles = (await actionsAt(document, "tf.layers.reLU")).map(({ title }) => title);
      ok(
        titles.some((title) => title.includes("Leaky ReLU")),
        `a rewrite is offered among ${titles}`,
      );
    });
  }

  const configurations: readonly (readonly [string, string, readonly number[]])[] = [
    ["config.json", '{\n  "model_type": "bert",\n  "hidden_act": "relu"\n}\n', [2]],
    ["model.yaml", "model:\n  act_layer: torch.nn.ReLU\n", [1]],
    ["net.prototxt", 'layer {\n  name: "r"\n  type: "ReLU"\n}\n', [2]],
    ["net.cfg", "[net]\nbatch=1\n[convolutional]\nactivation=leaky\n", [0, 3]],
  ];
  for (const [name, text, at] of configurations) {
    test(name, async () => {
      equal(await lensedLines(await openNamed(name, text)), at, "lines with a lens");
    });
  }

  test("files that are about something else stay bare", async () => {
    const others = [
      ["package.json", '{\n  "activationEvents": ["onLanguage:linear"],\n  "main": "relu.js"\n}\n'],
      ["setup.cfg", "[metadata]\nname = relu\n"],
      ["ci.yaml", "jobs:\n  test:\n    name: softmax\n"],
      ["a.ipynb", '{"cells": [{"cell_type": "code", "source": "from torch import nn\\nnn.ReLU()"}]}'],
    ] as const;
    for (const [name, text] of others) {
      const document = await openNamed(name, text);
      equal(await lensedLines(document), [], `lines with a lens in ${name}`);
      equal(findingsOf(document).length, 0, `findings in ${name}`);
    }
  });
});
