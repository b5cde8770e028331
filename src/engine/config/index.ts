/** Activations in configuration files: model settings in JSON, YAML, Darknet, Caffe and AllenNLP formats. */
import type { Site } from "../model.ts";
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
import { targetSites } from "./targets.ts";

/** Those that know what they read come first: each answers for a value, or leaves it to the next. */
const READERS: readonly ((place: Place) => readonly Site[] | undefined)[] = [
  kerasSites,
  targetSites,
  expressionSites,
  huggingFaceSites,
  allenNlpSites,
  plainSites,
];

/** The sites of a configuration, with the rewrites that its format allows. */
export function readConfig(unit: ConfigUnit): readonly Site[] {
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

function fromData(unit: ConfigUnit): readonly Site[] {
  const root = unit.language === "yaml" ? readYaml(unit.text) : readJson(unit.text);
  if (!root) return [];
  const bySpan = new Map<number, Site>();
  visitPlaces(root, unit, (place) => {
    for (const read of READERS) {
      const sites = read(place);
      if (!sites) continue;
      // A map or a list is asked for before the names in it.
      for (const site of sites) if (!bySpan.has(site.span.from)) bySpan.set(site.span.from, site);
      return;
    }
  });
  return [...bySpan.values()].sort((a, b) => a.span.from - b.span.from);
}
