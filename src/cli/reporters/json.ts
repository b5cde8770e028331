import type { Command } from "../options.ts";
import { contractVersion, published } from "../results/records.ts";
import type { Reporter } from "./reporter.ts";

/** One JSON document; a line for each record, so that two outputs can be compared with a plain diff. */
export function json(command: Command): Reporter {
  const list = command === "sites" ? "sites" : "files";
  let separator = "\n";
  return {
    begin: () => `{"version":${contractVersion},"${list}":[`,
    file(result) {
      const records = command === "sites" ? result.sites : [published(result)];
      let out = "";
      for (const record of records) {
        out += separator + JSON.stringify(record);
        separator = ",\n";
      }
      return out;
    },
    end: (skipped) => `\n],"skipped":${JSON.stringify(skipped)}}\n`,
    tellsSkipped: true,
  };
}
