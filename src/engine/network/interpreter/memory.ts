/** Where the interpreted program keeps its values. Every change goes through here, so that a branch can be tried and taken back. */
import { merged, type Tensor, tensor } from "./tensors.ts";
import { type List, UNKNOWN, type Value } from "./values.ts";

export class Environment {
  readonly variables = new Map<string, Value>();
  constructor(
    readonly kind: "module" | "class" | "function",
    readonly parent: Environment | undefined,
  ) {}

  /** The environment that binds a name; a class body is not seen from the functions inside it. */
  holder(name: string): Environment | undefined {
    for (let env: Environment | undefined = this; env; env = env.parent) {
      if (env.kind === "class" && env !== this) continue;
      if (env.variables.has(name)) return env;
    }
    return undefined;
  }

  lookup(name: string): Value | undefined {
    return this.holder(name)?.variables.get(name);
  }
}

// biome-ignore lint/suspicious/noExplicitAny: keys and values of many kinds of maps and objects pass through here.
type Anything = any;

/** One change and how to take it back: a key of a map, a field of an object, or items added to an array. */
interface Change {
  readonly target: Anything;
  readonly key: Anything;
  readonly before: Anything;
  readonly had: boolean;
}

/** What a branch has changed: the last value of each key. */
export type Changes = Map<Anything, Map<Anything, Anything>>;

const ABSENT = Symbol("absent");

export class Memory {
  private trail: Change[] | undefined;

  set<K, V>(target: Map<K, V>, key: K, value: V): void {
    this.note(target, key, target.get(key), target.has(key));
    target.set(key, value);
  }

  assign<T extends object, K extends keyof T>(target: T, key: K, value: T[K]): void {
    this.note(target, key, target[key], true);
    target[key] = value;
  }

  push<T>(target: T[], value: T): void {
    this.note(target, target.length, undefined, false);
    target.push(value);
  }

  delete<K, V>(target: Map<K, V>, key: K): void {
    if (!target.has(key)) return;
    this.note(target, key, target.get(key), true);
    target.delete(key);
  }

  private note(target: Anything, key: Anything, before: Anything, had: boolean): void {
    this.trail?.push({ target, key, before, had });
  }

  /** Does something, says what it changed, and takes it back. */
  attempt<T>(work: () => T): { readonly result: T; readonly changes: Changes } {
    const outer = this.trail;
    const trail: Change[] = [];
    this.trail = trail;
    try {
      const result = work();
      return { result, changes: collected(trail) };
    } finally {
      for (const change of trail.reverse()) undo(change);
      this.trail = outer;
    }
  }

  /**
   * Does something that may happen or not: what it changes is known only where that makes no difference.
   *
   * @returns whether it makes one that can't be joined
   */
  maybe<T>(work: () => T): { readonly result: T; readonly clash: boolean } {
    const outer = this.trail;
    const trail: Change[] = [];
    this.trail = trail;
    let result: T;
    try {
      result = work();
    } catch (error) {
      for (const change of trail.reverse()) undo(change);
      throw error;
    } finally {
      this.trail = outer;
    }
    if (outer) for (const change of trail) outer.push(change);
    return { result, clash: this.settle(trail) };
  }

  /** Joins what is there now with what was there before. */
  private settle(trail: readonly Change[]): boolean {
    let clash = false;
    const first = new Map<Anything, Map<Anything, Change>>();
    for (const change of trail) {
      const keys = first.get(change.target) ?? new Map<Anything, Change>();
      if (!keys.has(change.key)) keys.set(change.key, change);
      first.set(change.target, keys);
    }
    for (const [target, keys] of first) {
      if (Array.isArray(target)) {
        const start = Math.min(...keys.keys());
        const added = target.slice(start);
        if (added.length > 0) clash = true;
        // Notes and things that were made stay; steps of a network that may not happen do not.
        if (!added.every((one) => isValue(one) || "what" in one)) this.truncate(target, start);
        continue;
      }
      for (const [key, { before, had }] of keys) {
        const now = valueAt(target, key);
        const joined = joinAll([now, target instanceof Map && !had ? ABSENT : before]);
        if (joined.clash) clash = true;
        if (joined.value !== now) this.put(target, key, joined.value);
      }
    }
    return clash;
  }

  /** Takes back what was added to a list; a branch around this one sees an addition less. */
  private truncate(target: Anything[], length: number): void {
    target.length = length;
  }

  /** Makes changes again that were taken back. */
  replay(changes: Changes): void {
    for (const [target, keys] of changes) for (const [key, value] of keys) this.put(target, key, value);
  }

