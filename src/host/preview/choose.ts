/** Which of a document's sites the preview shows. Pure, so that following the cursor can be tested without an editor. */
import type { Site } from "../../engine/index.ts";

export interface Aim {
  /** Where the cursor is; null while the preview stays with a site. */
  readonly cursor: number | null;
  /** Where the shown site is now, moved along with edits; null when none is shown. */
  readonly shown: number | null;
  /** The name of the network that is shown: of several that use a layer, the one to stay with. */
  readonly network?: string | null;
}

/**
 * The site on the cursor's line, else the one that is shown already, else the nearest. "keep" while the line of the
 * shown site is being typed and can't be read for a moment: a preview that flickers is of no use.
 */
export function choose(
  sites: readonly Site[],
  text: string,
  { cursor, shown }: Aim,
): Site | "keep" | undefined {
  if (cursor !== null) {
    const { from, to } = lineAt(text, cursor);
    const onLine = nearest(
      sites.filter(({ span }) => span.from <= to && span.to >= from),
      cursor,
    );
    if (onLine) return onLine;
  }
  if (shown !== null) {
    const same = sites.find(({ span }) => span.from === shown);
    if (same) return same;
    if (cursor !== null && lineAt(text, cursor).from === lineAt(text, shown).from) return "keep";
  }
  return nearest(sites, cursor ?? shown ?? 0);
}

export function nearest(sites: readonly Site[], offset: number): Site | undefined {
  const distance = ({ span }: Site) => Math.max(span.from - offset, offset - span.to, 0);
  return sites.reduce<Site | undefined>(
    (best, site) => (best && distance(best) <= distance(site) ? best : site),
    undefined,
  );
}

export function lineAt(text: string, offset: number): { readonly from: number; readonly to: number } {
  const from = text.lastIndexOf("\n", offset - 1) + 1;
  const end = text.indexOf("\n", offset);
  return { from, to: end < 0 ? text.length : end };
}

export interface Change {
  readonly rangeOffset: number;
  readonly rangeLength: number;
  readonly text: string;
}

/** Where a place is after edits; one inside replaced text goes to its start. */
export function moveOffset(offset: number, changes: readonly Change[]): number {
  let moved = offset;
  for (const { rangeOffset, rangeLength, text } of changes) {
    if (rangeOffset + rangeLength <= offset) moved += text.length - rangeLength;
    else if (rangeOffset < offset) moved += rangeOffset - offset;
  }
  return Math.max(0, moved);
}
