/** Edits of one text: made, undone, put together, and where a place is after them. All in the order of the text. */
import type { Edit, Span } from "../../model.ts";

/** In the order of the text; what is inserted at the start of a replaced span comes before it. */
export const inOrder = (edits: readonly Edit[]): Edit[] =>
  [...edits].sort((a, b) => a.span.from - b.span.from || a.span.to - b.span.to);

/** Whether two of them change the same text. @param edits in the order of the text */
export const overlap = (edits: readonly Edit[]): boolean =>
  edits.some(({ span }, at) => span.from < (edits[at - 1]?.span.to ?? 0));

/** The text after edits that don't overlap. */
export function applyEdits(text: string, edits: readonly Edit[]): string {
  let made = "";
  let at = 0;
  for (const { span, text: written } of inOrder(edits)) {
    made += text.slice(at, span.from) + written;
    at = span.to;
  }
  return made + text.slice(at);
}

/** Edits of the new text that give the old one back. */
export function reversed(text: string, edits: readonly Edit[]): Edit[] {
  let shift = 0;
  return inOrder(edits).map(({ span, text: written }) => {
    const from = span.from + shift;
    shift += written.length - (span.to - span.from);
    return { span: { from, to: from + written.length }, text: text.slice(span.from, span.to) };
  });
}

/** Where a span of the old text is in the new one. What is inserted at its edges stays outside. */
export function moved({ from, to }: Span, edits: readonly Edit[]): Span {
  let [start, end] = [from, to];
  for (const { span, text } of edits) {
    const growth = text.length - (span.to - span.from);
    if (span.to <= from) start += growth;
    // A start that is replaced itself: where its replacement begins.
    else if (span.from < from) start -= from - span.from;
    if (span.from < to) end += span.to <= to ? growth : span.from + text.length - to;
  }
  return { from: start, to: Math.max(start, end) };
}

/** A stretch of a text that edits have made: kept from the original, or written. */
type Piece = Span | string;

const lengthOf = (piece: Piece): number => (typeof piece === "string" ? piece.length : piece.to - piece.from);

/**
 * One set of edits in the place of two that follow each other.
 * @param length of the text that `first` is made in; `second` is made in what `first` gives
 */
export function composed(first: readonly Edit[], second: readonly Edit[], length: number): Edit[] {
  const middle = piecesOf([{ from: 0, to: length }], first);
  return editsOf(piecesOf(middle, second), length);
}

function piecesOf(pieces: readonly Piece[], edits: readonly Edit[]): Piece[] {
  const made: Piece[] = [];
  let at = 0;
  for (const { span, text } of inOrder(edits)) {
    made.push(...cut(pieces, at, span.from), text);
    at = span.to;
  }
  made.push(...cut(pieces, at, Number.POSITIVE_INFINITY));
  return made.filter((piece) => lengthOf(piece) > 0);
}

function cut(pieces: readonly Piece[], from: number, to: number): Piece[] {
  let start = 0;
  return pieces.flatMap((piece): Piece[] => {
    const [low, high] = [Math.max(from - start, 0), Math.min(to - start, lengthOf(piece))];
    start += lengthOf(piece);
    if (low >= high) return [];
    return typeof piece === "string"
      ? [piece.slice(low, high)]
      : [{ from: piece.from + low, to: piece.from + high }];
  });
}

function editsOf(pieces: readonly Piece[], length: number): Edit[] {
  const edits: Edit[] = [];
  let at = 0;
  let written = "";
  for (const piece of [...pieces, { from: length, to: length }]) {
    if (typeof piece === "string") {
      written += piece;
      continue;
    }
    if (written !== "" || piece.from > at) edits.push({ span: { from: at, to: piece.from }, text: written });
    written = "";
    at = piece.to;
  }
  return edits;
}
