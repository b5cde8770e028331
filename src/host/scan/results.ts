import * as vscode from "vscode";
import type { ScannedFile } from "./record.ts";

/** What the last scan has found, by the address of the file, kept up to date with the files. */
export class ScanResults implements vscode.Disposable {
  private readonly byKey = new Map<string, ScannedFile>();
  private readonly count = { files: 0, networks: 0 };
  private readonly changed = new vscode.EventEmitter<readonly string[]>();
  /** The addresses of files of which something else is known than before. */
  readonly onDidChange = this.changed.event;

  get(key: string): ScannedFile | undefined {
    return this.byKey.get(key);
  }

  get keys(): readonly string[] {
    return [...this.byKey.keys()];
  }

  /** Networks, and the files that have some. */
  get networks(): number {
    return this.count.networks;
  }

  get files(): number {
    return this.count.files;
  }

  /** @param read the addresses of files that were read, whether or not there is something in them */
  set(read: readonly string[], found: ReadonlyMap<string, ScannedFile>): void {
    const changed = read.filter((key) => {
      const had = this.remove(key);
      const file = found.get(key);
      if (file) this.add(key, file);
      return had || file !== undefined;
    });
    if (changed.length > 0) this.changed.fire(changed);
  }

  forget(isGone: (key: string) => boolean): void {
    const gone = this.keys.filter((key) => isGone(key) && this.remove(key));
    if (gone.length > 0) this.changed.fire(gone);
  }

  private add(key: string, file: ScannedFile): void {
    this.byKey.set(key, file);
    this.tally(file, 1);
  }

  private remove(key: string): boolean {
    const file = this.byKey.get(key);
    if (file) this.tally(file, -1);
    return this.byKey.delete(key);
  }

  private tally({ networks }: ScannedFile, sign: 1 | -1): void {
    this.count.networks += sign * networks;
    if (networks > 0) this.count.files += sign;
  }

  dispose(): void {
    this.changed.dispose();
    this.byKey.clear();
  }
}
