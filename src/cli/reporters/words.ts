import type { NetworkRecord } from "../records.ts";

/**
 * A network's risk as a sentence. Ranges and words, rounded to 5 %: the measured runs behind the estimate do not carry
 * more, and two digits would pretend that they do.
 */
export function inWords({ risk }: NetworkRecord): string {
  if (!risk) return "risk not estimated";
  const low = 5 * Math.floor(risk.range[0] * 20);
  const high = Math.min(100, 5 * Math.ceil(risk.range[1] * 20));
  const share = low === high ? `about ${high} %` : `${low} to ${high} %`;
  return `${level(risk.probabilityOver25)} risk: in comparable training runs ${share} of units ended dead`;
}

/** By the chance that more than a quarter of the units end dead. */
function level(probabilityOver25: number): string {
  if (probabilityOver25 < 0.1) return "low";
  if (probabilityOver25 < 0.4) return "moderate";
  return probabilityOver25 < 0.75 ? "high" : "very high";
}
