/** How convolutions move over images, and what is pooled behind them: only where it is plain. */
import type { Window } from "../../model.ts";
import type { Interpreter } from "../interpreter/interpreter.ts";
import type { Shape, Tensor } from "../interpreter/tensors.ts";
import { argument, type Given, perAxis, text } from "./arguments.ts";
import { aroundEach, fallbackMode, isTrue, poolOf } from "./sizes.ts";

/** Of a convolution; undefined: its axes differ, it is dilated or transposed, or something of it is not known. */
export function windowOf(from: Given, rank: number, run: Interpreter): Window | undefined {
  if (from.layer.role === "transposed-conv") return undefined;
  const kernel = common(perAxis(argument(from, "kernel"), rank, run));
  const stride = common(perAxis(argument(from, "stride"), rank, run, 1));
  const dilation = common(perAxis(argument(from, "dilation"), rank, run, 1));
  if (kernel === undefined || stride === undefined || dilation !== 1) return undefined;
  const padding = paddingOf(from, kernel, rank, run);
  return padding === undefined ? undefined : { stride, padding };
}

/** At each edge; undefined: not known, or not the same at all of them. */
function paddingOf(from: Given, kernel: number, rank: number, run: Interpreter): number | undefined {
  const mode = text(from, "padding")?.toLowerCase() ?? fallbackMode(from);
  // An even kernel has one more at one end.
  if (mode === "same") return kernel % 2 === 1 ? (kernel - 1) / 2 : undefined;
  if (mode === "valid") return 0;
  if (mode !== undefined) return undefined;
  const both = common(aroundEach(argument(from, "padding"), rank, run));
  return both !== undefined && both % 2 === 0 ? both / 2 : undefined;
}

/** Notes pooling with the convolutions whose output it is; what is no plain pooling makes their windows unknown. */
export function notePool(from: Given, input: Tensor, rank: number, run: Interpreter): void {
  for (const draft of new Set([...input.state.pending, ...input.state.settled])) {
    if (draft.kind !== "conv" || !draft.window) continue;
    const side = draft.window.pool === undefined ? sideOf(from, rank, run) : undefined;
    const isMean = /av(?:era)?g/i.test(from.layer.symbol) ? ({ isMean: true } as const) : {};
    run.memory.assign(
      draft,
      "window",
      side === undefined ? undefined : { ...draft.window, pool: side, ...isMean },
    );
  }
}

function sideOf(from: Given, rank: number, run: Interpreter): number | undefined {
  if (from.layer.role !== "pool" || isTrue(from.given.named.get("ceil_mode"))) return undefined;
  const { kernel, stride } = poolOf(from, rank, run);
  const side = common(kernel);
  if (side === undefined || common(stride) !== side) return undefined;
  const mode = text(from, "padding")?.toLowerCase() ?? fallbackMode(from);
  if (mode !== undefined) return mode === "same" || mode === "valid" ? side : undefined;
  return common(aroundEach(argument(from, "padding"), rank, run)) === 0 ? side : undefined;
}

const common = (shape: Shape): number | undefined =>
  shape.every((size) => size === shape[0]) ? shape[0] : undefined;
