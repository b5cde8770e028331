/**
 * Patterns as in .gitignore, the one syntax for all that is matched here: `*.py` and `build/` at any depth, `src/*.py`
 * from the root on, `**` for any number of folders, `!` for exceptions.
 */
import ignore, { type Ignore } from "ignore";
import { below } from "./paths.ts";

/** The library keeps each answer that it gave, for ever: in a large tree it has to begin anew now and then. */
const MOST_ANSWERS = 20_000;

export class Patterns {
  private matcher: Ignore | undefined;
  private answers = 0;

  /** @param root an absolute path with forward slashes, from which the patterns count */
  constructor(
    readonly root: string,
    private readonly lines: readonly string[],
  ) {}

  /** Whether one of them names the path, or a folder above it below the root. */
  match(path: string, isFolder = false): boolean {
    const relative = this.lines.length > 0 ? below(this.root, path) : undefined;
    if (relative === undefined) return false;
    if (!this.matcher || ++this.answers > MOST_ANSWERS) {
      this.answers = 0;
      // Case counts everywhere, so that the same files are found on every machine.
      this.matcher = ignore({ ignorecase: false }).add([...this.lines]);
    }
    return this.matcher.ignores(isFolder ? `${relative}/` : relative);
  }

  /** Those that hold at any depth, for what is below another folder. */
  movedTo(root: string): Patterns {
    return new Patterns(
      root,
      this.lines.filter((line) => !isAnchored(line)),
    );
  }

  /** And those that a file in a folder below adds, which count from there. */
  with(folder: string, lines: readonly string[]): Patterns {
    const inner = below(this.root, folder);
    return new Patterns(this.root, [
      ...this.lines,
      ...(inner === undefined ? lines : lines.flatMap((line) => rebased(line, inner))),
    ]);
  }
}

/** Holds from the root on: a slash stands elsewhere than at the end. */
const isAnchored = (line: string): boolean => /\/(?!\s*$)/.test(line);

function rebased(line: string, folder: string): readonly string[] {
  if (line.trim() === "" || line.startsWith("#")) return [];
  const sign = line.startsWith("!") ? "!" : "";
  const body = line.slice(sign.length);
  const inside = isAnchored(body) ? body.replace(/^\//, "") : `**/${body}`;
  return [`${sign}/${folder.replace(/[\\*?[\]]/g, "\\$&")}/${inside}`];
}
