import * as vscode from "vscode";
import type { Configs } from "../configs.ts";
import { type Changed, Changes } from "./changes.ts";
import { type OpenFolder, Readers } from "./readers.ts";
import type { ScannedFile } from "./record.ts";
import type { ScanResults } from "./results.ts";
import { Typing } from "./typing.ts";
import { noScan, type ScanState } from "./words.ts";

/** Files that are asked for at once: few enough that their results are taken in no time. */
const batch = 50;
/** Batches on their way: the thread must not wait while the editor's process is busy. */
const ahead = 2;
/** In ms. After a key nothing new is begun for as long as its lenses take: where cores are few, they are theirs. */
const rest = 150;
/** In ms. What changes the settings often changes several. */
const delay = 300;

export interface Scanned {
  /** Where the files lie; a test has folders of its own. */
  folders(): readonly vscode.Uri[];
  readonly script: vscode.Uri;
}

type Count = (read: number, skipped: number) => void;

/** Files still to be read, with the folder that reads them. */
interface Work {
  readonly folder: OpenFolder;
  readonly paths: readonly string[];
}

/** Reads the workspace when asked to, and keeps what it has found up to date with the files and the configuration. */
export class WorkspaceScan implements vscode.Disposable {
  private readonly changed = new vscode.EventEmitter<ScanState>();
  private readonly subscriptions: vscode.Disposable;
  private state: ScanState = noScan;
  private running: Promise<void> | undefined;
  private readonly typing = new Typing();
  private readers: Readers | undefined;
  private changes: Changes | undefined;
  /** What comes of a turn before this one is not wanted any more. */
  private turn = 0;
  private timer: ReturnType<typeof setTimeout> | undefined;
  readonly onDidChange = this.changed.event;

  constructor(
    private readonly scanned: Scanned,
    private readonly results: ScanResults,
    configs: Configs,
    private readonly log: vscode.LogOutputChannel,
  ) {
    this.subscriptions = vscode.Disposable.from(
      this.changed,
      this.typing,
      configs.onDidRefresh(() => this.later()),
      vscode.workspace.onDidChangeWorkspaceFolders(() => this.later()),
      // Most settings have nothing to do with what is read.
      vscode.workspace.onDidChangeConfiguration(() => {
        if (this.readers && !this.readers.areFor(this.scanned.folders())) this.later();
      }),
    );
  }

  get now(): ScanState {
    return this.state;
  }

  /** One at a time: who asks again waits for the same. One that was stopped or cleared is on its way out. */
  run(): Promise<void> {
    if (this.running && this.state.kind !== "running") return this.running.then(() => this.run());
    this.running ??= this.scan().finally(() => {
      this.running = undefined;
    });
    return this.running;
  }

  /** What was found stays, and is kept up to date. */
  stop(): void {
    if (this.state.kind !== "running") return;
    this.turn++;
    this.forgetReaders();
    this.tell({ kind: "stopped" });
  }

  /** Nothing is known any more, and nothing watched. */
  clear(): void {
    this.turn++;
    clearTimeout(this.timer);
    this.forgetReaders();
    this.changes?.dispose();
    this.changes = undefined;
    this.results.forget(() => true);
    this.tell(noScan);
  }

  private async scan(): Promise<void> {
    const isOver = this.begin();
    this.forgetReaders();
    const folders = this.scanned.folders();
    this.changes?.dispose();
    this.changes = new Changes(folders);
    this.changes.onDidChange((changed) => void this.follow(changed));
    this.tell({ ...noScan, kind: "running" });
    const work: Work[] = [];
    const found = new Set<string>();
    for (const folder of this.opened().folders) {
      const paths: string[] = [];
      try {
        await folder.reader.findFiles((some) => paths.push(...some));
      } catch (error) {
        if (!isOver()) this.report(folder.uri.path, error);
      }
      if (isOver()) return;
      for (const path of paths) found.add(folder.uri.with({ path }).toString());
      work.push(...batches(folder, paths));
    }
    this.results.forget((key) => !found.has(key));
    this.tell({ total: found.size });
    await this.readAll(work, isOver, (read, skipped) =>
      this.tell({ read: this.state.read + read, skipped: this.state.skipped + skipped }),
    );
    if (!isOver()) this.tell({ kind: "done" });
  }

  private begin(): () => boolean {
    const turn = ++this.turn;
    return () => turn !== this.turn;
  }

