import * as vscode from "vscode";
import {
  type Analysis,
  type AnalyzeOptions,
  analyze,
  type Cell,
  type FixSource,
  inspect,
  KnownTrees,
  lazy,
  type SourceFile,
} from "../engine/index.ts";
import { withParts } from "./analysisParts.ts";
import { Configs } from "./configs.ts";
import { isCode, isRead, languageOfDocument } from "./languages.ts";
import {
  cellOf,
  notebookOf,
  type OpenProgram,
  openProgram,
  type Part,
  pythonCells,
  stampOf,
} from "./notebooks.ts";
import { onDidChangeSettings, ruleOptions, setting } from "./settings.ts";
import { shifted } from "./shift.ts";

/** An analysis as one document sees it, and the state of the text that it is true for. */
export interface DocumentAnalysis {
  readonly document: vscode.TextDocument;
  /** Another one as soon as the document, or any cell of its notebook, has changed. Grows. */
  readonly version: number;
  /** In offsets of the document. In a notebook the other cells lie before its start and behind its end. */
  readonly analysis: Analysis;
  /** What was read as a whole, and where in it the document starts: in a notebook behind the cells before it. */
  readonly whole: Whole;
  readonly start: number;
  /** The document in which a place of the analysis is, and where in it. */
  locate(offset: number): { readonly document: vscode.TextDocument; readonly offset: number };
}

/** A document or all cells of a notebook, in offsets of their own. */
export interface Whole {
  readonly file: SourceFile;
  readonly analysis: Analysis;
  readonly fixes: FixSource;
}

/** A notebook as it was analysed, and what its cells have seen of that. */
interface AnalysedNotebook {
  readonly stamp: string;
  readonly parts: readonly Part[];
  readonly version: number;
  readonly whole: Whole;
  readonly views: Map<vscode.TextDocument, DocumentAnalysis>;
}

const noFixes: FixSource = { fix: () => undefined, lossTakes: () => undefined };

/** Keeps one analysis for each open document or notebook, made anew when its version has changed. */
export class Analyses implements vscode.Disposable {
  private readonly files = new Map<string, DocumentAnalysis>();
  private readonly notebooks = new Map<vscode.NotebookDocument, AnalysedNotebook>();
  /** Of the text that a document or notebook had before: a key changes one statement of many. */
  private readonly trees = new WeakMap<vscode.TextDocument | vscode.NotebookDocument, KnownTrees>();
  private readonly analysed = new vscode.EventEmitter<DocumentAnalysis>();
  private readonly changed = new vscode.EventEmitter<readonly vscode.TextDocument[]>();
  private readonly invalidated = new vscode.EventEmitter<void>();
  private readonly subscriptions: vscode.Disposable;
  private notebookVersion = 0;
  private readonly told = new Set<string>();
  readonly onDidAnalyse = this.analysed.event;
  /** Documents whose analysis is out of date: one that was opened or edited, with all other cells of its notebook. */
  readonly onDidChange = this.changed.event;
  /** All analyses are out of date at once: a setting or a configuration has changed. */
  readonly onDidInvalidate = this.invalidated.event;
  readonly configs = new Configs();

  constructor(private readonly log: vscode.LogOutputChannel) {
    const { workspace } = vscode;
    const invalidate = () => {
      this.files.clear();
      this.notebooks.clear();
      this.told.clear();
      this.invalidated.fire();
    };
    this.subscriptions = vscode.Disposable.from(
      workspace.onDidOpenTextDocument((document) => this.announce(document)),
      workspace.onDidChangeTextDocument(({ document }) => this.announce(document)),
      workspace.onDidCloseTextDocument((document) => this.files.delete(document.uri.toString())),
      workspace.onDidOpenNotebookDocument((notebook) => this.announceAll(notebook)),
      workspace.onDidChangeNotebookDocument(({ notebook, contentChanges }) => {
        // Cells were moved, added or deleted; runs and outputs change no code.
        if (contentChanges.length > 0) this.announceAll(notebook);
      }),
      workspace.onDidCloseNotebookDocument((notebook) => this.notebooks.delete(notebook)),
      onDidChangeSettings(invalidate),
      this.configs,
      this.configs.onDidChange(invalidate),
      this.analysed,
      this.changed,
      this.invalidated,
    );
  }

  /** The analysis of the document as it is now; at once, and without exceptions. */
  of(document: vscode.TextDocument): DocumentAnalysis {
    const notebook = notebookOf(document);
    return notebook ? this.ofCell(document, notebook) : this.ofFile(document);
  }

  private ofFile(document: vscode.TextDocument): DocumentAnalysis {
    const key = document.uri.toString();
    const known = this.files.get(key);
    if (known?.document === document && known.version === document.version) return known;
    const whole = this.make(document, document.getText());
    const made: DocumentAnalysis = {
      document,
      version: document.version,
      analysis: whole.analysis,
      whole,
      start: 0,
      locate: (offset) => ({ document, offset }),
    };
    // A closed document tells nobody when to forget it, and its version counts from 1 again when it is reopened.
    if (!document.isClosed) this.files.set(key, made);
    this.analysed.fire(made);
    return made;
  }

