import * as vscode from "vscode";

const SCHEME = "lens-memory";

/**
 * Files that live in the test only. Untitled documents would do as well, but VS Code gives their names anew while the
 * document of that name is still being closed, and then shows the old text.
 */
class MemoryFiles implements vscode.FileSystemProvider {
  private readonly files = new Map<string, Uint8Array>();
  private readonly changed = new vscode.EventEmitter<vscode.FileChangeEvent[]>();
  readonly onDidChangeFile = this.changed.event;

  watch(): vscode.Disposable {
    return new vscode.Disposable(() => undefined);
  }

  stat(uri: vscode.Uri): vscode.FileStat {
    return { type: vscode.FileType.File, ctime: 0, mtime: 0, size: this.readFile(uri).length };
  }

  readFile(uri: vscode.Uri): Uint8Array {
    const content = this.files.get(uri.path);
    if (content === undefined) throw vscode.FileSystemError.FileNotFound(uri);
    return content;
  }

  writeFile(uri: vscode.Uri, content: Uint8Array): void {
    this.files.set(uri.path, content);
  }

  readDirectory(): [string, vscode.FileType][] {
    return [];
  }

  createDirectory(): void {}

  delete(uri: vscode.Uri): void {
    this.files.delete(uri.path);
  }

  rename(): void {
    throw vscode.FileSystemError.NoPermissions();
  }
}

let files: MemoryFiles | undefined;
let written = 0;

/** A new file with this text; without a path given, no two have the same name. */
export function memoryFile(content: string, path = `/file-${++written}.py`): vscode.Uri {
  if (files === undefined) {
    files = new MemoryFiles();
    vscode.workspace.registerFileSystemProvider(SCHEME, files);
  }
  const uri = vscode.Uri.from({ scheme: SCHEME, path });
  files.writeFile(uri, new TextEncoder().encode(content));
  return uri;
}
