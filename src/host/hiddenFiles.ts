/** The setting `files.exclude` as patterns of ours. Pure. */
import { Patterns } from "../settings/index.ts";

/** Conditions (`{ "when": ... }`) are for generated files beside their sources: those are no reason to hide code. */
export function hiddenBy(root: string, setting: unknown): (path: string, isFolder: boolean) => boolean {
  const entries = typeof setting === "object" && setting !== null ? Object.entries(setting) : [];
  const lines = entries.flatMap(([glob, isOn]) => (isOn === true ? expanded(glob).map(line) : []));
  const patterns = new Patterns(root, lines);
  return (path, isFolder) => patterns.match(path, isFolder);
}

/** The editor's globs count from the root unless they say otherwise. */
const line = (glob: string): string => (glob.startsWith("**/") || glob.startsWith("/") ? glob : `/${glob}`);

/** `{a,b}`, which .gitignore doesn't know. */
function expanded(glob: string): readonly string[] {
  const group = /\{([^{}]*)\}/.exec(glob);
  if (!group) return [glob];
  const [whole, inner = ""] = group;
  return inner
    .split(",")
    .slice(0, 32)
    .flatMap((part) => expanded(glob.slice(0, group.index) + part + glob.slice(group.index + whole.length)));
}
