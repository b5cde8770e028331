/** The way from the engine's types to the records that are printed: pure, and the only place that knows both. */
import type { Analysis, Finding, Fix, Network, Risk, Span } from "../engine/index.ts";
import { type LineStarts, positionAt } from "../engine/index.ts";
import type {
  FileRecord,
  FindingRecord,
  FixRecord,
  NetworkRecord,
  Place,
  RiskRecord,
  SiteRecord,
} from "./records.ts";

/** A file that was analysed: its name as the user gave it, and what is needed to say where things are. */
export interface AnalysedFile {
  readonly name: string;
  readonly starts: LineStarts;
  readonly analysis: Analysis;
}

export function siteRecords({ name, starts, analysis }: AnalysedFile): readonly SiteRecord[] {
  return analysis.sites.map((site) => ({
    file: name,
    ...place(starts, site.span),
    activation: site.activation,
    framework: site.framework,
    kind: site.kind,
    params: site.parameters,
    certainty: site.certainty,
  }));
}

export function fileRecord({ name, starts, analysis }: AnalysedFile): FileRecord {
  return {
    file: name,
    networks: analysis.networks.map((network) => networkRecord(starts, network)),
    findings: analysis.findings.map((finding) => findingRecord(starts, finding)),
  };
}

function networkRecord(starts: LineStarts, network: Network): NetworkRecord {
  return {
    name: network.name,
    line: lineOf(starts, network.span),
    framework: network.framework,
    layers: network.layers.map((layer, index) => {
      const risk = network.risk?.layers[index];
      return {
        kind: layer.kind,
        line: lineOf(starts, layer.span),
        fanIn: layer.fanIn,
        fanOut: layer.units,
        activation: layer.site?.activation ?? null,
        normalisation: layer.normalisation?.kind ?? null,
        deadAtInit: risk ? figure(risk.deadAtInit) : null,
        deadAfterTraining: risk ? figure(risk.deadAfterTraining) : null,
        stepSize: risk ? figure(risk.stepSize) : null,
      };
    }),
    risk: network.risk && riskRecord(network.risk),
    gaps: network.gaps.map((gap) => ({ line: lineOf(starts, gap.span), what: gap.what })),
  };
}

function riskRecord(risk: Risk): RiskRecord {
  return {
    deadAtInit: figure(risk.deadAtInit),
    deadAfterTraining: figure(risk.deadAfterTraining),
    probabilityOver25: figure(risk.probabilityOver25),
    probabilityNaN: null,
    range: [figure(risk.range[0]), figure(risk.range[1])],
    assumptions: risk.assumptions,
  };
}

function findingRecord(starts: LineStarts, finding: Finding): FindingRecord {
  return {
    rule: finding.rule,
    severity: finding.severity,
    ...place(starts, finding.span),
    message: finding.message,
    evidence: finding.evidence.map(({ text, span, value, source }) => ({
      text,
      ...(span && { line: lineOf(starts, span) }),
      ...(value !== undefined && { value: figure(value) }),
      ...(source !== undefined && { source }),
    })),
    causes: finding.causes.map(({ factor, effect }) => ({ factor, effect: figure(effect) })),
    fixes: finding.fixes.map((fix) => fixRecord(starts, fix)),
  };
}

function fixRecord(starts: LineStarts, fix: Fix): FixRecord {
  return {
    title: fix.title,
    kind: fix.kind,
    applicability: fix.applicability,
    edits: fix.edits.map((edit) => ({ ...place(starts, edit.span), text: edit.text })),
    ...(fix.note !== undefined && { note: fix.note }),
  };
}

function place(starts: LineStarts, span: Span): Place {
  const from = positionAt(starts, span.from);
  const to = positionAt(starts, span.to);
  return { line: from.line, column: from.column, endLine: to.line, endColumn: to.column };
}

function lineOf(starts: LineStarts, span: Span): number {
  return positionAt(starts, span.from).line;
}

/** Six digits: more would be noise of the last bits, which differ between machines and make outputs hard to compare. */
function figure(value: number): number {
  return Number.isFinite(value) ? Number(value.toPrecision(6)) : value;
}
