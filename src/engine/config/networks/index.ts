/** Networks in configuration files: Darknet's, Caffe's and Keras' own formats say every layer, AllenNLP's those of a head. */
import type { Site } from "../../model.ts";
import { readJson } from "../../syntax/dataJson.ts";
import { readYaml } from "../../syntax/dataYaml.ts";
import type { ConfigUnit } from "../../units.ts";
import { mayBeFeedForward, readFeedForwards } from "./allennlp.ts";
import type { ReadNetwork } from "./assumed.ts";
import { readCaffeNetwork } from "./caffe.ts";
import { readDarknetNetwork } from "./darknet.ts";
import { mayBeKerasModel, readKerasNetworks } from "./keras.ts";

/** @param sites what was found in the same unit: a layer's activation is one of them */
export function readConfigNetworks(unit: ConfigUnit, sites: readonly Site[]): ReadNetwork[] {
  // Nothing that dies, nothing to estimate, and nothing to pay for.
  if (sites.length === 0) return [];
  const byStart = new Map(sites.map((site) => [site.span.from, site]));
  const siteAt = (from: number): Site | undefined => byStart.get(from);
  switch (unit.language) {
    case "darknet":
      return readDarknetNetwork(unit, siteAt);
    case "prototxt":
      // A part without weights, such as a lone activation, is no network.
      return readCaffeNetwork(unit, siteAt).filter(({ layers }) => layers.length > 0);
    case "json":
    case "jsonnet":
    case "yaml": {
      const isFeedForward = mayBeFeedForward(unit.text);
      if (!isFeedForward && !mayBeKerasModel(unit.text)) return [];
      const root = unit.language === "yaml" ? readYaml(unit.text) : readJson(unit.text);
      if (!root) return [];
      return isFeedForward ? readFeedForwards(root, siteAt) : readKerasNetworks(root, unit.path, siteAt);
    }
  }
}
