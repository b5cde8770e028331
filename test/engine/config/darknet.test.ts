import assert from "node:assert/strict";
import test from "node:test";
import { sitesIn, switched, told } from "./support.ts";

const NET = "[net]\nwidth=32\n\n";

test("sections of layers, and sections that are an activation", () => {
  const text = `${NET}[convolutional]\nfilters=3\n activation = relu  \n[shortcut]\nactivation=leaky # as before\n[softmax]\n`;
  assert.deepEqual(told("darknet", text), [
    "relu@relu darknet certain",
    "leaky_relu@leaky darknet certain",
    "softmax@[softmax] darknet certain",
  ]);
});

test("the slope of leaky is Darknet's", () => {
  const [site] = sitesIn("darknet", `${NET}[connected]\nactivation=leaky`);
  assert.deepEqual([site?.parameters, site?.defaulted], [{ negative_slope: 0.1 }, ["negative_slope"]]);
});

test("without [net] it may be something else, and comments are none of it", () => {
  assert.deepEqual(told("darknet", "[convolutional]\n#activation=relu\nactivation=mish\n"), [
    "mish@mish darknet likely",
  ]);
});

test("relu becomes leaky, and the fix says whose slope it is", () => {
  const text = `${NET}[local]\r\nactivation=relu ; c\r\npad=1\r\n`;
  assert.equal(switched("darknet", text), text.replace("=relu", "=leaky"));
  const [fix] = sitesIn("darknet", text)[0]?.fixes ?? [];
  assert.match(fix?.title ?? "", /slope 0\.1, Darknet's own/);
  assert.equal(fix?.applicability, "changes-training");
});

test("other files of that ending are silent", () => {
  assert.deepEqual(told("darknet", "[metadata]\nname = relu\n[tool:pytest]\naddopts = linear\n"), []);
});
