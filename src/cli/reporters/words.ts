import { levelWords, rangeWords, type Severity, unitsWords } from "../../engine/index.ts";
import { severities } from "../options.ts";
import type { NetworkRecord } from "../results/records.ts";

/** A network's risk as a sentence. */
export function inWords({ risk }: NetworkRecord): string {
  if (!risk) return "risk not estimated";
  const units = unitsWords(rangeWords(risk.range));
  return `${levelWords(risk.probabilityOver25)} risk: in comparable training runs ${units} ended dead`;
}

export function plural(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? "" : "s"}`;
}

/** What was found in all, from the worst on. */
export function summary(counts: ReadonlyMap<Severity, number>, networks: number, files: number): string {
  const found = severities.flatMap((severity) => {
    const count = counts.get(severity);
    return count ? [severity === "information" ? `${count} information` : plural(count, severity)] : [];
  });
  const read = `${plural(networks, "network")} in ${plural(files, "file")}`;
  return found.length > 0 ? `Found ${found.join(", ")}; ${read}.` : `No findings; ${read}.`;
}
