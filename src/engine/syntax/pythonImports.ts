/** `import a.b as c, d` and `from .a import (b as c, *)` -> Import. */
import type { Span } from "../model.ts";
import type { Part } from "./pythonParts.ts";
import type { Import, ImportedName } from "./tree.ts";

export function importFrom(node: Span, parts: readonly Part[], text: string): Import {
  const { from, to } = node;
  const start = parts.findIndex((part) => part.type === "import");
  const isFrom = parts[0]?.type === "from";
  const module = isFrom ? moduleName(parts.slice(1, start < 0 ? undefined : start), text) : undefined;
  const names: ImportedName[] = [];
  let piece: Part[] = [];
  for (const part of [...parts.slice(start < 0 ? parts.length : start + 1), undefined]) {
    if (part && part.type !== ",") {
      if (!/^[()]$/.test(part.type)) piece.push(part);
      continue;
    }
    const name = piece.length > 0 ? importedName(piece, module, text) : undefined;
    if (name) names.push(name);
    piece = [];
  }
  return { type: "import", ...(module === undefined ? {} : { module }), names, from, to };
}

const moduleName = (parts: readonly Part[], text: string): string =>
  parts.map((part) => text.slice(part.from, part.to)).join("");

function importedName(
  parts: readonly Part[],
  module: string | undefined,
  text: string,
): ImportedName | undefined {
  const as = parts.findIndex((part) => part.type === "as");
  const path = moduleName(as < 0 ? parts : parts.slice(0, as), text);
  const from = parts[0]?.from ?? 0;
  const to = parts.at(-1)?.to ?? 0;
  if (path === "*") return { symbol: `${module}.*`, from, to };
  const alias = as < 0 ? undefined : parts[as + 1];
  const symbol = module === undefined ? path : module.endsWith(".") ? module + path : `${module}.${path}`;
  if (alias) return { symbol, binds: text.slice(alias.from, alias.to), from, to };
  // `import a.b` binds `a`; what hangs below it is found through the attribute.
  const top = path.split(".")[0] ?? path;
  return module === undefined ? { symbol: top, binds: top, from, to } : { symbol, binds: path, from, to };
}
