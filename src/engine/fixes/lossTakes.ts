/** What a loss expects of a network's outputs, as its name says. */
import type { LossInput, Network } from "../model.ts";
import type { Unit } from "../units.ts";

/** The names that a loss has where it takes scores, or probabilities. */
const LOGITS =
  /CrossEntropyLoss|\bcross_entropy\b|with_?logits|from_logits\s*=\s*True|softmax_?cross_?entropy/i;
/** The names of Keras; those of two classes are told of before. */
const PROBABILITIES = /crossentropy/i;

export function lossTakes({ loss }: Network, { text }: Unit): LossInput | undefined {
  if (!loss.span) return undefined;
  const written = text.slice(loss.span.from, loss.span.to);
  if (/binary_cross_entropy\b|BCELoss/.test(written)) return "independent-probabilities";
  if (LOGITS.test(written)) return "logits";
  if (/binary_?cross_?entropy/i.test(written)) return "independent-probabilities";
  return PROBABILITIES.test(written) ? "probabilities" : undefined;
}
