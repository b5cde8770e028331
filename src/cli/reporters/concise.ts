import type { Severity } from "../../engine/index.ts";
import { oneLine } from "../console.ts";
import type { Command } from "../options.ts";
import type {
  FileRecord,
  FileResult,
  FindingResult,
  Line,
  NetworkRecord,
  SiteRecord,
} from "../results/records.ts";
import type { Reporter } from "./reporter.ts";
import { inWords, plural, Totals } from "./words.ts";

type Paint = (text: string) => string;

export interface Style {
  readonly bold: Paint;
  readonly faint: Paint;
  readonly severity: Readonly<Record<Severity, Paint>>;
}

/** Code between a finding's message and its fix; empty for none. */
export type Frame = (finding: FindingResult, style: Style) => string;

/** Concise text for people: `file:line:column what`, as editors and terminals make clickable, then a summary. */
export function concise(command: Command, colour: boolean, frame: Frame = () => ""): Reporter {
  const style = styleOf(colour);
  return command === "sites" ? sitesText(style) : checkText(style, frame);
}

function sitesText(style: Style): Reporter {
  const counts = new Map<string, number>();
  let files = 0;
  let likely = 0;
  return {
    begin: () => "",
    file({ sites }) {
      files++;
      for (const site of sites) {
        counts.set(site.activation, (counts.get(site.activation) ?? 0) + 1);
        if (site.certainty === "likely") likely++;
      }
      return sites.map((site) => siteLine(site, style)).join("");
    },
    end() {
      if (files === 0) return "";
      const total = [...counts.values()].reduce((sum, count) => sum + count, 0);
      if (total === 0) return `No activations in ${plural(files, "file")}.\n`;
      const list = [...counts].sort(([, a], [, b]) => b - a).map(([name, count]) => `${count} ${name}`);
      const unproved = likely > 0 ? `; ${likely} of them likely, not proved` : "";
      return `${plural(total, "activation")} in ${plural(files, "file")}: ${list.join(", ")}${unproved}.\n`;
    },
  };
}

function siteLine(site: SiteRecord, style: Style): string {
  const parameters = Object.entries(site.params).map(([name, value]) => `${name}=${value}`);
  const name = style.bold(
    parameters.length > 0 ? `${site.activation}(${parameters.join(", ")})` : site.activation,
  );
  const likely = site.certainty === "likely" ? " likely" : "";
  return `${at(site.file, style, site)} ${name} ${site.framework} ${site.kind}${likely}\n`;
}

function checkText(style: Style, frame: Frame): Reporter {
  const totals = new Totals();
  return {
    begin: () => "",
    file(record) {
      totals.add(record);
      return (
        findingLines(record, style, frame) +
        record.networks.map((each) => networkLines(record, each, style)).join("")
      );
    },
    end() {
      return totals.files === 0 ? "" : `${totals.summary()}\n`;
    },
  };
}

function findingLines(file: FileResult, style: Style, frame: Frame): string {
  return file.findings
    .map((finding) => {
      const what = style.severity[finding.severity](`${finding.severity} ${finding.rule}`);
      const [fix] = finding.fixes;
      const help = fix ? `    ${style.faint("fix:")} ${oneLine(fix.title)}\n` : "";
      return `${at(file.file, style, finding)} ${what} ${oneLine(finding.message)}\n${frame(finding, style)}${help}`;
    })
    .join("");
}

function networkLines(file: FileRecord, network: NetworkRecord, style: Style): string {
  const title = `${at(file.file, style, network)} network ${style.bold(oneLine(network.name))}`;
  const notes = network.gaps.map(
    (gap) => `    ${style.faint("not read:")} ${oneLine(gap.what)} (${where(gap)})\n`,
  );
  if (network.risk && network.risk.assumptions.length > 0) {
    notes.push(`    ${style.faint("assumed:")} ${network.risk.assumptions.map(oneLine).join("; ")}\n`);
  }
  return `${title}: ${inWords(network)}\n${notes.join("")}`;
}

/** `file:line:column:`, and in a notebook `file:cell N:line:column:`, where cells count from 1 like lines. */
function at(file: string, style: Style, { cell, line, column }: Line & { readonly column?: number }): string {
  const place = [...(cell === undefined ? [] : [`cell ${cell + 1}`]), line, ...(column ? [column] : [])];
  return `${style.bold(oneLine(file))}:${place.join(":")}:`;
}

const where = ({ cell, line }: Line): string =>
  cell === undefined ? `line ${line}` : `cell ${cell + 1}, line ${line}`;

function styleOf(colour: boolean): Style {
  const paint =
    (code: number): Paint =>
    (text) =>
      colour ? `\u001b[${code}m${text}\u001b[0m` : text;
  return {
    bold: paint(1),
    faint: paint(2),
    severity: { error: paint(31), warning: paint(33), information: paint(34), hint: paint(36) },
  };
}