  private ofCell(document: vscode.TextDocument, notebook: vscode.NotebookDocument): DocumentAnalysis {
    const analysed = this.ofNotebook(document, notebook);
    const known = analysed.views.get(document);
    if (known) return known;
    const { version, whole, parts } = analysed;
    const { analysis } = whole;
    const { start: own, index } = parts.find((part) => part.document === document) ?? { start: 0, index: 0 };
    const made: DocumentAnalysis = {
      document,
      version,
      // Named as by the command line.
      analysis: withParts(shifted(analysis, own), { path: `${analysis.path}:cell ${index + 1}` }),
      whole,
      start: own,
      locate: (offset) => partAt(parts, own + offset) ?? { document, offset },
    };
    analysed.views.set(document, made);
    this.analysed.fire(made);
    return made;
  }

  private ofNotebook(cell: vscode.TextDocument, notebook: vscode.NotebookDocument): AnalysedNotebook {
    const cells = pythonCells(notebook);
    const stamp = stampOf(cells);
    const known = this.notebooks.get(notebook);
    if (known?.stamp === stamp) return known;
    const program = openProgram(cells);
    const whole = this.make(cell, "", program);
    const version = ++this.notebookVersion;
    const made = { stamp, parts: program.parts, version, whole, views: new Map() };
    if (!notebook.isClosed) this.notebooks.set(notebook, made);
    return made;
  }

  private make(document: vscode.TextDocument, text: string, program?: OpenProgram): Whole {
    const path = document.uri.path;
    const empty: Analysis = { path, sites: [], networks: [], findings: [] };
    const language = program ? "notebook" : languageOfDocument(document);
    const cells: { readonly cells?: readonly Cell[] } = program ? { cells: program.cells } : {};
    const file: SourceFile = { path, text, ...(language ? { language } : {}), ...cells };
    const nothing = (analysis: Analysis): Whole => ({ file, analysis, fixes: noFixes });
    if (language === undefined || !setting("enabled", document)) return nothing(empty);
    try {
      const limit = setting("maximumFileSize", document);
      if ((program?.length ?? text.length) > limit * 1000) {
        const skipped = `it is larger than ${limit} kB (activationLens.maximumFileSize)`;
        if (isCode(language)) this.log.info(`${path} was skipped: ${skipped}`);
        return nothing({ ...empty, skipped });
      }
      const known = this.treesOf((program && notebookOf(document)) ?? document);
      const { analysis, fixes } = inspect(file, this.rulesFor(document), known);
      if (analysis.skipped !== undefined && isCode(language)) {
        this.log.info(`${path} was skipped: ${analysis.skipped}`);
      }
      return { file, analysis: this.guarded(analysis), fixes };
    } catch (error) {
      this.report(path, error);
      return nothing(empty);
    }
  }

  private treesOf(owner: vscode.TextDocument | vscode.NotebookDocument): KnownTrees {
    const known = this.trees.get(owner) ?? new KnownTrees();
    this.trees.set(owner, known);
    return known;
  }

  /** Networks and findings are made when they are first asked for, and that too is without exceptions. */
  private guarded(analysis: Analysis): Analysis {
    const guard = <Part extends "networks" | "findings">(part: Part) =>
      lazy((): Analysis[Part] => {
        try {
          return analysis[part];
        } catch (error) {
          this.report(analysis.path, error);
          return [];
        }
      });
    const [networks, findings] = [guard("networks"), guard("findings")];
    return withParts(analysis, {
      get networks() {
        return networks();
      },
      get findings() {
        return findings();
      },
    });
  }

  private report(path: string, error: unknown): void {
    this.log.error(`${path} could not be analysed`, error instanceof Error ? error : String(error));
  }

  /** As configuration and settings have it for a file; for texts that no document has yet. */
  analyserFor(document: vscode.TextDocument | vscode.Uri): (file: SourceFile) => Analysis {
    const rules = this.rulesFor(document);
    return (file) => analyze(file, rules);
  }

  /** The settings of rules; what of them does not fit is said once. */
  rulesFor(document: vscode.TextDocument | vscode.Uri): AnalyzeOptions {
    const { options, problems } = ruleOptions(document, this.configs.of(document));
    for (const problem of problems.filter((one) => !this.told.has(one))) {
      this.told.add(problem);
      this.log.warn(problem);
    }
    return options;
  }

  private announce(document: vscode.TextDocument): void {
    // Also when a cell has just ceased to be Python, which the others have to know.
    const notebook = cellOf(document)?.notebook;
    if (notebook) this.announceAll(notebook);
    if (isRead(document) && !(notebook && document.languageId === "python")) this.changed.fire([document]);
  }

  private announceAll(notebook: vscode.NotebookDocument): void {
    this.changed.fire(pythonCells(notebook).map(({ document }) => document));
  }

  dispose(): void {
    this.subscriptions.dispose();
    this.files.clear();
    this.notebooks.clear();
  }
}

function partAt(parts: readonly Part[], offset: number) {
  const part = parts.findLast(({ start }) => start <= offset);
  return part && { document: part.document, offset: offset - part.start };
}

/** Whether a place of an analysis is in its very document, not in another cell. */
export const isOwn = (source: DocumentAnalysis, offset: number): boolean =>
  source.locate(offset).document === source.document;
