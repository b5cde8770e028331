import type { Command } from "../options.ts";
import type { Reporter } from "./reporter.ts";

/** A JSON object a line: for `sites` one for each site, for `check` one for each file. Nothing else is printed. */
export function jsonLines(command: Command): Reporter {
  return {
    begin: () => "",
    file({ sites, ...record }) {
      const records = command === "sites" ? sites : [record];
      return records.map((record) => `${JSON.stringify(record)}\n`).join("");
    },
    end: () => "",
  };
}
