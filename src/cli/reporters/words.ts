import { levelWords, rangeWords, type Severity, unitsWords } from "../../engine/index.ts";
import { severities } from "../../settings/index.ts";
import type { FileRecord, NetworkRecord } from "../results/records.ts";

/** A network's risk as a sentence. */
export function inWords({ risk }: NetworkRecord): string {
  if (!risk) return "risk not estimated";
  const units = unitsWords(rangeWords(risk.range));
  return `${levelWords(risk.probabilityOver25)} risk: in comparable training runs ${units} ended dead`;
}

export function plural(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? "" : "s"}`;
}

/** What was found in all. */
export class Totals {
  files = 0;
  private networks = 0;
  private readonly findings = new Map<Severity, number>();

  add({ networks, findings }: FileRecord): void {
    this.files++;
    this.networks += networks.length;
    for (const { severity } of findings) this.findings.set(severity, (this.findings.get(severity) ?? 0) + 1);
  }

  /** A sentence, from the worst on. */
  summary(): string {
    const found = severities.flatMap((severity) => {
      const count = this.findings.get(severity);
      return count ? [severity === "information" ? `${count} information` : plural(count, severity)] : [];
    });
    const read = `${plural(this.networks, "network")} in ${plural(this.files, "file")}`;
    return found.length > 0 ? `Found ${found.join(", ")}; ${read}.` : `No findings; ${read}.`;
  }
}
