// Writes what follows from the one-thing-one-file folders, their indexes and documentation pages, and from the table of
// options: the schema and the page of the configuration.
// `--check` writes nothing and exits 1 when a file is out of date.
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { ruleSeverities } from "../src/engine/index.ts";
import { schema } from "../src/settings/schema.ts";
import { activationDocs } from "./generate/activationDocs.ts";
import { configurationDocs } from "./generate/configuration.ts";
import { folderIndex, loadIndex } from "./generate/folderIndex.ts";
import { ruleDocs } from "./generate/ruleDocs.ts";

/** Path to text; `folders` are those in which nothing but these files may be. */
interface Output {
  readonly files: ReadonlyMap<string, string>;
  readonly folders: readonly string[];
}

/** One function per folder. */
const generators: readonly (() => Promise<Output>)[] = [activations, rules, configuration];

async function activations(): Promise<Output> {
  const folder = "src/engine/activations";
  const index = folderIndex(folder, "activations", "Activation", /^(?:Elementwise|Vector)Activation$/);
  const loaded = await loadIndex(folder, index);
  const docs = "docs/activations";
  const files = new Map([[`${folder}/index.ts`, index]]);
  for (const [name, text] of activationDocs(loaded.activations)) files.set(`${docs}/${name}`, text);
  return { files, folders: [docs] };
}

async function rules(): Promise<Output> {
  const folder = "src/engine/rules";
  const index = folderIndex(folder, "rules", "Rule", /^Rule$/);
  const loaded = await loadIndex(folder, index);
  const docs = "docs/rules";
  const files = new Map([[`${folder}/index.ts`, index]]);
  for (const [name, text] of ruleDocs(loaded.rules)) files.set(`${docs}/${name}`, text);
  return { files, folders: [docs] };
}

/** From the table of src/settings/options.ts. */
async function configuration(): Promise<Output> {
  const folder = "src/engine/rules";
  const { rules: loaded } = await loadIndex(folder, folderIndex(folder, "rules", "Rule", /^Rule$/));
  const files = new Map([
    ["activation-lens.schema.json", `${JSON.stringify(schema(loaded, ruleSeverities), null, 2)}\n`],
    ["docs/configuration.md", configurationDocs()],
  ]);
  return { files, folders: [] };
}

const check = process.argv.includes("--check");
const stale: string[] = [];
for (const generate of generators) {
  const { files, folders } = await generate();
  for (const [file, text] of files) {
    if (existsSync(file) && readFileSync(file, "utf8") === text) continue;
    stale.push(file);
    if (check) continue;
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(file, text);
  }
  for (const folder of folders.filter((name) => existsSync(name))) {
    for (const file of readdirSync(folder).map((name) => `${folder}/${name}`)) {
      if (files.has(file)) continue;
      stale.push(file);
      if (!check) rmSync(file);
    }
  }
}

if (stale.length > 0) {
  console.log(stale.map((file) => `${check ? "out of date" : "written"}: ${file}`).join("\n"));
  if (check) {
    console.error("Run `node scripts/run.mjs generate` and commit what it writes.");
    process.exitCode = 1;
  }
} else {
  console.log("Everything generated is up to date.");
}
