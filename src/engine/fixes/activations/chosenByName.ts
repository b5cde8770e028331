/**
 * Places where code looks an activation up by its name: `{"relu": nn.ReLU, "tanh": nn.Tanh}`, `if act == "relu"`. What is
 * called "relu" there must stay one.
 */
import type { FoundSite } from "../../detect.ts";
import type { Span } from "../../model.ts";
import type { Expression, Statement } from "../../syntax/tree.ts";
import { walk } from "../../syntax/walk.ts";
import type { Unit } from "../../units.ts";
import { blocksOf } from "../codeIndex.ts";

const OWN_NAME = /^(?:nn\.)?relu$/i;
const OTHER_NAME =
  /^(?:nn\.)?(?:tanh|sigmoid|linear|identity|none|softplus|mish|swish|\w*[gsc]?elu|\w*relu\w*|silu|lrelu)$/i;

export function isChosenByName({ node, call }: FoundSite, unit: Unit): boolean {
  const { text, program } = unit;
  const before = text.slice(Math.max(0, node.from - 200), node.from);
  if (/["'](?:nn\.)?relu["']\s*:\s*$/i.test(before) && isInTable(node, unit)) return true;
  const isKeyword = call?.callee.type === "name" && call.callee.name === "dict";
  if (isKeyword && call.arguments.some(({ name, value }) => value === node && OWN_NAME.test(name ?? "")))
    return call.arguments.some(({ name, value }) => value !== node && OTHER_NAME.test(name ?? ""));
  // `nn.ReLU() if act == "relu" else nn.Tanh()`
  if (/^\s*if\b[^\n]*==\s*["'](?:nn\.)?relu["']/i.test(text.slice(node.to, node.to + 200))) return true;
  return isInBranch(node, program.body);
}

/** Whether the dictionary that a value stands in has other activations by name. */
function isInTable(node: Span, { program, scopes }: Unit): boolean {
  let isTable = false;
  walk(program, scopes, (one) => {
    if (one.type !== "dictionary" || !one.entries.some(({ value }) => value.from === node.from)) return;
    isTable ||= one.entries.some(
      ({ key, value }) =>
        value.from !== node.from && key?.type === "string" && OTHER_NAME.test(key.value ?? ""),
    );
  });
  return isTable;
}

function isInBranch(node: Span, body: readonly Statement[]): boolean {
  const own = body.find(({ from, to }) => from <= node.from && node.to <= to);
  if (!own) return false;
  if (own.type === "if") {
    const branch = own.branches.find(({ body: block }) =>
      block.some(({ from, to }) => from <= node.from && node.to <= to),
    );
    if (branch?.test && asksForRelu(branch.test)) return true;
  }
  return blocksOf(own).some((block) => isInBranch(node, block));
}

/** `act == "relu"`, `name.lower() in ("relu", "ReLU")`, and these with others by `and` and `or`. */
function asksForRelu(test: Expression): boolean {
  if (test.type !== "binary") return false;
  if (test.operator === "and" || test.operator === "or")
    return asksForRelu(test.left) || asksForRelu(test.right);
  if (test.operator !== "==" && test.operator !== "in") return false;
  const sides = [test.left, test.right].flatMap((side) =>
    side.type === "sequence" ? side.items.map(({ value }) => value) : [side],
  );
  return sides.some((side) => side.type === "string" && OWN_NAME.test(side.value ?? ""));
}
