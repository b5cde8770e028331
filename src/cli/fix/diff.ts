/** A unified diff of edits, as `patch` and `git apply` read it. Pure. */
import { applyEdits, type Edit } from "../../engine/index.ts";

const CONTEXT = 3;

/** Lines `from` up to `to` (counted from 0) of the old text, and what stands there in the new one. */
interface Change {
  readonly from: number;
  readonly to: number;
  readonly lines: readonly string[];
}

/** The name is written as the system has it, the rest in the file's encoding. */
export interface Diff {
  readonly header: string;
  readonly hunks: string;
}

/** @param edits in the order of the text */
export function unifiedDiff(name: string, text: string, edits: readonly Edit[]): Diff {
  const lines = linesOf(text);
  const changes = changesOf(lines, edits);
  if (changes.length === 0) return { header: "", hunks: "" };
  let hunks = "";
  let shift = 0;
  for (const hunk of hunksOf(changes)) {
    const start = Math.max(0, (hunk[0]?.from ?? 0) - CONTEXT);
    const end = Math.min(lines.length, (hunk.at(-1)?.to ?? 0) + CONTEXT);
    let body = "";
    let count = 0;
    let at = start;
    const kept = (to: number): void => {
      for (; at < to; at++, count++) body += line(" ", lines[at] ?? "");
    };
    for (const { from, to, lines: made } of hunk) {
      kept(from);
      for (; at < to; at++) body += line("-", lines[at] ?? "");
      for (const added of made) {
        body += line("+", added);
        count++;
      }
    }
    kept(end);
    hunks += `@@ -${range(start, end - start)} +${range(start + shift, count)} @@\n${body}`;
    shift += count - (end - start);
  }
  return { header: `--- ${named(name)}\n+++ ${named(name)}\n`, hunks };
}

/** With their ends. Only `\n` ends a line here: the tools that read diffs know no other. */
const linesOf = (text: string): string[] => text.match(/[^\n]*\n|[^\n]+$/g) ?? [];

/** Whole lines: those that edits lie in, without what is the same at their beginning and end. */
function changesOf(lines: readonly string[], edits: readonly Edit[]): Change[] {
  const starts = [0];
  for (const each of lines) starts.push((starts.at(-1) ?? 0) + each.length);
  const lineAt = (offset: number): number => starts.findLastIndex((start) => start <= offset);
  const groups: { from: number; to: number; edits: Edit[] }[] = [];
  for (const edit of edits) {
    const from = Math.min(lineAt(edit.span.from), Math.max(0, lines.length - 1));
    const to = Math.min(lineAt(edit.span.to) + 1, lines.length);
    const last = groups.at(-1);
    if (last && from < last.to) {
      last.to = Math.max(last.to, to);
      last.edits.push(edit);
    } else groups.push({ from, to, edits: [edit] });
  }
  return groups.flatMap(({ from, to, edits: own }) => {
    const start = starts[from] ?? 0;
    const moved = own.map(
      ({ span, text: written }): Edit => ({
        span: { from: span.from - start, to: span.to - start },
        text: written,
      }),
    );
    return trimmed(lines.slice(from, to), linesOf(applyEdits(lines.slice(from, to).join(""), moved)), from);
  });
}

function trimmed(old: readonly string[], made: readonly string[], first: number): Change[] {
  const shorter = Math.min(old.length, made.length);
  let head = 0;
  while (head < shorter && old[head] === made[head]) head++;
  let tail = 0;
  while (tail < shorter - head && old.at(-1 - tail) === made.at(-1 - tail)) tail++;
  if (head + tail === old.length && old.length === made.length) return [];
  return [
    {
      from: first + head,
      to: first + old.length - tail,
      lines: made.slice(head, made.length - tail),
    },
  ];
}

/** Changes whose context would overlap are one hunk. */
function hunksOf(changes: readonly Change[]): Change[][] {
  const hunks: Change[][] = [];
  for (const change of changes) {
    const last = hunks.at(-1);
    if (last && change.from - (last.at(-1)?.to ?? 0) <= 2 * CONTEXT) last.push(change);
    else hunks.push([change]);
  }
  return hunks;
}

function line(sign: string, text: string): string {
  return text.endsWith("\n") ? sign + text : `${sign}${text}\n\\ No newline at end of file\n`;
}

/** Lines count from 1; an empty range names the line before it. */
const range = (start: number, count: number): string =>
  count === 1 ? `${start + 1}` : `${count === 0 ? start : start + 1},${count}`;

/** A tab behind a name with spaces says where it ends. */
const named = (name: string): string => (/\s/.test(name) ? `${name}\t` : name);
