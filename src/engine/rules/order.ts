/** Which of several findings, and of several fixes, comes first. */
import type { Finding, Fix, Severity } from "../model.ts";
import { WORTH } from "./remedies.ts";

const WORST_FIRST: readonly Severity[] = ["error", "warning", "information", "hint"];

/**
 * The most severe first; of equal ones that whose fix does most against a failing training, by the estimate. Causes
 * often meet in one network, and then the one that is treated first decides.
 */
export function worstFirst(findings: readonly Finding[]): readonly Finding[] {
  return [...findings].sort(
    (a, b) =>
      WORST_FIRST.indexOf(a.severity) - WORST_FIRST.indexOf(b.severity) ||
      (a.fixes[0]?.failure ?? 0) - (b.fixes[0]?.failure ?? 0),
  );
}

/**
 * Where one clearly helps against a failing training, by the estimate, those that don't stand behind the others. Clearly:
 * by as much as a dead share has to change.
 */
export function helpingFirst(fixes: readonly Fix[]): readonly Fix[] {
  if (!fixes.some(({ failure = 0 }) => failure <= WORTH)) return fixes;
  const helps = ({ failure = -1 }: Fix): boolean => failure < 0;
  return [...fixes.filter(helps), ...fixes.filter((fix) => !helps(fix))];
}
