/** Clipping in a training loop of PyTorch, between `backward()` and `step()`, or by Lightning's Trainer. */
import type { Edit } from "../../model.ts";
import type { Scope } from "../../syntax/scopes.ts";
import {
  argumentOf,
  type Call,
  type Expression,
  type FunctionDefinition,
  lastName,
  type Statement,
} from "../../syntax/tree.ts";
import type { Unit } from "../../units.ts";
import type { CodeIndex, Indexed } from "../codeIndex.ts";
import { adding, calleeName, type Edits, lineBefore, quoted, symbolOf, textOf } from "./call.ts";
import { referBeside } from "./referBeside.ts";

/** Others that scale, clip or step by themselves. */
const BY_OTHERS =
  /clip_grad|amp\.scale_loss|\baccelerat\w*\.backward|\bfabric\.backward|\bmodel_engine\b|deepspeed|manual_backward|automatic_optimization/;

export function clipTorch(made: Indexed, limit: string, unit: Unit, index: CodeIndex): Edits {
  if (BY_OTHERS.test(unit.text)) return undefined;
  const trainers = index.calls.filter(({ node, scope }) =>
    /lightning\.(?:\w+\.)*Trainer$/.test(symbolOf(node, scope, unit)),
  );
  const isLightning = /\bconfigure_optimizers\b/.test(unit.text);
  if (isLightning) {
    const [trainer, ...others] = trainers;
    return trainer && others.length === 0
      ? adding(trainer.node, [`gradient_clip_val=${limit}`], unit)
      : undefined;
  }
  const steps = stepsOf(made, unit, index);
  if (!steps || steps.length === 0) return undefined;
  const edits: Edit[] = [];
  for (const step of steps) {
    const own = clipBefore(step, made, limit, unit, index);
    if (!own) return undefined;
    edits.push(...own);
  }
  return once(edits);
}

const once = (edits: readonly Edit[]): readonly Edit[] => [
  ...new Map(edits.map((edit) => [`${edit.span.from} ${edit.span.to} ${edit.text}`, edit])).values(),
];

/** A step of the optimiser, which a scaler of mixed precision may take for it. */
interface Step extends Indexed {
  readonly node: Call;
  readonly optimiser: Expression;
  readonly scaler?: Expression;
}

/** Steps of the optimiser that a call makes; undefined where some may be of another. */
function stepsOf(made: Indexed, unit: Unit, index: CodeIndex): readonly Step[] | undefined {
  const statement = index.statementAt(made.node);
  const [target] = statement?.type === "assignment" && statement.value === made.node ? statement.targets : [];
  const name = lastName(target);
  const optimisers = index.calls.filter(({ node, scope }) =>
    symbolOf(node, scope, unit).startsWith("torch.optim."),
  );
  const isOnly =
    optimisers.filter(({ node, scope }) => !/lr_scheduler|swa_utils/.test(symbolOf(node, scope, unit)))
      .length === 1;
  const steps: Step[] = [];
  for (const { node, scope } of index.calls) {
    const { callee, arguments: given } = node;
    if (callee.type !== "attribute" || callee.name !== "step") continue;
    const [first] = given;
    const scaler = /scaler/i.test(lastName(callee.object) ?? "") ? callee.object : undefined;
    const optimiser = scaler ? first?.value : callee.object;
    const word = lastName(optimiser);
    if (!optimiser || word === undefined) continue;
    const isOwn = name === undefined ? false : word === name;
    const isLike = isOnly && /^(?:opt|optim|optimi[sz]er)$/i.test(word);
    if (!isOwn && !isLike) continue;
    // A closure computes the gradients itself.
    if (!scaler && given.length > 0) return undefined;
    steps.push({ node, scope, optimiser, ...(scaler ? { scaler } : {}) });
  }
  return steps;
}

function clipBefore(
  { node, scope, optimiser, scaler }: Step,
  made: Indexed,
  limit: string,
  unit: Unit,
  index: CodeIndex,
): readonly Edit[] | undefined {
  const statement = index.statementAt(node);
  const own = functionAround(node, index);
  const backward = index.calls.findLast(
    ({ node: call }) =>
      calleeName(call) === "backward" && call.to <= node.from && functionAround(call, index) === own,
  );
  if (!statement || !backward) return undefined;
  const clip = referBeside("torch.nn.utils.clip_grad_norm_", scope, unit);
  if (!clip) return undefined;
  const optimiserText = textOf(optimiser, unit);
  const parameters =
    parametersAt(made, scope, unit) ??
    parametersOfParameter(made, own, unit, index) ??
    `[p for group in ${optimiserText}.param_groups for p in group[${quoted("params", undefined, unit)}]]`;
  const isUnscaled = scaler && /\.unscale_\(/.test(unit.text.slice(backward.node.to, node.from));
  const lines = [
    ...(scaler && !isUnscaled ? [`${textOf(scaler, unit)}.unscale_(${optimiserText})`] : []),
    `${clip.text}(${parameters}, ${limit})`,
  ];
  const edit = lineBefore(statement, lines, unit) ?? inLine(statement, lines, unit);
  return edit && [...clip.imports, edit];
}

/** `loss.backward(); optimizer.step()` */
function inLine({ from }: Statement, lines: readonly string[], { text }: Unit): Edit | undefined {
  if (!/;[ \t]*$/.test(text.slice(0, from))) return undefined;
  return { span: { from, to: from }, text: lines.map((line) => `${line}; `).join("") };
}

const functionAround = ({ from, to }: Expression, { functions }: CodeIndex) =>
  functions.findLast((one) => one.from <= from && to <= one.to);

/** `model.parameters()` as the optimiser was given it, where the same name means the same at another place. */
function parametersAt({ node, scope }: Indexed, at: Scope, unit: Unit): string | undefined {
  const given = node.type === "call" ? node.arguments[0]?.value : undefined;
  if (given?.type !== "call" || given.arguments.length > 0 || calleeName(given) !== "parameters")
    return undefined;
  let root = given.callee;
  while (root.type === "attribute") root = root.object;
  if (root.type !== "name") return undefined;
  const [here, there] = [scope.lookup(root.name), at.lookup(root.name)];
  const isSame =
    root.name === "self"
      ? scope.enclosingClass !== undefined && scope.enclosingClass === at.enclosingClass
      : here !== undefined && here === there;
  // Without what stands in the brackets: a comment, a line break.
  return isSame ? `${textOf(given.callee, unit)}()` : undefined;
}

/** `def train(model, optimizer)`: the parameter that every caller gives the model of that optimiser. */
function parametersOfParameter(
  { node }: Indexed,
  own: FunctionDefinition | undefined,
  unit: Unit,
  { calls }: CodeIndex,
): string | undefined {
  const given = node.type === "call" ? node.arguments[0]?.value : undefined;
  if (
    !own ||
    given?.type !== "call" ||
    given.callee.type !== "attribute" ||
    calleeName(given) !== "parameters"
  )
    return undefined;
  const model = textOf(given.callee.object, unit);
  const callers = calls.filter(
    ({ node: call }) => call.callee.type === "name" && call.callee.name === own.name,
  );
  if (callers.length === 0) return undefined;
  const parameter = own.parameters.find(({ name }, position) =>
    callers.every(({ node: call }) => {
      const value = argumentOf(call, name, position)?.value;
      return value !== undefined && textOf(value, unit) === model;
    }),
  );
  return parameter && `${parameter.name}.parameters()`;
}
