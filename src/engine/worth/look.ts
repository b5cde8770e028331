/** What the names in a program tell, without a parse: one pass that knows names, quotes, dots and imports, no more. */
import { lazy } from "../lazy.ts";
import { KIND, kindsByHash, next } from "./names.ts";

/** What a look has seen. */
export const SIGN = {
  /** A framework is imported, or something of it is named. */
  framework: 1,
  /** An activation or a layer with units, as a member of something or imported. */
  word: 2,
  /** The same on its own: it may come of an `import *`. */
  bareWord: 4,
  star: 8,
  /** A word for an activation in quotes. */
  string: 16,
  /** Something that takes such a word. */
  takesString: 32,
  /** `getattr(nn, "ReLU")`, `vars(nn)["ReLU"]`. */
  lookup: 64,
  anyWord: 2 | 4 | 16,
} as const;

/** Characters of names, as small letters (Keras takes its words in any case); 0 for all others. */
const FOLDED = Uint8Array.from({ length: 256 }, (_, code) => {
  const character = String.fromCharCode(code);
  return code >= 128 || /\w/.test(character) ? character.toLowerCase().charCodeAt(0) & 0xff : 0;
});

const NEWLINE = 10;
const QUOTE = 34;
const HASH = 35;
const APOSTROPHE = 39;
const OPEN = 40;
const CLOSE = 41;
const STAR = 42;
const DOT = 46;
const BACKSLASH = 92;

const names = lazy(() => kindsByHash(FOLDED));

export function look(codes: Uint8Array | Uint16Array): number {
  const { byHash, mayBe } = names();
  const { length } = codes;
  let seen = 0;
  let hash = 0;
  let start = 0;
  /** Behind `import`, up to the end of the line or of the parentheses. */
  let isImporting = false;
  let depth = 0;
  /** Whether the name before is one whose members are none of a framework's: `np.tanh`, `self.linear`. */
  let isForeign = false;
  let isAfterFrom = false;
  for (let at = 0; at <= length; at += 1) {
    const code = at < length ? (codes[at] as number) : NEWLINE;
    const folded = code < 256 ? (FOLDED[code] as number) : 1;
    if (folded !== 0) {
      if (hash === 0) start = at;
      hash = next(hash, folded);
      continue;
    }
    if (hash !== 0) {
      const kind = mayBe[hash & 0xffff] === 1 ? (byHash.get(hash) ?? 0) : 0;
      const before = start > 0 ? (codes[start - 1] as number) : NEWLINE;
      if (kind !== 0) {
        if ((kind & (KIND.root | KIND.convention)) !== 0) {
          const isMember = code === DOT && before !== DOT;
          if (isMember || ((kind & KIND.root) !== 0 && (isImporting || isAfterFrom))) seen |= SIGN.framework;
        }
        if ((kind & KIND.passes) !== 0) seen |= SIGN.framework;
        if ((kind & KIND.symbol) !== 0) {
          if (before === DOT ? !isForeign : isImporting) seen |= SIGN.word;
          else seen |= SIGN.bareWord;
        }
        if ((kind & (KIND.word | KIND.symbol)) !== 0 && (before === QUOTE || before === APOSTROPHE))
          seen |= SIGN.string;
        if ((kind & KIND.takes) !== 0) seen |= SIGN.takesString;
        if ((kind & KIND.looksUp) !== 0) seen |= SIGN.lookup;
        if ((seen & (SIGN.framework | SIGN.word)) === (SIGN.framework | SIGN.word)) return seen;
        if ((kind & KIND.imports) !== 0) {
          isImporting = true;
          depth = 0;
          if (codes[at + 1] === STAR) seen |= SIGN.star;
        }
      }
      isForeign = (kind & KIND.foreign) !== 0 && before !== DOT;
      isAfterFrom = (kind & KIND.from) !== 0;
      hash = 0;
    }
    if (isImporting) {
      if (code === OPEN) depth = 1;
      else if (code === CLOSE) isImporting = false;
      else if (code === NEWLINE && depth === 0) isImporting = false;
      else if (code === BACKSLASH) at += 1;
      else if (code === HASH) while (at + 1 < length && codes[at + 1] !== NEWLINE) at += 1;
    }
  }
  return seen;
}
