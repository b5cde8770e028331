/** What the names in a program tell, without a parse: one pass that knows names, quotes, dots and imports, no more. */
import { lazy } from "../lazy.ts";
import { KIND, kindsByHash, next } from "./names.ts";

/** What a look has seen; of frameworks a bit for each, in the order of the catalogue. */
export interface Seen {
  /** Those that are imported, or of which something is named. */
  readonly frameworks: number;
  /** Those that have an activation or a layer with units of a name that stands as a member of something or imported. */
  readonly members: number;
  /** The same of names on their own: they may come of an `import *`. */
  readonly bare: number;
  readonly isStarred: boolean;
  /** A word for an activation, in quotes. */
  readonly isQuoted: boolean;
  /** Something takes such a word, or looks it up: `getattr(nn, "ReLU")`, `vars(nn)["ReLU"]`. */
  readonly takesWord: boolean;
}

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

const python = lazy(() => kindsByHash(FOLDED, "python"));
const javascript = lazy(() => kindsByHash(FOLDED, "javascript"));

const CAPITALS = { from: 65, to: 90 };

/** Names are looked up whole. It ends where enough is seen. */
export function look(codes: Uint8Array | Uint16Array, language: "python" | "javascript"): Seen {
  const { byHash, mayBe } = language === "python" ? python() : javascript();
  const { length } = codes;
  let frameworks = 0;
  let members = 0;
  let bare = 0;
  let isStarred = false;
  let isQuoted = false;
  let takesWord = false;
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
      const known = mayBe[hash & 0xffff] === 1 ? byHash.get(hash) : undefined;
      if (known === undefined) {
        isForeign = false;
        isAfterFrom = false;
      } else {
        const { kind, roots } = known;
        const before = start > 0 ? (codes[start - 1] as number) : NEWLINE;
        const isMember = before === DOT;
        if ((kind & KIND.passes) !== 0) frameworks |= roots;
        else if ((kind & (KIND.root | KIND.convention)) !== 0) {
          const isNamed = (kind & KIND.root) !== 0 && (isImporting || isAfterFrom);
          if (isNamed || (code === DOT && !isMember)) frameworks |= roots;
        }
        if ((kind & KIND.symbol) !== 0) {
          const first = codes[start] as number;
          const whose = first >= CAPITALS.from && first <= CAPITALS.to ? known.capital : known.small;
          if (isMember ? !isForeign : isImporting) members |= whose;
          else bare |= whose;
        }
        if ((kind & (KIND.word | KIND.symbol)) !== 0 && (before === QUOTE || before === APOSTROPHE))
          isQuoted = true;
        if ((kind & (KIND.takes | KIND.looksUp)) !== 0) takesWord = true;
        if ((frameworks & members) !== 0) break;
        if ((kind & KIND.imports) !== 0) {
          isImporting = true;
          depth = 0;
          if (codes[at + 1] === STAR) isStarred = true;
        }
        isForeign = (kind & KIND.foreign) !== 0 && !isMember;
        isAfterFrom = (kind & KIND.from) !== 0;
      }
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
  return { frameworks, members, bare, isStarred, isQuoted, takesWord };
}
