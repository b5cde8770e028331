/** Layers, containers and activations, as a call makes them. */
import type { LayerSpelling, Spelling } from "../../frameworks/index.ts";
import type { Expression } from "../../syntax/tree.ts";
import type { Interpreter } from "../interpreter/interpreter.ts";
import { type Arguments, type Module, stringIn, type Value } from "../interpreter/values.ts";

export interface Making {
  readonly layer?: LayerSpelling | undefined;
  readonly activation?: Spelling | undefined;
  readonly given: Arguments;
  readonly node: Expression;
  readonly site?: Expression | undefined;
  readonly graph?: Module["graph"];
}

export const makeModule = ({ layer, activation, given, node, site, graph }: Making): Module => ({
  type: "module",
  layer,
  activation,
  given,
  node,
  site,
  children: new Map(),
  complete: true,
  weights: undefined,
  bias: undefined,
  unread: undefined,
  inputs: undefined,
  ...(graph ? { graph } : {}),
});

/** Fills a container with what it is made of: layers, a list of them, or a dictionary by name. */
export function fill(container: Module, { positional, named, complete }: Arguments, run: Interpreter): void {
  const [first] = positional;
  if (!complete) run.memory.assign(container, "complete", false);
  const listed = named.get("layers") ?? named.get("modules") ?? (positional.length === 1 ? first : undefined);
  if (listed?.type === "dict") {
    for (const [name, child] of listed.entries) run.memory.set(container.children, String(name), child);
    if (!listed.complete) run.memory.assign(container, "complete", false);
    return;
  }
  const isList =
    listed && (listed.type === "list" || (listed.type === "module" && listed.layer?.role === "module-list"));
  const items: readonly Value[] = isList ? (run.library.items(listed, run) ?? []) : positional;
  if (isList && listed.type === "list" && !listed.complete) run.memory.assign(container, "complete", false);
  if (listed && !isList && listed.type === "unknown") run.memory.assign(container, "complete", false);
  items.forEach((item, index) => {
    // `[("fc", nn.Linear(4, 8)), ...]` of an OrderedDict that was not one.
    const pair = item.type === "list" && item.items.length === 2 ? stringIn(item.items[0]) : undefined;
    const child = pair !== undefined && item.type === "list" ? item.items[1] : item;
    if (child) run.memory.set(container.children, pair ?? String(index), child);
  });
}

/** Adds to the end of a container: `.append`, `.add`, `.add_module`. */
export function addChild(
  container: Module,
  child: Value,
  run: Interpreter,
  name = String(container.children.size),
): void {
  run.memory.set(container.children, name, child);
  run.work += 1;
}
