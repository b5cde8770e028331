/** Writes what the page made into a file of the user's choice. */
import * as vscode from "vscode";
import type { MessageOf } from "../../protocol.ts";
import { isShared, makeNonce, sharedHtml } from "./html.ts";

type Export = MessageOf<"export">;

const filters: Readonly<Record<Export["format"], Record<string, string[]>>> = {
  png: { "PNG picture": ["png"] },
  svg: { "SVG picture": ["svg"] },
  csv: { "CSV table": ["csv"] },
  html: { "Web page": ["html"] },
};

/** @param beside a document of the folder that is offered first */
export async function saveExport(
  extension: vscode.Uri,
  message: Export,
  beside: vscode.Uri | undefined,
): Promise<void> {
  const { format, name } = message;
  const folder =
    beside && vscode.workspace.getWorkspaceFolder(beside) ? vscode.Uri.joinPath(beside, "..") : undefined;
  const start = folder ?? vscode.workspace.workspaceFolders?.[0]?.uri;
  // The name came from the page.
  const file = `${name.replace(/[^\w-]+/g, "-").slice(0, 80) || "preview"}.${format}`;
  const target = await vscode.window.showSaveDialog({
    filters: filters[format],
    title: "Save the preview",
    ...(start ? { defaultUri: vscode.Uri.joinPath(start, file) } : {}),
  });
  if (!target) return;
  try {
    await vscode.workspace.fs.writeFile(target, await bytesOf(extension, message));
    const open = "Open";
    const choice = await vscode.window.showInformationMessage(
      `Saved ${target.path.split("/").at(-1)}.`,
      open,
    );
    if (choice === open) await vscode.commands.executeCommand("vscode.open", target);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    void vscode.window.showErrorMessage(`The preview was not saved: ${reason}`);
  }
}

async function bytesOf(extension: vscode.Uri, { format, content }: Export): Promise<Uint8Array> {
  const encoder = new TextEncoder();
  if (format === "png") return Uint8Array.from(atob(content), (char) => char.charCodeAt(0));
  if (format !== "html") return encoder.encode(content);
  const shared: unknown = JSON.parse(content);
  if (!isShared(shared)) throw new Error("the page sent something that is no preview");
  const read = async (...path: string[]) =>
    new TextDecoder().decode(await vscode.workspace.fs.readFile(vscode.Uri.joinPath(extension, ...path)));
  const [script, style] = await Promise.all([read("dist", "webview.js"), read("media", "preview.css")]);
  return encoder.encode(sharedHtml({ ...shared, script, style, nonce: makeNonce() }));
}
