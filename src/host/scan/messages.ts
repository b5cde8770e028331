/** What is said between the editor's process and the thread that scans. */
import type { FolderTask } from "./folder.ts";
import type { ScannedFile } from "./record.ts";

export interface ThreadData {
  readonly tasks: readonly FolderTask[];
}

/** `find`: all files of a folder; `look`: what is at these paths now; `read`: what is in these files. */
export type Question =
  | { readonly kind: "find" }
  | { readonly kind: "look" | "read"; readonly paths: readonly string[] };

/** `folder`: its place among the tasks. */
export type Request = { readonly id: number; readonly folder: number } & Question;

export type Reply = { readonly id: number } & (
  | { readonly kind: "some"; readonly files: readonly string[] }
  | { readonly kind: "found" }
  | ({ readonly kind: "looked" } & Looked)
  | ({ readonly kind: "read" } & ReadFiles)
  | { readonly kind: "failed"; readonly message: string }
);

export interface Looked {
  /** Worth reading. */
  readonly files: readonly string[];
  /** And what is not there any more, or left out; folders among them. */
  readonly gone: readonly string[];
}

export interface ReadFiles {
  readonly found: readonly ScannedFile[];
  /** Too large, or unreadable. */
  readonly skipped: number;
  /** What went wrong in some, which are among the skipped. */
  readonly errors: readonly string[];
}

/** Reads one folder of the workspace, wherever it does that. */
export interface Reader {
  findFiles(found: (files: readonly string[]) => void): Promise<void>;
  look(paths: readonly string[]): Promise<Looked>;
  read(paths: readonly string[]): Promise<ReadFiles>;
}
