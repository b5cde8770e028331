/**
 * Whether a text is worth a parse: most files of a tree have nothing to do with networks, and reading must not cost more
 * than a look. It is one pass over the characters, or over a file's bytes before they are decoded.
 */
import { mayNameActivation } from "./config/worth.ts";
import {
  frameworks,
  methodsOf,
  PASSED_MODULES,
  PYTHON_CONVENTIONS,
  tellingWords,
} from "./frameworks/index.ts";
import { lazy } from "./lazy.ts";
import type { Language } from "./model.ts";

/** Where a name of the list stands in the text: a framework's, or that of an activation or a layer. */
const FRAMEWORK = 1;
const WORD = 2;

interface Names {
  /** What the names with this hash are. */
  readonly byHash: ReadonlyMap<number, number>;
  /** 1 at the low 16 bits of every hash: most names of a text end here. */
  readonly mayBe: Uint8Array;
}

const names = lazy((): Names => {
  const byHash = new Map<number, number>();
  const mayBe = new Uint8Array(1 << 16);
  const add = (name: string, kind: number) => {
    let hash = 0;
    for (let at = 0; at < name.length; at += 1) hash = next(hash, FOLDED[name.charCodeAt(at)] ?? 0);
    byHash.set(hash, (byHash.get(hash) ?? 0) | kind);
    mayBe[hash & 0xffff] = 1;
  };
  for (const { roots } of frameworks) for (const root of roots) add(root, FRAMEWORK);
  for (const name of [...Object.keys(PYTHON_CONVENTIONS), ...Object.keys(PASSED_MODULES)])
    add(name, FRAMEWORK);
  for (const word of tellingWords()) add(word, WORD);
  return { byHash, mayBe };
});

/** Characters of names, as small letters (Keras takes its words in any case); 0 for all others. */
const FOLDED = Uint8Array.from({ length: 256 }, (_, code) => {
  const character = String.fromCharCode(code);
  return code >= 128 || /\w/.test(character) ? character.toLowerCase().charCodeAt(0) & 0xff : 0;
});
const BACKSLASH = 92;
const SMALL_U = 117;

const next = (hash: number, code: number): number => (Math.imul(hash, 31) + code) | 0;

/** Names are looked up whole. Where `escapes`, the text is JSON's: in `\nrelu` the name is `relu`. */
function look(codes: Uint8Array | Uint16Array, escapes: boolean): number {
  const { byHash, mayBe } = names();
  const { length } = codes;
  let seen = 0;
  let hash = 0;
  for (let at = 0; at <= length; at += 1) {
    const code = at < length ? (codes[at] as number) : 0;
    const folded = code < 256 ? (FOLDED[code] as number) : 1;
    if (folded !== 0) {
      hash = next(hash, folded);
      continue;
    }
    if (hash !== 0 && mayBe[hash & 0xffff] === 1) {
      seen |= byHash.get(hash) ?? 0;
      if (seen === (FRAMEWORK | WORD)) return seen;
    }
    hash = 0;
    if (escapes && code === BACKSLASH) at += codes[at + 1] === SMALL_U ? 5 : 1;
  }
  return seen;
}

/** Under such a name a word means an activation also where no framework is named: `hidden_act="gelu"`, `act_cfg=`. */
const LABEL =
  /(?<![a-z0-9])(?:activation|act)(?:_(?:fn|func|function|layer|type|name|cfgs?))?(?!\w)|nonlinearity/i;

/** `x.relu()` means a tensor's method also where no framework is named; `np.tanh(x)` is NumPy's. */
const method = lazy(
  () =>
    new RegExp(
      `(?<!\\b(?:np|numpy|math|cmath|self|cls|super))\\s*\\.\\s*(?:${methodsOf("pytorch").join("|")})\\s*\\(`,
    ),
);

/** Most scripts have nothing to do with TensorFlow.js; those that have name it, or `tf`. */
const ANY_TFJS = /tensorflow|\btf\b/i;

export function isWorthReading(language: Language, text: string): boolean {
  switch (language) {
    case "python":
    case "notebook":
      return isTelling(look(codesOf(text), false), () => text);
    case "javascript":
      return ANY_TFJS.test(text) && (look(codesOf(text), false) & WORD) !== 0;
    default:
      return mayNameActivation(language, text);
  }
}

/**
 * The same of a file's bytes, whatever their encoding, as long as it has ASCII's characters where ASCII has them: false
 * only where it would be false of the text as well.
 * @param latin1 the bytes as text of one character for each; asked for where names alone don't decide
 */
export function mayBeWorthReading(language: Language, bytes: Uint8Array, latin1: () => string): boolean {
  switch (language) {
    case "python":
      return isTelling(look(bytes, false), latin1);
    case "notebook":
      return isTelling(look(bytes, true), latin1);
    case "javascript":
      return (look(bytes, false) & WORD) !== 0 && ANY_TFJS.test(latin1());
    default:
      return true;
  }
}

const isTelling = (seen: number, text: () => string): boolean =>
  (seen & WORD) !== 0 && ((seen & FRAMEWORK) !== 0 || LABEL.test(text()) || method().test(text()));

function codesOf(text: string): Uint16Array {
  const codes = new Uint16Array(text.length);
  for (let at = 0; at < text.length; at += 1) codes[at] = text.charCodeAt(at);
  return codes;
}
