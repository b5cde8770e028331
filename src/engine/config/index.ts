/** Activations in configuration files: model settings in JSON, YAML, Darknet, Caffe and AllenNLP formats. */
import type { Site } from "../model.ts";
import type { ConfigUnit } from "../units.ts";

/** The sites of a configuration, with the rewrites that its format allows. */
export function readConfig(_unit: ConfigUnit): readonly Site[] {
  return [];
}
