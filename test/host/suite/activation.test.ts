import * as vscode from "vscode";
import { say } from "../runner.ts";
import { EXTENSION, equal, ok } from "../support.ts";

interface Manifest {
  readonly contributes?: { readonly commands?: readonly { readonly command: string }[] };
}

suite("extension", () => {
  test("activates when asked to, and the time is told", async () => {
    const extension = vscode.extensions.getExtension<unknown>(EXTENSION);
    ok(extension, `${EXTENSION} is not installed`);
    const [wasActive, start] = [extension.isActive, performance.now()];
    await extension.activate();
    ok(extension.isActive, "the extension is not active");
    // Told, not asserted: machines differ, and the time holds a round trip through the host.
    const ms = Math.round(performance.now() - start);
    say(`    activation: ${wasActive ? "was active already" : `${ms} ms with the round trip`}`);
  });

  test("registers every command of its manifest", async () => {
    const manifest = vscode.extensions.getExtension(EXTENSION)?.packageJSON as Manifest;
    const declared = (manifest.contributes?.commands ?? []).map(({ command }) => command);
    const registered = new Set(await vscode.commands.getCommands(true));
    equal(
      declared.filter((command) => !registered.has(command)),
      [],
      "commands that are declared but not registered",
    );
  });
});
