import { severities } from "../../settings/index.ts";
import { added, Counter, type Counts, NOTHING, type Part } from "../results/statistics.ts";
import type { Reporter } from "./reporter.ts";
import { plural } from "./words.ts";

const statisticsVersion = 1;

/** Counts in the place of what was found. */
export function statistics(isJson: boolean): Reporter {
  const counter = new Counter();
  return {
    begin: () => "",
    file(result) {
      counter.add(result);
      return "";
    },
    end: (skipped) => statisticsOf([counter.part(skipped)], isJson),
    tellsSkipped: true,
  };
}

export function statisticsOf(parts: readonly Part[], isJson: boolean): string {
  const total = parts.reduce<Counts>((sum, { id: _, ...counts }) => added(sum, counts), NOTHING);
  return isJson ? json(total, parts) : text(total);
}

function json(total: Counts, parts: readonly Part[]): string {
  const list = parts.map((part) => JSON.stringify(part)).join(",\n");
  return `{"version":${statisticsVersion},"kind":"statistics","total":${JSON.stringify(total)},"parts":[\n${list}\n]}\n`;
}

function text(total: Counts): string {
  const { rules, frameworks, risk } = total;
  const byRule = Object.entries(rules).flatMap(([rule, own]) =>
    severities.flatMap((severity) => (own[severity] ? [{ count: own[severity], name: rule, severity }] : [])),
  );
  const rows = byRule
    .sort((a, b) => b.count - a.count || severities.indexOf(a.severity) - severities.indexOf(b.severity))
    .map(({ count, name, severity }) => `${column(count)}  ${severity.padEnd(11)}  ${name}\n`);
  const sections = [
    `${plural(total.findings, "finding")}, ${total.fixable} with a safe fix\n${rows.join("")}`,
    `${plural(total.networks, "network")} in ${plural(total.files, "file")}${skippedWords(total)}\n${Object.entries(
      frameworks,
    )
      .sort(([, a], [, b]) => b - a)
      .map(([name, count]) => `${column(count)}  ${name}\n`)
      .join("")}`,
    `Estimated share of dead units after training, by network\n${histogram(risk)}`,
  ];
  return sections.join("\n");
}

const skippedWords = ({ skipped }: Counts): string =>
  skipped > 0 ? `, ${plural(skipped, "file")} skipped` : "";

/** The longest bar. */
const WIDTH = 40;

function histogram({ deadAfterTraining, notEstimated }: Counts["risk"]): string {
  const most = Math.max(1, ...deadAfterTraining);
  const last = deadAfterTraining.findLastIndex((count) => count > 0);
  const rows = deadAfterTraining.slice(0, last + 1).map((count, bin) => {
    const bar = "#".repeat(Math.ceil((count / most) * WIDTH));
    return `${column(count)}  ${`${bin * 10}–${(bin + 1) * 10} %`.padEnd(11)}  ${bar}`.trimEnd();
  });
  return [...rows, `${column(notEstimated)}  not estimated`, ""].join("\n");
}

const column = (count: number): string => String(count).padStart(7);
