/** `init`: a configuration to begin with. What is there is never overwritten. */
import { appendFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { configNames, readConfig, starterJson, starterToml } from "../../settings/index.ts";
import { type Console, complain, type ExitCode } from "../console.ts";
import { codeOf } from "../files/find.ts";
import { contentOf } from "./configs.ts";

const [JSON_NAME, TOML_NAME] = configNames;

export async function init(
  inPyproject: boolean,
  console: Console,
  folder: string = process.cwd(),
): Promise<ExitCode> {
  const refusal = inPyproject ? writeToml(folder) : writeJson(folder);
  if (refusal !== undefined) {
    await complain(console, `${refusal}: nothing was written`);
    return 2;
  }
  await console.out(`Written: ${inPyproject ? `${TOML_NAME} [tool.activation-lens]` : JSON_NAME}\n`);
  return 0;
}

function writeJson(folder: string): string | undefined {
  const toml = contentOf(path.join(folder, TOML_NAME));
  if (typeof toml === "string" && readConfig(TOML_NAME, toml))
    return `${TOML_NAME} has a configuration already, which ${JSON_NAME} would hide`;
  return written(JSON_NAME, () => writeFileSync(path.join(folder, JSON_NAME), starterJson(), { flag: "wx" }));
}

function writeToml(folder: string): string | undefined {
  if (contentOf(path.join(folder, JSON_NAME)) !== undefined)
    return `${JSON_NAME} is there already, and would hide what stands in ${TOML_NAME}`;
  const file = path.join(folder, TOML_NAME);
  const text = contentOf(file);
  if (text === undefined) return written(TOML_NAME, () => writeFileSync(file, starterToml(), { flag: "wx" }));
  if (typeof text !== "string") return `${TOML_NAME} cannot be read (${text.reason})`;
  const read = readConfig(TOML_NAME, text);
  if (read) return `${TOML_NAME} has a table [tool.activation-lens] already`;
  const gap = text === "" ? "" : text.endsWith("\n") ? "\n" : "\n\n";
  const more = gap + starterToml();
  // At the end of the file it touches nothing of the rest, whatever that is.
  return written(TOML_NAME, () =>
    appendFileSync(file, /\r\n/.test(text) ? more.replaceAll("\n", "\r\n") : more),
  );
}

/** Why it could not be. */
function written(name: string, write: () => void): string | undefined {
  try {
    write();
    return undefined;
  } catch (error) {
    const code = codeOf(error);
    return code === "EEXIST" ? `${name} is there already` : `${name} cannot be written (${code})`;
  }
}
