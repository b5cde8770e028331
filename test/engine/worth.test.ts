// The look before a parse: it may let through what has nothing, and never drops what has something.
import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { test } from "node:test";
import { activations } from "../../src/engine/activations/index.ts";
import { parseSignature } from "../../src/engine/activations/signature.ts";
import { canonicalSymbol, frameworks, tellingSymbols } from "../../src/engine/frameworks/index.ts";
import { isWorthReading, mayBeWorthReading } from "../../src/engine/worth.ts";

const latin1 = (bytes: Uint8Array) => () => Buffer.from(bytes).toString("latin1");
const ofBytes = (text: string): boolean => {
  const bytes = Buffer.from(text);
  return mayBeWorthReading("python", bytes, latin1(bytes));
};

function isWorth(text: string): boolean {
  const worth = isWorthReading("python", text);
  assert.equal(ofBytes(text), worth, text);
  return worth;
}

test("every name of the catalogue is seen, by every way of importing it", () => {
  for (const { symbol, framework } of tellingSymbols()) {
    if (framework === "tfjs" || !symbol.includes(".")) continue;
    const dot = symbol.lastIndexOf(".");
    const [module, name] = [symbol.slice(0, dot), symbol.slice(dot + 1)];
    assert.ok(isWorth(`import ${module}\ny = ${symbol}(x)\n`), symbol);
    assert.ok(isWorth(`import ${module} as m\ny = m.${name}(x)\n`), symbol);
    assert.ok(isWorth(`from ${module} import ${name}\ny = ${name}(x)\n`), symbol);
    assert.ok(isWorth(`from ${module} import (  # (so)\n    a,\n    ${name} as b,\n)\ny = b(x)\n`), symbol);
    assert.ok(isWorth(`from ${module} import a, \\\n    ${name}\n`), symbol);
    assert.ok(isWorth(`from ${module} import *\ny = ${name}(x)\n`), symbol);
    assert.ok(isWorth(`import ${module} as m\ny = getattr(m, "${name}")(x)\n`), symbol);
  }
});

test("every framework says what its names begin with", () => {
  for (const { id, canonical, roots } of frameworks) {
    for (const { symbol, framework } of tellingSymbols())
      if (framework === id && canonical(symbol) !== undefined)
        assert.ok(roots.includes(symbol.split(".", 1)[0] ?? ""), symbol);
    for (const root of roots)
      assert.ok(
        canonicalSymbol(root) === root || canonical(root) !== undefined || id === "keras",
        `${id} ${root}`,
      );
  }
});

test("every word is seen where it configures an activation", () => {
  for (const { names } of activations)
    for (const [framework, { strings = [] }] of Object.entries(names)) {
      for (const word of strings.map((text) => parseSignature(text).symbol)) {
        if (framework === "tfjs") continue;
        assert.ok(isWorth(`from keras.layers import Dense\nlayer = Dense(3, activation="${word}")\n`), word);
        assert.ok(isWorth(`config = {"hidden_act": '${word.toUpperCase()}'}\n`), word);
        assert.ok(isWorth(`def block(x, act_layer: str = "${word}"): ...\n`), word);
      }
    }
});

test("methods of tensors are seen where no framework is named, other people's functions are not", () => {
  assert.ok(isWorth("def f(x):\n    return x.relu()\n"));
  assert.ok(isWorth("def f(x):\n    return g(x).sigmoid ()\n"));
  assert.ok(!isWorth("import numpy as np\ny = np.tanh(x)\n"));
  assert.ok(!isWorth("import math\ny = math.tanh(x)\n"));
});

test("most programs are not worth a parse", () => {
  assert.ok(!isWorth(""));
  assert.ok(!isWorth("import os\nprint('relu')\n"));
  assert.ok(!isWorth("import torch\nx = torch.zeros(3)  # a linear function, not softmax\n"));
  assert.ok(!isWorth("import torch\nself.linear = 3\n"));
  assert.ok(!isWorth("from relux import torchy\n"));
});

test("sample files that have something are seen, as bytes and as text", () => {
  let seen = 0;
  for (const folder of ["test", "examples"])
    for (const name of readdirSync(folder, { recursive: true }).map(String)) {
      if (!name.endsWith(".py")) continue;
      const bytes = readFileSync(path.join(folder, name));
      const worth = isWorthReading("python", bytes.toString());
      assert.equal(mayBeWorthReading("python", bytes, latin1(bytes)), worth, name);
      if (worth) seen += 1;
    }
  assert.ok(seen > 50, `${seen}`);
});
