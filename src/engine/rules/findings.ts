/** Networks with their risk -> everything that is worth a finding, in the order of the text. */
import type { Finding, FixSource, Network } from "../model.ts";
import { rules } from "./index.ts";

export function findingsOf(networks: readonly Network[], fixes: FixSource): Finding[] {
  const found = networks.flatMap((network) => rules.flatMap((rule) => rule.check(network, fixes)));
  // The same code read as several networks says a thing once.
  const once = new Map(found.map((one) => [`${one.rule} ${one.span.from} ${one.span.to}`, one]));
  return [...once.values()].sort((a, b) => a.span.from - b.span.from || a.span.to - b.span.to);
}
