/** By what a finding is known again: in a baseline, in SARIF's and GitLab's reports, and in the JSON. */
import { createHash } from "node:crypto";
import type { Analysis } from "../../engine/index.ts";
import type { Places } from "./places.ts";

/** 128 bits in hexadecimal digits: of a billion findings no two are likely to share one. */
const DIGITS = 32;

/**
 * One for each finding, `HASH:N`. The hash is over the rule, the name of the network that the finding stands in, and the
 * first line of its code without spaces and comment: neither over its place, so that lines may move, nor over the message, whose
 * figures change with edits elsewhere. `N` counts the findings of the file that share the hash, from 1.
 */
export function fingerprintsOf(places: Places, { networks, findings }: Analysis): readonly string[] {
  const counts = new Map<string, number>();
  return findings.map(({ rule, span }) => {
    const around = networks
      .filter((each) => each.span.from <= span.from && span.to <= each.span.to)
      .sort((a, b) => a.span.to - a.span.from - (b.span.to - b.span.from));
    const [line = ""] = places
      .text(span)
      .trimStart()
      .split(/[\r\n]/, 1);
    const parts = [rule, around[0]?.name ?? "", line.replace(/(?:#|\/\/).*|\s+/g, "")];
    const hash = createHash("sha256").update(JSON.stringify(parts)).digest("hex").slice(0, DIGITS);
    const count = (counts.get(hash) ?? 0) + 1;
    counts.set(hash, count);
    return `${hash}:${count}`;
  });
}

/** What findings that look alike share, and which of them it is, counted from 1. */
export function partsOf(fingerprint: string): { readonly hash: string; readonly count: number } {
  const [hash = "", count = "1"] = fingerprint.split(":");
  return { hash, count: Number(count) };
}
