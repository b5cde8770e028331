/** The names that a look knows, by their hashes. All come from the catalogue, so that a new name is known at once. */
import { frameworks, PYTHON_CONVENTIONS, tellingSymbols, tellingWords } from "../frameworks/index.ts";
import { mmcv } from "../frameworks/mmcv.ts";
import type { FrameworkId } from "../model.ts";

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

/** What a name may be. */
export interface Known {
  kind: number;
  /** A bit for each framework whose names begin with it. */
  roots: number;
  /** A bit for each framework that has it, in this case: `Exp` is JAX's, `exp` everybody's. */
  capital: number;
  small: number;
}

export interface Hashes {
  readonly byHash: ReadonlyMap<number, Known>;
  /** 1 at the low 16 bits of every hash: most names of a text end here. */
  readonly mayBe: Uint8Array;
}

const bitOf = (framework: FrameworkId): number => 1 << frameworks.findIndex(({ id }) => id === framework);

/** Of a program in Python, or in JavaScript, which has one framework. */
export function kindsByHash(folded: Uint8Array, language: "python" | "javascript"): Hashes {
  const byHash = new Map<number, Known>();
  const mayBe = new Uint8Array(1 << 16);
  const known = (name: string): Known => {
    let hash = 0;
    for (let at = 0; at < name.length; at += 1) hash = next(hash, folded[name.charCodeAt(at)] ?? 0);
    const one = byHash.get(hash) ?? { kind: 0, roots: 0, capital: 0, small: 0 };
    byHash.set(hash, one);
    mayBe[hash & 0xffff] = 1;
    return one;
  };
  const add = (names: readonly string[], kind: number): void => {
    for (const name of names) known(name).kind |= kind;
  };
  const root = (name: string, kind: number, framework: FrameworkId): void => {
    const one = known(name);
    one.kind |= kind;
    one.roots |= bitOf(framework);
  };
  const isOurs = (framework: FrameworkId): boolean => (framework === "tfjs") === (language === "javascript");
  const ours = frameworks.filter(({ id }) => isOurs(id));
  for (const { id, roots, passedModules } of ours) {
    for (const name of roots) root(name, KIND.root, id);
    for (const name of Object.keys(passedModules ?? {})) root(name, KIND.passes, id);
  }
  // What no import decides is taken for PyTorch's.
  for (const name of mmcv.roots) root(name, KIND.root, "pytorch");
  for (const [name, symbol] of Object.entries(PYTHON_CONVENTIONS))
    for (const { id, roots } of ours)
      if (roots.includes(symbol.split(".", 1)[0] ?? "")) root(name, KIND.convention, id);
  for (const { symbol, framework } of tellingSymbols()) {
    if (!isOurs(framework)) continue;
    const name = lastPart(symbol);
    const one = known(name);
    one.kind |= KIND.symbol;
    if (/^[A-Z]/.test(name)) one.capital |= bitOf(framework);
    else one.small |= bitOf(framework);
  }
  add(tellingWords(), KIND.word);
  const takers = ours.flatMap(({ activationArguments }) => Object.keys(activationArguments));
  add(takers.map(lastPart), KIND.takes);
  add(["getattr", "__dict__", "vars"], KIND.looksUp);
  add(["import"], KIND.imports);
  add(["from"], KIND.from);
  add(["self", "cls", "np", "numpy", "math", "cmath"], KIND.foreign);
  return { byHash, mayBe };
}

const lastPart = (symbol: string): string => symbol.slice(symbol.lastIndexOf(".") + 1);
