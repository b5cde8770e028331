/** What the engine is told of the rules: the configuration where it says something, the settings where it does not. */
import type { AnalyzeOptions } from "../engine/index.ts";
import type { Config } from "../settings/index.ts";
import type { Settings } from "./settingIds.ts";

/** A broken configuration has no effect until it is repaired. */
export const usable = (config: Config): Config | undefined =>
  config.file !== undefined && config.problems.length === 0 ? config : undefined;

export function optionsOf(
  { rules, thresholds }: Pick<Settings, "rules" | "thresholds">,
  config: Config | undefined,
  path: string,
): AnalyzeOptions {
  if (!config) return { severities: rules, thresholds };
  // CI says nothing of it, so the editor doesn't either.
  if (config.excludes(path) || !config.includes(path)) return config.silence();
  const own = config.rulesFor(path);
  return {
    severities: { ...rules, ...own.severities },
    thresholds: { ...thresholds, ...own.thresholds },
  };
}
