// Builds and packs the extension: activation-lens.vsix in the root of the checkout.
import { spawnSync } from "node:child_process";
import { statSync } from "node:fs";
import path from "node:path";
import { buildBundles, packageFile, root } from "./hosts/project.ts";

buildBundles();
// Everything is bundled, so no dependency goes into the package.
// There is no public repository yet that the README's relative links could lead to.
const words = [
  "package",
  "--no-dependencies",
  "--allow-missing-repository",
  "--no-rewrite-relative-links",
  "-o",
  packageFile,
];
const vsce = spawnSync(process.execPath, [path.join(root, "node_modules/@vscode/vsce/vsce"), ...words], {
  cwd: root,
  stdio: ["ignore", "ignore", "inherit"],
});
if (vsce.status !== 0) {
  console.error("vsce could not pack the extension: see its messages above.");
  process.exit(1);
}
console.log(`${path.basename(packageFile)}: ${(statSync(packageFile).size / 1000).toFixed(0)} kB`);
