/** Activations in configuration files: model settings in JSON, YAML, Darknet, Caffe and AllenNLP formats. */
import { readJson } from "../syntax/dataJson.ts";
import { readYaml } from "../syntax/dataYaml.ts";
import type { ConfigUnit } from "../units.ts";
import { allenNlpSites } from "./allennlp.ts";
import { readCaffe } from "./caffe.ts";
import { readDarknetConfig } from "./darknet.ts";
import { expressionSites } from "./expressions.ts";
import { huggingFaceSites } from "./huggingface.ts";
import { kerasSites } from "./keras.ts";
import { type Place, visitPlaces } from "./place.ts";
import { plainSites } from "./plain.ts";
import type { ConfigSite } from "./sites.ts";
import { targetSites } from "./targets.ts";

/** Those that know what they read come first: each answers for a value, or leaves it to the next. */
const READERS: readonly ((place: Place) => readonly ConfigSite[] | undefined)[] = [
  kerasSites,
  targetSites,
  expressionSites,
  huggingFaceSites,
  allenNlpSites,
  plainSites,
];

/** The sites of a configuration, with the rewrites that its format allows. */
export function readConfig(unit: ConfigUnit): readonly ConfigSite[] {
  switch (unit.language) {
    case "darknet":
      return readDarknetConfig(unit);
    case "prototxt":
      return readCaffe(unit);
    case "yaml":
    case "json":
    case "jsonnet":
      return fromData(unit);
  }
}

function fromData(unit: ConfigUnit): readonly ConfigSite[] {
  const root = unit.language === "yaml" ? readYaml(unit.text) : readJson(unit.text);
  if (!root) return [];
  const bySpan = new Map<number, ConfigSite>();
  visitPlaces(root, unit, (place) => {
    for (const read of READERS) {
      const sites = read(place);
      if (!sites) continue;
      // A map or a list is asked for before the names in it.
      for (const one of sites) if (!bySpan.has(one.site.span.from)) bySpan.set(one.site.span.from, one);
      return;
    }
  });
  return [...bySpan.values()].sort((a, b) => a.site.span.from - b.site.span.from);
}
