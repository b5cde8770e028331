// Runs every unit test (test/**/*.test.ts but for test/host) with node:test, each file in a process of its own.
//   node scripts/run.mjs unit [PART OF A FILE NAME ...]
import { readdirSync } from "node:fs";
import path from "node:path";
import { run } from "node:test";
import { browserPath } from "./hosts/browser.ts";
import { buildBundles, root } from "./hosts/project.ts";

const FILE_LIMIT_MS = 5 * 60_000;

buildBundles();
try {
  // Tests of the webview look for the browser there.
  process.env.CHROMIUM = browserPath();
} catch (error) {
  console.warn(String(error));
}

const folder = path.join(root, "out/test");
const wanted = process.argv.slice(2);
const files = readdirSync(folder, { recursive: true })
  .map(String)
  .filter((file) => file.endsWith(".test.mjs"))
  .filter((file) => wanted.length === 0 || wanted.some((part) => file.includes(part)))
  .map((file) => path.join(folder, file));

if (files.length === 0) {
  console.error(
    `no test file has ${wanted.join(" or ")} in its name (test/x/y.test.ts is x/y.test.mjs here)`,
  );
  process.exit(1);
}

let passed = 0;
let failed = 0;
let skipped = 0;

const events = run({ files, concurrency: 2, timeout: FILE_LIMIT_MS });
events.on("test:pass", ({ skip, todo, details }) => {
  if (details.type === "suite") return;
  if (skip || todo) skipped++;
  else passed++;
});
events.on("test:fail", ({ name, file, line, todo, details }) => {
  const { error } = details;
  // A test whose subtests failed has nothing to add to what they said.
  if (error.cause === undefined && "failureType" in error && error.failureType === "subtestsFailed") return;
  if (todo) return;
  failed++;
  console.error(`FAILED ${name} (${path.relative(root, file ?? "")}:${line})`);
  console.error(error.cause instanceof Error ? error.cause.stack : String(error.cause ?? error));
});
events.on("test:stdout", ({ message }) => process.stdout.write(message));
events.on("test:stderr", ({ message }) => process.stderr.write(message));
events.on("end", () => {
  console.log(`${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ""}`);
  process.exit(failed > 0 || passed === 0 ? 1 : 0);
});
events.resume();
