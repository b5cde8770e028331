/** The story of the product: a file -> its activations, the networks they belong to, their risk, and what to change. */
import { configFixes } from "./config/fixes.ts";
import { readConfig } from "./config/index.ts";
import { readConfigNetworks } from "./config/networks/index.ts";
import { detect } from "./detect.ts";
import { applied } from "./fixes/applied.ts";
import { codeIndex } from "./fixes/codeIndex.ts";
import { configSource } from "./fixes/configSource.ts";
import { withFixes } from "./fixes/index.ts";
import type { Read } from "./fixes/outcome.ts";
import { fixSource, NO_FIXES } from "./fixes/source.ts";
import { lazy } from "./lazy.ts";
import type { Analysis, AnalyzeOptions, Edit, FixSource, Network, Site, SourceFile } from "./model.ts";
import { readNetworks } from "./network/index.ts";
import { partsOf } from "./partial/index.ts";
import { assess } from "./risk/assess.ts";
import { type Afterwards, withAfterwards } from "./rules/afterwards.ts";
import { findingsOf } from "./rules/findings.ts";
import { withoutIgnored } from "./rules/ignores.ts";
import { KnownTrees } from "./syntax/pythonTrees.ts";
import { readUnit, type Unit } from "./units.ts";

/** An analysis, and the changes that can be asked for of its networks. */
export interface Inspection {
  readonly analysis: Analysis;
  readonly fixes: FixSource;
}

/** Pure: the same file and options give the same analysis. Text that does not parse gives what can be read of it. */
export function analyze(file: SourceFile, options?: AnalyzeOptions): Analysis {
  // With its findings, and without what they would be made from.
  return { ...inspect(file, options).analysis };
}

/** Its activations alone: no network is read, which takes more than half of the time. */
export function analyzeSites(file: SourceFile, options?: AnalyzeOptions): Analysis {
  const { path, sites, defaults, notebook, skipped } = inspect(file, options).analysis;
  return {
    path,
    sites,
    networks: [],
    findings: [],
    ...(defaults ? { defaults } : {}),
    ...(notebook ? { notebook } : {}),
    ...(skipped === undefined ? {} : { skipped }),
  };
}

/**
 * An analysis with the changes that can be asked for. Networks and findings are made when they are first looked at.
 *
 * @param known of an earlier text of the file: what stayed is not parsed again. It makes no other difference
 */
export function inspect(file: SourceFile, options: AnalyzeOptions = {}, known?: KnownTrees): Inspection {
  const { path } = file;
  const nothing: Analysis = { path, sites: [], networks: [], findings: [] };
  const unit = readUnit(file, known);
  if (!unit) return { analysis: nothing, fixes: NO_FIXES };
  if ("skipped" in unit) return { analysis: { ...nothing, skipped: unit.skipped }, fixes: NO_FIXES };
  if (unit.kind === "config") {
    const found = readConfig(unit);
    const sites = found.map(({ site }) => site);
    const networks = readConfigNetworks(unit, sites).map(withRisk);
    const reread = (edits: readonly Edit[]) => configAfter(file, edits);
    const fixes = configSource({ unit, networks, others: configFixes(found), reread });
    const told = withAfterwards(
      findingsOf(networks, fixes, options),
      afterwardsOf(networks, reread, options),
    );
    const findings = withoutIgnored(told, unit.text);
    return { analysis: { ...nothing, sites, networks, findings }, fixes };
  }

  const detected = detect(unit);
  const trees = new KnownTrees();
  const index = lazy(() => codeIndex(unit));
  const all = detected.map((found) => ({
    found,
    site: found.site.isDefault ? asDefault(found.site) : withFixes(found, unit, index),
  }));
  const sites = all.map(({ site }) => site);
  const defaults = sites.filter(({ isDefault }) => isDefault);
  // Sites are there in half of the time: who draws one while it is typed need not wait for its network.
  const networks = lazy(() => readNetworks(unit, all).map(withRisk));
  const reread = (edits: readonly Edit[]) => networksAfter(file, unit, edits, trees);
  const fixes = fixSource({ unit, sites: all, networks, index, reread });
  // Half of the time goes into proving fixes: who only draws what was read need not wait for them.
  const findings = lazy(() => {
    const found = findingsOf([...networks(), ...partsOf(unit, all, networks())], fixes, options);
    return withoutIgnored(
      withAfterwards(found, afterwardsOf(networks(), reread, options)),
      unit.text,
      unit.notebook,
    );
  });
  const analysis: Analysis = {
    path,
    sites: sites.filter(({ isDefault }) => !isDefault),
    ...(defaults.length > 0 ? { defaults } : {}),
    get networks() {
      return networks();
    },
    get findings() {
      return findings();
    },
    ...(unit.notebook ? { notebook: unit.notebook } : {}),
  };
  return { analysis, fixes };
}

/** Estimated when it is first looked at: while keys are pressed that is one network's, and a file may have twenty. */
function withRisk(network: Omit<Network, "risk">): Network {
  const risk = lazy(() => ({ value: assess({ ...network, risk: null }) }));
  return {
    ...network,
    get risk() {
      return risk().value;
    },
  };
}

/** The findings of whole networks before and after edits. */
function afterwardsOf(
  networks: readonly Network[],
  reread: (edits: readonly Edit[]) => readonly Read[] | undefined,
  options: AnalyzeOptions,
): Afterwards {
  const before = lazy(() => findingsOf(networks, NO_FIXES, options));
  return {
    get before() {
      return before();
    },
    after: (edits) => {
      const read = reread(edits);
      return read && findingsOf(read.map(withRisk), NO_FIXES, options);
    },
  };
}

/** Read as if the edits were made: without fixes of its sites, which nobody asks for. */
function networksAfter(
  file: SourceFile,
  unit: Unit,
  edits: readonly Edit[],
  known: KnownTrees,
): readonly Read[] | undefined {
  const after = applied(file, edits, unit.notebook);
  const read = after && readUnit(after, known);
  if (!read || "skipped" in read || read.kind !== "code") return undefined;
  return readNetworks(
    read,
    detect(read).map((found) => ({ found, site: { ...found.site, fixes: [] } })),
  );
}

function configAfter(file: SourceFile, edits: readonly Edit[]): readonly Read[] | undefined {
  const after = applied(file, edits, undefined);
  const read = after && readUnit(after);
  if (!read || "skipped" in read || read.kind !== "config") return undefined;
  const sites = readConfig(read).map(({ site }) => site);
  return readConfigNetworks(read, sites);
}

const asDefault = (site: Omit<Site, "fixes" | "noFix">): Site => ({
  ...site,
  fixes: [],
  noFix: "it is not written here, but this layer's default",
});