  private async readAll(work: readonly Work[], isOver: () => boolean, done: Count): Promise<void> {
    let next = 0;
    const some = async () => {
      for (let item = work[next++]; item && !isOver(); item = work[next++]) {
        await this.typing.rested(rest);
        await this.read(item, isOver, done);
      }
    };
    await Promise.all(Array.from({ length: ahead }, some));
  }

  private async read({ folder, paths }: Work, isOver: () => boolean, done: Count): Promise<void> {
    try {
      const { found, skipped, errors } = await folder.reader.read(paths);
      if (isOver()) return;
      for (const error of errors) this.report(error, "the analysis failed");
      this.take(folder, paths, found);
      done(paths.length, skipped);
    } catch (error) {
      if (isOver()) return;
      if (paths.length > 1) {
        // One of them has ended the thread: read by itself it fails alone.
        for (const path of paths) await this.read({ folder, paths: [path] }, isOver, done);
        return;
      }
      this.report(paths.join(), error);
      this.take(folder, paths, []);
      done(1, 1);
    }
  }

  private take({ uri }: OpenFolder, paths: readonly string[], found: readonly ScannedFile[]): void {
    const keyOf = (path: string) => uri.with({ path }).toString();
    this.results.set(paths.map(keyOf), new Map(found.map((file) => [keyOf(file.path), file])));
  }

  /** Reads what has changed; what has changed while all is read, afterwards. */
  private async follow({ uris, isAll }: Changed): Promise<void> {
    await this.running;
    if (this.state.kind === "none") return;
    if (isAll) return this.later();
    const { turn } = this;
    const isOver = () => turn !== this.turn;
    const gone = new Set<string>();
    const work: Work[] = [];
    const readers = this.opened();
    for (const folder of readers.folders) {
      const paths = uris.filter((uri) => readers.folderOf(uri) === folder).map(({ path }) => path);
      for (const { paths: some } of batches(folder, paths)) {
        try {
          const looked = await folder.reader.look(some);
          for (const path of looked.gone) gone.add(folder.uri.with({ path }).toString());
          work.push(...batches(folder, looked.files));
        } catch (error) {
          if (!isOver()) this.report(folder.uri.path, error);
        }
        if (isOver()) return;
      }
    }
    if (gone.size > 0) this.results.forget((key) => isAtOrBelow(key, gone));
    await this.readAll(work, isOver, () => this.tell({}));
    if (!isOver()) this.tell({});
  }

  /** Another configuration holds: other files may be worth reading, and other findings be worth telling. */
  private later(): void {
    if (this.state.kind === "none") return;
    clearTimeout(this.timer);
    this.timer = setTimeout(() => void this.again(), delay);
  }

  private async again(): Promise<void> {
    if (this.state.kind === "stopped") {
      // Who has stopped it does not want to have all read after all.
      this.forgetReaders();
      this.begin();
      return this.follow({ uris: this.results.keys.map((key) => vscode.Uri.parse(key)), isAll: false });
    }
    if (this.running) {
      this.begin();
      await this.running;
      // Stopped or cleared meanwhile.
      if (this.state.kind !== "running") return;
    }
    await this.run();
  }

  private opened(): Readers {
    this.readers ??= new Readers(this.scanned.folders(), this.scanned.script);
    return this.readers;
  }

  private forgetReaders(): void {
    this.readers?.dispose();
    this.readers = undefined;
  }

  private report(what: string, error: unknown): void {
    this.log.error(`${what} (scan)`, error instanceof Error ? error.message : String(error));
  }

  private tell(change: Partial<ScanState>): void {
    const { files, networks } = this.results;
    this.state = { ...this.state, ...change, files, networks };
    this.changed.fire(this.state);
  }

  dispose(): void {
    this.turn++;
    clearTimeout(this.timer);
    this.forgetReaders();
    this.changes?.dispose();
    this.subscriptions.dispose();
  }
}

const batches = (folder: OpenFolder, paths: readonly string[]): readonly Work[] =>
  Array.from({ length: Math.ceil(paths.length / batch) }, (_, at) => ({
    folder,
    paths: paths.slice(at * batch, (at + 1) * batch),
  }));

function isAtOrBelow(key: string, gone: ReadonlySet<string>): boolean {
  if (gone.has(key)) return true;
  for (let at = key.lastIndexOf("/"); at > 0; at = key.lastIndexOf("/", at - 1))
    if (gone.has(key.slice(0, at))) return true;
  return false;
}
