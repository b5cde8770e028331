import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { matmulKernel } from "../../src/lab/kernels/matmul.ts";
import { sourceHash } from "../../src/lab/kernels/matmulCode.ts";
import { random } from "../../src/lab/random.ts";

test("the product is that of the definition, for sizes around the blocks and each transposition", () => {
  const multiply = matmulKernel();
  const draw = random(1, "test");
  const sizes = [
    [1, 1, 1],
    [3, 5, 7],
    [4, 8, 256],
    [5, 9, 257],
    [17, 9, 600],
    [64, 10, 100],
    [6000, 8, 300], // In slices.
  ] as const;
  for (const [m, n, k] of sizes) {
    for (const [ta, tb] of [
      [false, false],
      [true, false],
      [false, true],
      [true, true],
    ] as const) {
      const a = Float32Array.from({ length: m * k }, () => draw.normal());
      const b = Float32Array.from({ length: k * n }, () => draw.normal());
      const out = new Float32Array(m * n).fill(Number.NaN);
      multiply({ data: a, transposed: ta }, { data: b, transposed: tb }, out, m, n, k);
      for (let trial = 0; trial < 100; trial++) {
        const [i, j] = [Math.floor(draw.uniform() * m), Math.floor(draw.uniform() * n)];
        let expected = 0;
        for (let p = 0; p < k; p++)
          expected += (ta ? a[p * m + i]! : a[i * k + p]!) * (tb ? b[j * k + p]! : b[p * n + j]!);
        assert.ok(Math.abs(out[i * n + j]! - expected) < 1e-6 * k + 1e-5, `${m} ${n} ${k} ${ta} ${tb}`);
      }
      assert.ok(out.every(Number.isFinite));
    }
  }
});

test("the compiled kernel belongs to its source", () => {
  const hash = createHash("sha256").update(readFileSync("src/lab/kernels/matmul.as")).digest("hex");
  assert.equal(sourceHash, hash, "run node scripts/run.mjs lab-kernels");
});
