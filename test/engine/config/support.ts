import assert from "node:assert/strict";
import { readConfig } from "../../../src/engine/config/index.ts";
import { mayNameActivation } from "../../../src/engine/config/worth.ts";
import type { ConfigLanguage, Edit, Site } from "../../../src/engine/model.ts";

/** The sites of a text; it must also pass the check that comes before any parse. */
export function sitesIn(language: ConfigLanguage, text: string, path = "x"): readonly Site[] {
  const sites = readConfig({ kind: "config", language, path, text }).map(({ site }) => site);
  if (sites.length > 0) assert.ok(mayNameActivation(language, text), "a file with sites is worth a parse");
  return sites;
}

/** `relu@relu pytorch likely` for each site: its activation, text, framework and certainty. */
export const told = (language: ConfigLanguage, text: string, path?: string): string[] =>
  sitesIn(language, text, path).map(
    (site) =>
      `${site.activation}@${text.slice(site.span.from, site.span.to)} ${site.framework} ${site.certainty}`,
  );

/** The text after the first rewrite of its first site that has one. */
export function switched(language: ConfigLanguage, text: string, path?: string): string {
  const fix = sitesIn(language, text, path).flatMap(({ fixes }) => fixes)[0];
  assert.ok(fix, "there is a rewrite");
  return applied(text, fix.edits);
}

function applied(text: string, edits: readonly Edit[]): string {
  let result = text;
  for (const { span, text: added } of [...edits].sort((a, b) => b.span.from - a.span.from)) {
    result = result.slice(0, span.from) + added + result.slice(span.to);
  }
  return result;
}
