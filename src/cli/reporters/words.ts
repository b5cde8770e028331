import { levelWords, rangeWords, unitsWords } from "../../engine/index.ts";
import type { NetworkRecord } from "../results/records.ts";

/** A network's risk as a sentence. */
export function inWords({ risk }: NetworkRecord): string {
  if (!risk) return "risk not estimated";
  const units = unitsWords(rangeWords(risk.range));
  return `${levelWords(risk.probabilityOver25)} risk: in comparable training runs ${units} ended dead`;
}
