/** What the readers of configurations share: what they are given, what they give, and how a ReLU there is switched. */
import { activationById, defaultParameters } from "../activations/catalogue.ts";
import { SLOPE } from "../fixes/leakyRelu.ts";
import type { Certainty, Edit, Fix, FrameworkId, Site, SiteKind, Span } from "../model.ts";
import type { DataMap, Entry } from "../syntax/data.ts";
import type { Meaning } from "./meaning.ts";

/** How this place is switched to Leaky ReLU, or why it is not. */
export type Switch = Fix | string;

export interface Facts {
  readonly framework: FrameworkId;
  readonly kind: SiteKind;
  readonly span: Span;
  readonly certainty: Certainty;
}

/** @param toLeaky asked only where the activation is a ReLU whose units can die */
export function siteOf(meaning: Meaning, facts: Facts, toLeaky: () => Switch): Site {
  const { from, to } = facts.span;
  const site = { ...meaning, ...facts, span: { from, to }, fixes: [] };
  const activation = activationById(meaning.activation);
  const isRelu = activation?.id === "relu" && activation.shape === "elementwise";
  if (!isRelu || !activation.dies(defaultParameters(activation, meaning.parameters))) return site;
  const way = toLeaky();
  return typeof way === "string" ? { ...site, noFix: way } : { ...site, fixes: [way] };
}

/** A rewrite that writes the slope out. */
export const withSlope = (edits: readonly Edit[], name = "negative_slope"): Fix => ({
  title: `Switch to Leaky ReLU (${name}=${SLOPE})`,
  kind: "leaky-relu",
  edits,
  applicability: "safe",
});

/** A rewrite to a name whose slope is built in. */
export const withOwnSlope = (edit: Edit, slope: number, owner: string, note: string): Fix => ({
  title: `Switch to Leaky ReLU (slope ${slope}, ${owner}'s own)`,
  kind: "leaky-relu",
  edits: [edit],
  applicability: "changes-training",
  note,
});

export const replaced = ({ from, to }: Span, text: string): Edit => ({ span: { from, to }, text });

/** A string in the quotes it has now, if any. */
export function requoted(span: Span, word: string, text: string): Edit {
  const quote = /^["']/.exec(text.slice(span.from, span.to))?.[0] ?? "";
  return replaced(span, `${quote}${word}${quote}`);
}

/** Adds `key: value` behind an entry of a map, in the way that the map is written. */
export function addedAfter(entry: Entry, map: DataMap, key: string, value: string, text: string): Edit {
  const end = entry.value?.to ?? entry.key.to;
  const [, indent, own] = /(?:^|\n)([^\S\n]*)([^\n]*)$/.exec(text.slice(0, entry.key.from)) ?? [];
  const quote = text[entry.key.from] === '"' || text[entry.key.from] === "'" ? text[entry.key.from] : "";
  const written = `${quote}${key}${quote}: ${value}`;
  const isFirst = own === "";
  if (map.flow) {
    const between = isFirst ? `,${lineEnding(text)}${indent}` : ", ";
    return replaced({ from: end, to: end }, `${between}${written}`);
  }
  const lineEnd = endOfLine(text, end);
  // In `- key: value` the map's next line stands below the key, not below the dash.
  const column = `${indent}${(own ?? "").replace(/[^\t]/g, " ")}`;
  return replaced({ from: lineEnd, to: lineEnd }, `${lineEnding(text)}${column}${written}`);
}

export const lineEnding = (text: string): string => (text.includes("\r\n") ? "\r\n" : "\n");

export function endOfLine(text: string, at: number): number {
  const end = text.indexOf("\n", at);
  if (end < 0) return text.length;
  return text[end - 1] === "\r" && end - 1 >= at ? end - 1 : end;
}
