/** Reads a folder in the editor's process, in slices: where there are no threads, and where the files are elsewhere. */
import * as vscode from "vscode";
import { textOf } from "../places.ts";
import { type Files, FolderReader, type FolderTask, type Kind } from "./folder.ts";
import type { Reader } from "./messages.ts";
import { lookAt, readAll } from "./reading.ts";
import { Typing } from "./typing.ts";

/** In ms: longer, and a hover or a completion that waits would be felt to. */
export const slice = 12;

/** In ms: as long as keys are pressed, nothing is read. */
const rest = 300;

/** On a remote machine, waiting is most of the time. */
const ahead = 8;

export class Slices implements vscode.Disposable {
  private start = performance.now();
  private isOver = false;
  private readonly typing = new Typing();

  readerOf(folder: vscode.Uri, task: FolderTask): Reader {
    const reader = new FolderReader(task, filesOf(folder));
    return {
      findFiles: async (found) => {
        for await (const files of reader.find()) {
          found(files);
          await this.turn();
        }
      },
      look: (paths) => lookAt(reader, paths),
      read: (paths) => readAll(reader, paths, ahead, () => this.turn()),
    };
  }

  private turn(): Promise<void> | undefined {
    if (this.isOver) throw new Error("it was stopped");
    const isTime = performance.now() - this.start >= slice;
    const typing = this.typing.rested(rest);
    return isTime || typing ? this.pause(typing) : undefined;
  }

  private async pause(typing: Promise<void> | undefined): Promise<void> {
    await (typing ?? new Promise((resolve) => setTimeout(resolve, 0)));
    this.start = performance.now();
  }

  /** What is being read ends with an error. */
  dispose(): void {
    this.isOver = true;
    this.typing.dispose();
  }
}

function filesOf(root: vscode.Uri): Files {
  const { fs } = vscode.workspace;
  const at = (path: string) => root.with({ path });
  return {
    entries: async (folder) =>
      [...(await fs.readDirectory(at(folder)))]
        .sort(([a], [b]) => (a < b ? -1 : 1))
        .map(([name, type]) => [name, kindOf(type)] as const),
    kind: async (path) => {
      try {
        return kindOf((await fs.stat(at(path))).type);
      } catch {
        return undefined;
      }
    },
    text: (path) => textOf(at(path)),
    bytes: async (path, most) => {
      const { size } = await fs.stat(at(path));
      return size > most ? undefined : fs.readFile(at(path));
    },
  };
}

/** Links to folders may lead in circles. */
function kindOf(type: vscode.FileType): Kind {
  if (type === vscode.FileType.Directory) return "folder";
  return type & vscode.FileType.File ? "file" : "other";
}
