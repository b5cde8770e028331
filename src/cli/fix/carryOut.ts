/** What becomes of edits: the file is written, its text is printed, or a diff is shown. */
import {
  applyEdits,
  type Edit,
  editsOfFile,
  type FixedFile,
  type SourceFile,
  type Span,
} from "../../engine/index.ts";
import { type Console, complain } from "../console.ts";
import { type Encoding, encode, encodingOf } from "../files/encode.ts";
import type { LoadedFile } from "../files/load.ts";
import { replaceFile } from "../files/write.ts";
import type { Options } from "../options.ts";
import type { AnalysedFile } from "../results/contract.ts";
import { placesOf } from "../results/places.ts";
import { unifiedDiff } from "./diff.ts";

/**
 * Carries edits out, or says why not: `run` may be the reason that there are none.
 * @returns the file as it is then; undefined if it stays as it was
 */
export async function changed(
  file: LoadedFile,
  run: Pick<FixedFile, "edits" | "before" | "after"> | string,
  options: Pick<Options, "fix">,
  output: Console,
): Promise<AnalysedFile | undefined> {
  const { name, source, bytes, isStdin } = file;
  const reason = typeof run === "string" ? run : await carryOut(file, run, options, output);
  if (reason !== undefined) {
    await complain(output, `${name}: ${reason}`);
    if (isStdin && options.fix === "write") await output.out(bytes);
  }
  if (typeof run === "string" || reason !== undefined || run.edits.length === 0) return undefined;
  return { name, places: placesOf(textAfter(source, run), run.after.notebook), analysis: run.after };
}

/** Where in a file a message is about. */
export function at({ name, places }: AnalysedFile, span: Span): string {
  const { cell, line } = places.line(span);
  return cell === undefined ? `${name}:${line}` : `${name}:cell ${cell + 1}:${line}`;
}

/** @returns why not, if it can't be */
async function carryOut(
  { name, bytes, source, isStdin }: LoadedFile,
  run: Pick<FixedFile, "edits" | "before">,
  { fix }: Pick<Options, "fix">,
  output: Console,
): Promise<string | undefined> {
  const edits = editsOfFile(source, run);
  if ("reason" in edits) return `not fixed: ${edits.reason}`;
  const encoding = encodingOf(bytes, source.text);
  if (!encoding && edits.length > 0) return "not fixed: its encoding can't be written";
  const text = applyEdits(source.text, edits);
  // What was there is, but an edit may bring a character that Latin-1 has not.
  if (encoding?.name === "latin1" && /[^\0-\u00ff]/.test(text))
    return "not changed: its encoding has no form for the new text";
  const made = encoding ? encode(text, encoding) : bytes;
  if (fix === "diff") await output.out(encoding ? diffOf(name, source.text, edits, encoding) : "");
  else if (isStdin) await output.out(made);
  else if (edits.length > 0) return replaceFile(name, bytes, made);
  return undefined;
}

/** The file's text after edits; of a notebook its JSON. Empty where that can't be written. */
function textAfter(source: SourceFile, run: Pick<FixedFile, "edits" | "before">): string {
  const edits = editsOfFile(source, run);
  return "reason" in edits ? "" : applyEdits(source.text, edits);
}

/** In the file's own encoding, byte order mark included: else it would not be a diff of that file. */
function diffOf(
  name: string,
  text: string,
  edits: readonly Edit[],
  { name: encoding, mark }: Encoding,
): Uint8Array {
  const by = mark.length;
  const shifted = edits.map(
    ({ span, text: written }): Edit => ({
      span: { from: span.from + by, to: span.to + by },
      text: written,
    }),
  );
  const { header, hunks } = unifiedDiff(name, mark + text, shifted);
  return Buffer.concat([Buffer.from(header), Buffer.from(hunks, encoding)]);
}
