/** Which of the modules that a program makes are networks of their own, and not parts of others. */

import { callMethodOf } from "../frameworks/index.ts";
import { graphRoots } from "./graphs.ts";
import { inClass } from "./interpreter/attributes.ts";
import type { Instance, Value } from "./interpreter/values.ts";
import { type Family, isFamily, isModel } from "./layers/family.ts";
import type { Run } from "./program.ts";

export function rootsOf(run: Run): readonly Family[] {
  const made = run.made.filter((one): one is Family => isFamily(one) && !run.unfinished.includes(one));
  const held = new Set<Value>();
  // A class that is never called as a whole, such as an agent's, only keeps networks together.
  const isWhole = (one: Value): boolean => one.type !== "instance" || isCalled(one);
  for (const one of run.made) if (isWhole(one)) for (const part of partsOf(one)) held.add(part);
  // Also what a method made and the branch did not keep.
  for (const [one, maker] of run.makers) if (isWhole(maker)) held.add(one);
  const roots = made.filter(
    (one) =>
      (one.type === "module" || (isModel(one) && isCalled(one))) &&
      (!held.has(one) || (isTrained(one, run) && !isPart(one, run))),
  );
  return [...roots, ...graphRoots(run)];
}

/** Whether it is trained by itself: compiled, or moved by an optimiser. */
export function isTrained(one: Value, run: Run): boolean {
  return (
    run.uses.some(({ network, method }) => method === "compile" && network === one) ||
    run.objects.some(
      ({ symbol, given }) =>
        /optim/i.test(symbol) &&
        given.positional.some((value) => value.type === "parameters" && value.owners.includes(one)),
    )
  );
}

/** Whether its class says what a call does. */
function isCalled({ of, base }: Instance): boolean {
  if (base !== undefined) return true;
  const names = [
    ...of.foreignBases.flatMap((symbol) => callMethodOf(symbol) ?? []),
    "forward",
    "call",
    "__call__",
  ];
  return names.some((name) => inClass(of, name)?.type === "function");
}

/** A part that is made for its whole, inside of a class. */
function isPart(one: Family, run: Run): boolean {
  return run.made.some((owner) => owner.type === "instance" && isModel(owner) && partsOf(owner).has(one));
}

/** Modules and instances that something holds directly, also in lists and dictionaries. */
function partsOf(owner: Value): ReadonlySet<Value> {
  const parts = new Set<Value>();
  const visit = (value: Value, depth: number): void => {
    if (value.type === "module" || value.type === "instance") parts.add(value);
    else if (depth < 6 && value.type === "list") for (const item of value.items) visit(item, depth + 1);
    else if (depth < 6 && value.type === "dict")
      for (const item of value.entries.values()) visit(item, depth + 1);
  };
  if (owner.type === "module") for (const child of owner.children.values()) visit(child, 0);
  else if (owner.type === "instance" && isModel(owner)) {
    for (const child of owner.attributes.values()) visit(child, 0);
    for (const child of owner.base?.children.values() ?? []) visit(child, 0);
  }
  // A layer's own argument: `TimeDistributed(Dense(8))`, a wrapped cell.
  if (owner.type === "module") for (const given of owner.given.positional) visit(given, 0);
  return parts;
}
