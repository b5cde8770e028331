/** Darknet's `.cfg` -> Data: a map of sections, each a map of options, in the order of the file. */
import type { Data, Entry, Scalar } from "./data.ts";

/** A section's name is its key, whose span has the brackets. */
export function readDarknet(text: string): Data & { readonly type: "map" } {
  const sections: { key: Scalar; entries: Entry[]; to: number }[] = [];
  for (const line of text.matchAll(/[^\r\n]+/g)) {
    const section = /^\s*(\[([^\]]*)\])/.exec(line[0]);
    if (section?.[1] !== undefined) {
      const from = line.index + line[0].indexOf("[");
      const key = scalar(from, section[1], section[2]?.trim());
      sections.push({ key, entries: [], to: key.to });
      continue;
    }
    // Darknet has comments on lines of their own only, but some of its ports take them behind a value too.
    const option = /^\s*([^=#;\s][^=#;]*?)\s*=\s*([^#;]*?)\s*(?:[#;].*)?$/.exec(line[0]);
    const last = sections.at(-1);
    if (!last || option?.[1] === undefined || option[2] === undefined) continue;
    const keyAt = line[0].indexOf(option[1]);
    const key = scalar(line.index + keyAt, option[1]);
    const behind = /=\s*/.exec(line[0].slice(keyAt));
    const value = scalar(key.from + (behind?.index ?? 0) + (behind?.[0].length ?? 0), option[2]);
    last.entries.push({ key, ...(value.value === "" ? {} : { value }) });
    last.to = value.to;
  }
  return {
    type: "map",
    from: 0,
    to: text.length,
    flow: false,
    entries: sections.map(({ key, entries, to }) => ({
      key,
      value: { type: "map", from: key.from, to, entries, flow: false },
    })),
  };
}

const scalar = (from: number, written: string, value = written): Scalar => ({
  type: "scalar",
  from,
  to: from + written.length,
  value,
  quoted: false,
});
