/** Networks with their risk -> everything that is worth a finding, in the order of the text. */
import type { AnalyzeOptions, Finding, FixSource, Network } from "../model.ts";
import { rules } from "./index.ts";
import { thresholdOf, withSeverities } from "./options.ts";

export function findingsOf(
  networks: readonly Network[],
  fixes: FixSource,
  options: AnalyzeOptions = {},
): Finding[] {
  const asked = rules.flatMap((rule) =>
    options.severities?.[rule.name] === "off" ? [] : [{ rule, threshold: thresholdOf(rule, options) }],
  );
  const found = networks.flatMap((network) =>
    asked.flatMap(({ rule, threshold }) => rule.check(network, fixes, threshold)),
  );
  // The same code read as several networks says a thing once.
  const once = new Map(found.map((one) => [`${one.rule} ${one.span.from} ${one.span.to}`, one]));
  return [...withSeverities([...once.values()], options)].sort(
    (a, b) => a.span.from - b.span.from || a.span.to - b.span.to,
  );
}
