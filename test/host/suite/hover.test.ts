import { deepModel, healthyModel, hoverAt, markdownOf, rangeOf } from "../features.ts";
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
});
