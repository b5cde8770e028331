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
    if (!this.files.has(uri.path) && this.readDirectory(uri).length > 0)
      return { type: vscode.FileType.Directory, ctime: 0, mtime: 0, size: 0 };
    return { type: vscode.FileType.File, ctime: 0, mtime: 0, size: this.readFile(uri).length };
  }

  readFile(uri: vscode.Uri): Uint8Array {
    const content = this.files.get(uri.path);
    if (content === undefined) throw vscode.FileSystemError.FileNotFound(uri);
    return content;
  }

  writeFile(uri: vscode.Uri, content: Uint8Array): void {
    const type = this.files.has(uri.path) ? vscode.FileChangeType.Changed : vscode.FileChangeType.Created;
    this.files.set(uri.path, content);
    this.changed.fire([{ type, uri }]);
  }

  readDirectory(uri: vscode.Uri): [string, vscode.FileType][] {
    const below = [...this.files.keys()].filter((path) => path.startsWith(`${uri.path}/`));
    const parts = below.map((path) => path.slice(uri.path.length + 1).split("/"));
    const { Directory, File } = vscode.FileType;
    return [...new Map(parts.map(([name = "", ...rest]) => [name, rest.length > 0 ? Directory : File]))];
  }

  createDirectory(): void {}

  delete(uri: vscode.Uri): void {
    for (const path of [...this.files.keys()])
      if (path === uri.path || path.startsWith(`${uri.path}/`)) this.files.delete(path);
    this.changed.fire([{ type: vscode.FileChangeType.Deleted, uri }]);
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
