/** The names that a look knows, by their hashes. All come from the catalogue, so that a new name is known at once. */
import {
  frameworks,
  PASSED_MODULES,
  PYTHON_CONVENTIONS,
  tellingSymbols,
  tellingWords,
} from "../frameworks/index.ts";

export const KIND = {
  /** What a framework's qualified names begin with. */
  root: 1,
  /** What people call a module: `nn`, `F`. */
  convention: 2,
  /** A function that frameworks give a module: `hybrid_forward`. */
  passes: 4,
  /** The last part of the name of an activation or a layer. */
  symbol: 8,
  /** A string that means an activation. */
  word: 16,
  /** A layer or a function that takes such strings. */
  takes: 32,
  looksUp: 64,
  imports: 128,
  from: 256,
  /** Whose members are none of a framework's. */
  foreign: 512,
} as const;

export const next = (hash: number, code: number): number => (Math.imul(hash, 31) + code) | 0;

interface Hashes {
  readonly byHash: ReadonlyMap<number, number>;
  /** 1 at the low 16 bits of every hash: most names of a text end here. */
  readonly mayBe: Uint8Array;
}

export function kindsByHash(folded: Uint8Array): Hashes {
  const byHash = new Map<number, number>();
  const mayBe = new Uint8Array(1 << 16);
  const add = (names: readonly string[], kind: number): void => {
    for (const name of names) {
      let hash = 0;
      for (let at = 0; at < name.length; at += 1) hash = next(hash, folded[name.charCodeAt(at)] ?? 0);
      byHash.set(hash, (byHash.get(hash) ?? 0) | kind);
      mayBe[hash & 0xffff] = 1;
    }
  };
  add(
    frameworks.flatMap(({ roots }) => roots),
    KIND.root,
  );
  add(Object.keys(PYTHON_CONVENTIONS), KIND.convention);
  add(Object.keys(PASSED_MODULES), KIND.passes);
  add(tellingSymbols().map(lastPart), KIND.symbol);
  add(tellingWords(), KIND.word);
  const takers = frameworks.flatMap(({ activationArguments }) => Object.keys(activationArguments));
  add(takers.map(lastPart), KIND.takes);
  add(["getattr", "__dict__", "vars"], KIND.looksUp);
  add(["import"], KIND.imports);
  add(["from"], KIND.from);
  add(["self", "cls", "np", "numpy", "math", "cmath"], KIND.foreign);
  return { byHash, mayBe };
}

const lastPart = (symbol: string): string => symbol.slice(symbol.lastIndexOf(".") + 1);
