/** The way from the engine's types to the records that are printed: pure, and the only place that knows both. */
import type { Analysis, Finding, Fix, Network, Risk } from "../../engine/index.ts";
import type { Command } from "../options.ts";
import { fingerprintsOf } from "./fingerprint.ts";
import type { Places } from "./places.ts";
import {
  type FileRecord,
  type FileResult,
  type FindingResult,
  type FixRecord,
  type NetworkRecord,
  published,
  type RiskRecord,
  type SiteRecord,
} from "./records.ts";

/** A file that was analysed: its name as the user gave it, and what is needed to say where things are. */
export interface AnalysedFile {
  readonly name: string;
  readonly places: Places;
  readonly analysis: Analysis;
}

/** Findings are made only for `check`, which asks for them. */
export function resultOf(command: Command, file: AnalysedFile): FileResult {
  return command === "sites"
    ? { file: file.name, sites: siteRecords(file), networks: [], findings: [] }
    : { ...checked(file), sites: [] };
}

export function siteRecords({ name, places, analysis }: AnalysedFile): readonly SiteRecord[] {
  return analysis.sites.map((site) => ({
    file: name,
    ...places.of(site.span),
    activation: site.activation,
    framework: site.framework,
    kind: site.kind,
    params: site.parameters,
    certainty: site.certainty,
  }));
}

export const fileRecord = (file: AnalysedFile): FileRecord => published({ ...checked(file), sites: [] });

function checked({ name, places, analysis }: AnalysedFile): Omit<FileResult, "sites"> {
  const fingerprints = fingerprintsOf(places, analysis);
  return {
    file: name,
    networks: analysis.networks.map((network) => networkRecord(places, network)),
    findings: analysis.findings.map((finding, index) =>
      findingResult(places, finding, fingerprints[index] ?? ""),
    ),
  };
}

function networkRecord(places: Places, network: Network): NetworkRecord {
  return {
    name: network.name,
    ...places.line(network.span),
    framework: network.framework,
    layers: network.layers.map((layer, index) => {
      const risk = network.risk?.layers[index];
      return {
        kind: layer.kind,
        ...places.line(layer.span),
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
    gaps: network.gaps.map((gap) => ({ ...places.line(gap.span), what: gap.what })),
  };
}

function riskRecord(risk: Risk): RiskRecord {
  return {
    deadAtInit: figure(risk.deadAtInit),
    deadAfterTraining: figure(risk.deadAfterTraining),
    probabilityOver25: figure(risk.probabilityOver25),
    probabilityNaN: figure(risk.probabilityNaN),
    probabilityFailure: figure(risk.probabilityFailure),
    range: [figure(risk.range[0]), figure(risk.range[1])],
    assumptions: risk.assumptions,
  };
}

function findingResult(places: Places, finding: Finding, fingerprint: string): FindingResult {
  const fileLine = places.fileLine(finding.span);
  return {
    rule: finding.rule,
    severity: finding.severity,
    ...places.of(finding.span),
    message: finding.message,
    evidence: finding.evidence.map(({ text, span, value, source }) => ({
      text,
      ...(span && places.line(span)),
      ...(value !== undefined && { value: figure(value) }),
      ...(source !== undefined && { source }),
    })),
    causes: finding.causes.map(({ factor, effect, failure }) => ({
      factor,
      effect: figure(effect),
      ...(failure === undefined ? {} : { failure: figure(failure) }),
    })),
    fixes: finding.fixes.map((fix) => fixRecord(places, fix)),
    fingerprint,
    ...(fileLine !== undefined && { fileLine }),
    code: places.code(finding.span),
  };
}

function fixRecord(places: Places, fix: Fix): FixRecord {
  return {
    title: fix.title,
    kind: fix.kind,
    applicability: fix.applicability,
    edits: fix.edits.map((edit) => ({ ...places.of(edit.span), text: edit.text })),
    ...(fix.note !== undefined && { note: fix.note }),
    ...(fix.failure !== undefined && { failure: figure(fix.failure) }),
  };
}

/** Six digits: more would be noise of the last bits, which differ between machines and make outputs hard to compare. */
function figure(value: number): number {
  return Number.isFinite(value) ? Number(value.toPrecision(6)) : value;
}
