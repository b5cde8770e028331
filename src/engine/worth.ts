/**
 * Whether a text is worth a parse: most files of a tree have nothing to do with networks, and must not cost more than a
 * look. It is one pass over the text's names (worth/look.ts), of the characters or of the bytes before they are decoded.
 */
import { mayNameActivation } from "./config/worth.ts";
import { methodsOf } from "./frameworks/index.ts";
import { lazy } from "./lazy.ts";
import type { Language } from "./model.ts";
import { look, type Seen } from "./worth/look.ts";

/** Under such a name a word means an activation wherever it goes: `hidden_act="gelu"`, `act_cfg=dict(type="ReLU")`. */
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

/** @param text of a notebook, the program that its cells make: in Python */
export function isWorthReading(language: Exclude<Language, "notebook">, text: string): boolean {
  switch (language) {
    case "python":
      return isTelling(look(codesOf(text), "python"), () => text);
    case "javascript":
      return ANY_TFJS.test(text) && namesAny(look(codesOf(text), "javascript"));
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
      return isTelling(look(bytes, "python"), latin1);
    case "javascript":
      return namesAny(look(bytes, "javascript")) && ANY_TFJS.test(latin1());
    default:
      // A notebook's names stand in JSON's strings, and of configurations few are large.
      return true;
  }
}

/** JavaScript has so many ways of importing that it is enough if the names are there. */
const namesAny = ({ members, bare, isQuoted }: Seen): boolean => (members | bare) !== 0 || isQuoted;

function isTelling(seen: Seen, text: () => string): boolean {
  const { frameworks, members, bare, isStarred, isQuoted, takesWord } = seen;
  if ((frameworks & (isStarred ? members | bare : members)) !== 0) return true;
  if (isQuoted && ((frameworks !== 0 && takesWord) || LABEL.test(text()))) return true;
  return members !== 0 && method().test(text());
}

function codesOf(text: string): Uint16Array {
  const codes = new Uint16Array(text.length);
  for (let at = 0; at < text.length; at += 1) codes[at] = text.charCodeAt(at);
  return codes;
}
