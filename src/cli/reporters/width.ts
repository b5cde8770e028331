/** How wide text is in a terminal, so that what stands under it is under it. */

/** East Asian wide and fullwidth characters (Unicode's EastAsianWidth.txt: W and F), as ranges. */
const WIDE =
  /[\u1100-\u115f\u2e80-\u303e\u3041-\u33ff\u3400-\u4dbf\u4e00-\u9fff\ua000-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6\u{20000}-\u{3fffd}]|\p{Emoji_Presentation}|\ufe0f/u;
const NO_WIDTH = /^[\p{Mn}\p{Me}\p{Cf}]+$/u;

/** Controls would move the cursor, and marks of direction would show code in another order than it is read in. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is looked for.
const UNSAFE = /[\u0000-\u0008\u000a-\u001f\u007f-\u009f\u2028\u2029\u202a-\u202e\u2066-\u2069]/g;
const NOT_ASCII = /[^\0-\x7f]/;

const TAB = 4;

let segmenter: Intl.Segmenter | undefined;

/** What a reader takes for one character. */
export interface Glyph {
  readonly text: string;
  /** In columns of the terminal. */
  readonly width: number;
  /** UTF-16 units of the code that it stands for. */
  readonly units: number;
}

/** The text as it can be printed: tabs are spaces, and what can't be shown has a mark of width 1. */
export function glyphsOf(text: string): readonly Glyph[] {
  let column = 0;
  return charactersOf(text.replace(UNSAFE, "\ufffd")).map((character) => {
    const width = character === "\t" ? TAB - (column % TAB) : widthOf(character);
    column += width;
    return { text: character === "\t" ? " ".repeat(width) : character, width, units: character.length };
  });
}

function charactersOf(text: string): readonly string[] {
  if (!NOT_ASCII.test(text)) return [...text];
  segmenter ??= new Intl.Segmenter("en", { granularity: "grapheme" });
  return Array.from(segmenter.segment(text), ({ segment }) => segment);
}

function widthOf(character: string): number {
  if (WIDE.test(character)) return 2;
  return NO_WIDTH.test(character) ? 0 : 1;
}
