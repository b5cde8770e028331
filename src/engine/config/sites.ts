/** What the readers of configurations share: what they are given, what they give, and how a site there is switched. */
import { activationById, defaultParameters } from "../activations/catalogue.ts";
import { leaky, nameOf, type Target } from "../fixes/activations/target.ts";
import type { Certainty, Edit, Fix, FrameworkId, Site, SiteKind, Span } from "../model.ts";
import type { DataMap, Entry } from "../syntax/data.ts";
import type { Meaning } from "./meaning.ts";

export interface Rewritten {
  readonly edits: readonly Edit[];
  /** The slope of the name, where none can be written, and who has built it in. */
  readonly own?: { readonly slope: number; readonly owner: string };
  readonly note?: string;
}

/** How a place is switched, or why it is not. */
export type Switch = Rewritten | string;

export interface ConfigSite {
  readonly site: Site;
  to(target: Target): Switch;
}

export interface Facts {
  readonly framework: FrameworkId;
  readonly kind: SiteKind;
  readonly span: Span;
  readonly certainty: Certainty;
}

/** @param to asked for Leaky ReLU only where the activation is a ReLU whose units can die */
export function siteOf(meaning: Meaning, facts: Facts, to: (target: Target) => Switch): ConfigSite {
  const { from, to: end } = facts.span;
  const site = { ...meaning, ...facts, span: { from, to: end }, fixes: [] };
  const activation = activationById(meaning.activation);
  const isRelu = activation?.id === "relu" && activation.shape === "elementwise";
  if (!isRelu || !activation.dies(defaultParameters(activation, meaning.parameters))) return { site, to };
  const way = to(leaky());
  if (typeof way === "string") return { site: { ...site, noFix: way }, to };
  const { edits, own, note } = way;
  const fix: Fix = {
    title: titleOf(leaky(), way),
    kind: "leaky-relu",
    edits,
    applicability: own ? "changes-training" : "safe",
    ...(note === undefined ? {} : { note }),
  };
  return { site: { ...site, fixes: [fix] }, to };
}

export function titleOf(target: Target, { own }: Rewritten): string {
  if (target.id === "linear") return "Leave the output linear";
  if (target.id !== "leaky_relu") return `Switch to ${nameOf(target)}`;
  const slope = own ? `slope ${own.slope}, ${own.owner}'s own` : `negative_slope=${target.slope}`;
  return `Switch to Leaky ReLU (${slope})`;
}

export const cant = (target: Target, why: string): string =>
  `${nameOf(target)} can't be written here: ${why}`;

export const TRAIN_AGAIN = "Weights that were trained with ReLU have to be trained again.";

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

/** Adds `key:` with a block of one entry below it behind an entry of a block. */
export function blockAfter(entry: Entry, map: DataMap, key: string, inner: string, text: string): Edit {
  const { span, text: line } = addedAfter(entry, map, key, "", text);
  const [lineBreak, indent] = [lineEnding(text), /^\s*?([^\S\r\n]*)\S/.exec(line)?.[1] ?? ""];
  return { span, text: `${line.trimEnd()}${lineBreak}${indent}${INDENT}${inner}` };
}

/** What YAML is indented by almost everywhere; any will do. */
const INDENT = "  ";

export const lineEnding = (text: string): string => (text.includes("\r\n") ? "\r\n" : "\n");

export function endOfLine(text: string, at: number): number {
  const end = text.indexOf("\n", at);
  if (end < 0) return text.length;
  return text[end - 1] === "\r" && end - 1 >= at ? end - 1 : end;
}
