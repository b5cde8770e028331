// Builds every bundle: the extension (one file for the desktop, remote and web hosts), its webview, the command
// line, the tests and the host suites. `--watch` rebuilds on change; `--dev` keeps names and adds source maps; `--cli`
// builds the command line alone.
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
  // The lab's data sets.
  loader: { ".bin": "binary" },
};

/** Every `*.test.ts` below test/ but for the host suites, which have bundles of their own: none is listed by hand. */
function unitTests() {
  return readdirSync("test", { recursive: true })
    .map(String)
    .filter((file) => file.endsWith(".test.ts") && !file.startsWith(`host${path.sep}`))
    .map((file) => path.join("test", file));
}

/** The module `host-suites` imports every file of test/host/suite: a suite can't be forgotten. */
const hostSuites = {
  name: "host-suites",
  setup(build) {
    const folder = path.resolve("test/host/suite");
    build.onResolve({ filter: /^host-suites$/ }, () => ({ path: "host-suites", namespace: "suites" }));
    build.onLoad({ filter: /.*/, namespace: "suites" }, () => {
      const files = readdirSync(folder).filter((file) => file.endsWith(".test.ts"));
      const contents = files.map((file) => `import ${JSON.stringify(`./${file}`)};`).join("\n");
      return { contents, resolveDir: folder, watchDirs: [folder] };
    });
  },
};

/** Parts of the command line that are files of their own. */
const cliParts = {
  name: "cli-parts",
  setup(build) {
    build.onResolve({ filter: /^\.\/(?:main|try\/try)\.ts$/ }, ({ kind, path: part }) => {
      if (kind === "entry-point") return undefined;
      return { path: part.includes("try") ? "./cliTry.js" : "./cliMain.js", external: true };
    });
  },
};

/** Host suites keep names and lines readable, since their failures are read in a log. */
const hostTests = {
  ...common,
  format: "cjs",
  external: ["vscode"],
  minify: false,
  sourcemap: "inline",
  plugins: [hostSuites],
  logLevel: "warning",
};

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
  // The lab's page part, loaded when it is opened, and its worker, which carries the data sets.
  {
    ...common,
    entryPoints: ["webview/lab/main.ts"],
    outfile: "dist/lab.js",
    format: "iife",
    platform: "browser",
  },
  {
    ...common,
    entryPoints: ["webview/lab/worker.ts"],
    outfile: "dist/labWorker.js",
    format: "iife",
    platform: "browser",
  },
  // The command line: what starts it, what it is, and the lab, which only `try` needs. Workers run the second.
  {
    ...common,
    entryPoints: { cli: "src/cli/start.ts", cliMain: "src/cli/main.ts", cliTry: "src/cli/try/try.ts" },
    outdir: "dist",
    format: "cjs",
    platform: "node",
    plugins: [cliParts],
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
  {
    ...hostTests,
    entryPoints: ["test/host/index.ts"],
    outfile: "out/host/index.js",
    platform: "node",
    external: ["vscode", "mocha"],
  },
  {
    ...hostTests,
    entryPoints: ["test/host/web.ts"],
    outfile: "out/host/web.js",
    platform: "browser",
    define: { "process.env.NODE_ENV": '"test"', global: "globalThis" },
  },
  {
    ...common,
    // @vscode/test-electron starts it as a program, in the place of desktop VS Code.
    entryPoints: ["scripts/codeShim.ts"],
    outfile: "out/host/codeShim.mjs",
    format: "esm",
    platform: "node",
    packages: "external",
    minify: false,
    banner: { js: "#!/usr/bin/env node" },
    logLevel: "warning",
  },
];

const isCli = ({ outfile, entryPoints }) => outfile === "dist/cli.js" || entryPoints.cli !== undefined;

if (process.argv.includes("--cli")) {
  await Promise.all(bundles.filter(isCli).map((options) => esbuild.build(options)));
} else if (watch) {
  for (const options of bundles) await (await esbuild.context(options)).watch();
} else {
  rmSync("out/test", { recursive: true, force: true });
  await Promise.all(bundles.map((options) => esbuild.build(options)));
}
