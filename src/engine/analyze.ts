import type { Analysis, SourceFile } from "./model.ts";

export function analyze(file: SourceFile): Analysis {
  return { path: file.path, sites: [], networks: [], findings: [] };
}
