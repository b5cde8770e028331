import assert from "node:assert/strict";
import { analyze } from "../../../src/engine/index.ts";
import type { ConfigLanguage, Layer, Network } from "../../../src/engine/model.ts";

/** The only network of a text. */
export function networkIn(language: ConfigLanguage, text: string, path = "nets/small.x"): Network {
  const { networks } = analyze({ path, text, language });
  assert.equal(networks.length, 1);
  return networks[0]!;
}

/** `conv 27>16 relu, batch before`: sizes and what follows. */
export function said({ kind, fanIn, units, site, normalisation, residual, dropout }: Layer): string {
  return [
    `${kind} ${fanIn}>${units}`,
    site ? ` ${site.activation}` : "",
    normalisation ? `, ${normalisation.kind} ${normalisation.place}` : "",
    residual ? ", residual" : "",
    dropout > 0 ? `, dropout ${dropout}` : "",
  ].join("");
}

export const layersIn = (language: ConfigLanguage, text: string): string[] =>
  networkIn(language, text).layers.map(said);

export const gapsIn = (language: ConfigLanguage, text: string): string[] =>
  networkIn(language, text).gaps.map(({ what }) => what);
