// Compiles src/lab/kernels/matmul.as to WebAssembly and writes it as base64 into matmulCode.ts. The compiler is 100 MB
// and needed only when that file changes, so it is no dependency of the project: npm runs it from its cache.
//   node scripts/run.mjs lab-kernels
import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { copyFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";

const compiler = "assemblyscript@0.28.20";
const source = "src/lab/kernels/matmul.as";

const folder = mkdtempSync(path.join(tmpdir(), "lab-kernels-"));
try {
  copyFileSync(source, path.join(folder, "matmul.ts"));
  const flags = ["--runtime", "stub", "--noAssert", "--enable", "simd", "--importMemory", "-O3"];
  const words = [
    "exec",
    "--yes",
    `--package=${compiler}`,
    "--",
    "asc",
    "matmul.ts",
    "-o",
    "matmul.wasm",
    ...flags,
  ];
  const asc = spawnSync("npm", words, { cwd: folder, stdio: "inherit", shell: process.platform === "win32" });
  if (asc.status !== 0) throw new Error("the kernels could not be compiled: see the messages above");
  const code = readFileSync(path.join(folder, "matmul.wasm")).toString("base64");
  const hash = createHash("sha256").update(readFileSync(source)).digest("hex");
  writeFileSync(
    "src/lab/kernels/matmulCode.ts",
    `/** Generated from matmul.as by \`node scripts/run.mjs lab-kernels\`: edit that. */
export const sourceHash = "${hash}";
// biome-ignore format: one string
export const matmulCode =
  "${code}";
`,
  );
} finally {
  rmSync(folder, { recursive: true, force: true });
}