  /**
   * Makes happen what either of several branches may have done.
   *
   * @returns whether they disagreed about something that can't be joined
   */
  join(branches: readonly Changes[]): boolean {
    let clash = false;
    const targets = new Set(branches.flatMap((branch) => [...branch.keys()]));
    for (const target of targets) {
      if (Array.isArray(target)) {
        const added = branches.map((branch) => [...(branch.get(target)?.values() ?? [])]);
        if (!this.append(target, added)) clash = true;
        continue;
      }
      const keys = new Set(branches.flatMap((branch) => [...(branch.get(target)?.keys() ?? [])]));
      for (const key of keys) {
        const before = valueAt(target, key);
        const values = branches.map((branch) => {
          const changed = branch.get(target);
          return changed?.has(key) ? changed.get(key) : before;
        });
        const joined = joinAll(values);
        if (joined.clash) clash = true;
        this.put(target, key, joined.value);
      }
    }
    return clash;
  }

  /**
   * What branches have added to a list of the interpreter's own. Steps of a network count only where all agree: what
   * only some do is in doubt. Notes and things that were made are kept, whoever made them.
   */
  private append(target: Anything[], added: readonly (readonly Anything[])[]): boolean {
    const [first = []] = added;
    if (added.flat().every((one) => isValue(one) || "what" in one)) {
      for (const one of new Set(added.flat())) this.push(target, one);
      return true;
    }
    const isOne = added.every(
      (items) => items.length === first.length && items.every((item, at) => item === first[at]),
    );
    if (isOne) for (const one of first) this.push(target, one);
    return isOne;
  }

  private put(target: Anything, key: Anything, value: Anything): void {
    if (value === ABSENT) this.delete(target, key);
    else if (target instanceof Map) this.set(target, key, value);
    else if (Array.isArray(target)) this.push(target, value);
    else this.assign(target, key, value);
  }
}

function undo({ target, key, before, had }: Change): void {
  if (target instanceof Map) {
    if (had) target.set(key, before);
    else target.delete(key);
  } else if (Array.isArray(target)) target.length = Math.min(target.length, key);
  else target[key] = before;
}

function collected(trail: readonly Change[]): Changes {
  const changes: Changes = new Map();
  for (const { target, key } of trail) {
    // Added, and taken away again by a loop that may not run.
    if (Array.isArray(target) && key >= target.length) continue;
    const keys = changes.get(target) ?? new Map<Anything, Anything>();
    keys.set(key, valueAt(target, key));
    changes.set(target, keys);
  }
  return changes;
}

function valueAt(target: Anything, key: Anything): Anything {
  if (target instanceof Map) return target.has(key) ? target.get(key) : ABSENT;
  if (Array.isArray(target)) return key < target.length ? target[key] : ABSENT;
  return target[key];
}

function joinAll(values: readonly Anything[]): { readonly value: Anything; readonly clash: boolean } {
  const present = values.filter((value) => value !== ABSENT);
  const [first] = present;
  if (present.length === 0) return { value: ABSENT, clash: false };
  // A variable that only one branch binds has that value wherever it is used.
  if (present.every((value) => same(value, first))) return { value: first, clash: false };
  if (present.every(isValue)) {
    const tensors = present.filter((value): value is Tensor => value.type === "tensor");
    return tensors.length === present.length
      ? { value: eitherOf(tensors), clash: true }
      : { value: UNKNOWN, clash: tensors.length > 0 };
  }
  if (present.every(Array.isArray)) return { value: common(present), clash: true };
  if (typeof first === "boolean") return { value: false, clash: false };
  return { value: first, clash: true };
}

/** One of several tensors: what follows may follow each of them, and only sizes in which they agree are known. */
export function eitherOf(tensors: readonly Tensor[]): Tensor {
  const [first, ...others] = tensors;
  const shape = first?.shape;
  const isOne = shape && others.every((one) => one.shape?.length === shape.length);
  const sizes = isOne
    ? shape.map((size, axis) => (others.every((one) => one.shape?.[axis] === size) ? size : undefined))
    : undefined;
  return tensor(sizes, merged(tensors));
}

/** The items with which all of several lists begin. */
function common(lists: readonly (readonly Anything[])[]): readonly Anything[] {
  const [first = [], ...others] = lists;
  const end = first.findIndex(
    (item, at) => !others.every((list) => at < list.length && same(list[at], item)),
  );
  return end < 0 ? first : first.slice(0, end);
}

const isValue = (value: Anything): value is Value =>
  typeof value === "object" && value !== null && "type" in value && typeof value.type === "string";

/** Nested lists are looked into this deep: deeper they are the same only as one object. */
const DEEPEST = 4;

function same(a: Anything, b: Anything, depth = 0): boolean {
  if (a === b) return true;
  if (depth > DEEPEST) return false;
  if (!isValue(a) || !isValue(b) || a.type !== b.type) return false;
  if (a.type === "constant" && b.type === "constant") return a.value === b.value;
  if (a.type === "symbol" && b.type === "symbol") return a.symbol === b.symbol;
  if (a.type === "list" && b.type === "list") return sameItems(a, b, depth + 1);
  if (a.type === "tensor" && b.type === "tensor") return a.state === b.state;
  return a.type === "unknown";
}

const sameItems = (a: List, b: List, depth: number): boolean =>
  a.complete &&
  b.complete &&
  a.items.length === b.items.length &&
  a.items.every((item, i) => same(item, b.items[i], depth));
