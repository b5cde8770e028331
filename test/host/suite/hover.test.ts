import * as vscode from "vscode";
import { deepModel, healthyModel, hoverAt, layerHoverAt, markdownOf, rangeOf } from "../features.ts";
import { activated, closeAll, equal, includes, ok, open } from "../support.ts";

suite("hover", () => {
  suiteSetup(activated);
  teardown(closeAll);

  test("shows name, formula, gradient and plot of nn.ReLU", async () => {
    const document = await open(healthyModel);
    const hover = await hoverAt(document, "nn.ReLU()");
    ok(hover, "there is a hover");
    const text = markdownOf(hover);
    for (const part of ["ReLU", "max(0, x)", "Gradient", "data:image/svg+xml"]) includes(text, part);
    equal(hover.range, rangeOf(document, "nn.ReLU()"), "range");
  });

  test("tells the risk in a network that loses units", async () => {
    const document = await open(deepModel);
    const hover = await hoverAt(document, "nn.ReLU()");
    ok(hover, "there is a hover");
    const text = markdownOf(hover);
    ok(/\bdead\b|\bdie\b/.test(text), `the risk is in the hover:\n${text}`);
  });

  test("says nothing where there is nothing to say", async () => {
    const document = await open("import os\n\nprint(os.name)  # ReLU in a comment\n");
    equal(await hoverAt(document, "print"), undefined, "hover");
    equal(await hoverAt(document, "ReLU in"), undefined, "hover in a comment");
  });

  test("tells size and weights on the call of a layer, and nothing when hovers are off", async () => {
    const document = await open(healthyModel);
    const text = "nn.Linear(784, 128)";
    const hover = await layerHoverAt(document, text);
    ok(hover, "there is a hover");
    for (const part of ["Dense layer", "784 → 128 units", "layer 1 of 3", "std 0.0206", "ReLU follows"]) {
      includes(markdownOf(hover), part);
    }
    equal(hover.range, rangeOf(document, text), "range");
    const settings = vscode.workspace.getConfiguration("activationLens");
    await settings.update("hover.enabled", false, vscode.ConfigurationTarget.Global);
    try {
      equal(await layerHoverAt(document, text), undefined, "hover when off");
    } finally {
      await settings.update("hover.enabled", undefined, vscode.ConfigurationTarget.Global);
    }
  });
});
