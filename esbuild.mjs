// Builds every bundle: the extension (one file for the desktop, remote and web hosts), its webview, the command
// line, and the tests. `--watch` rebuilds on change; `--dev` keeps names and adds source maps.
import { readdirSync, rmSync } from "node:fs";
import path from "node:path";
import * as esbuild from "esbuild";

const watch = process.argv.includes("--watch");
const dev = watch || process.argv.includes("--dev");
const common = {
  bundle: true,
  logLevel: "info",
  target: "es2022",
  minify: !dev,
  sourcemap: dev ? "inline" : false,
};

/** Every `*.test.ts` below test/ but for the host suites, which have bundles of their own: none is listed by hand. */
function unitTests() {
  return readdirSync("test", { recursive: true })
    .map(String)
    .filter((file) => file.endsWith(".test.ts") && !file.startsWith(`host${path.sep}`))
    .map((file) => path.join("test", file));
}

const bundles = [
  {
    ...common,
    entryPoints: ["src/host/extension.ts"],
    outfile: "dist/extension.js",
    format: "cjs",
    external: ["vscode"],
  },
  {
    ...common,
    entryPoints: ["webview/main.ts"],
    outfile: "dist/webview.js",
    format: "iife",
    platform: "browser",
  },
  {
    ...common,
    entryPoints: ["src/cli/main.ts"],
    outfile: "dist/cli.js",
    format: "cjs",
    platform: "node",
    banner: { js: "#!/usr/bin/env node" },
  },
  {
    ...common,
    entryPoints: unitTests(),
    outdir: "out/test",
    outbase: "test",
    outExtension: { ".js": ".mjs" },
    format: "esm",
    platform: "node",
    minify: false,
    sourcemap: "inline",
    external: ["node:*", "playwright-core", "esbuild"],
    logLevel: "warning",
  },
];

if (watch) {
  for (const options of bundles) await (await esbuild.context(options)).watch();
} else {
  rmSync("out/test", { recursive: true, force: true });
  await Promise.all(bundles.map((options) => esbuild.build(options)));
}
