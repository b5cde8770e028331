/** What a loss expects of a network's outputs, as its name says. */
import type { LossInput, Network } from "../model.ts";
import type { Unit } from "../units.ts";

/** The names that a loss has where it takes scores, or probabilities. */
const LOGITS =
  /CrossEntropyLoss|\bcross_entropy\b|with_?logits|from_logits\s*=\s*True|softmax_?cross_?entropy/i;
const PROBABILITIES = /crossentropy|BCELoss|binary_cross_entropy/i;

export function lossTakes({ loss }: Network, { text }: Unit): LossInput | undefined {
  if (!loss.span) return undefined;
  const written = text.slice(loss.span.from, loss.span.to);
  if (/binary_cross_entropy\b(?!_with)|BCELoss/.test(written)) return "independent-probabilities";
  if (LOGITS.test(written)) return "logits";
  if (/binary_?cross_?entropy/i.test(written)) return "independent-probabilities";
  return PROBABILITIES.test(written) ? "probabilities" : undefined;
}
