import type { Format, Options } from "../options.ts";
import { json } from "./json.ts";
import { jsonLines } from "./jsonLines.ts";
import type { Reporter } from "./reporter.ts";
import { text } from "./text.ts";

export function reporterFor({ format, command }: Options, colour: boolean): Reporter {
  const make: Readonly<Record<Format, () => Reporter>> = {
    text: () => text(command, colour),
    json: () => json(command),
    "json-lines": () => jsonLines(command),
  };
  return make[format]();
}
