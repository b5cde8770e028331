import type { Command } from "../options.ts";
import { published } from "../results/records.ts";
import type { Reporter } from "./reporter.ts";

/** A JSON object a line: for `sites` one for each site, for `check` one for each file. Nothing else is printed. */
export function jsonLines(command: Command): Reporter {
  return {
    begin: () => "",
    file(result) {
      const records = command === "sites" ? result.sites : [published(result)];
      return records.map((record) => `${JSON.stringify(record)}\n`).join("");
    },
    end: () => "",
  };
}
