/** The disk, by the paths of URIs. Read at once, since nothing else waits in this thread. */
import { type Dirent, readdirSync, readFileSync, statSync } from "node:fs";
import type { Content } from "../../../settings/index.ts";
import type { Files, Kind } from "../folder.ts";

export const nodeFiles: Files = {
  entries: async (folder) =>
    readdirSync(onDisk(folder), { withFileTypes: true })
      // By code unit, not by locale: the order must not depend on the machine.
      .sort((a, b) => (a.name < b.name ? -1 : 1))
      .map((entry) => [entry.name, kindOf(entry, folder)] as const),
  kind: async (path) => {
    try {
      const stats = statSync(onDisk(path));
      return stats.isDirectory() ? "folder" : stats.isFile() ? "file" : "other";
    } catch {
      return undefined;
    }
  },
  text: async (path): Promise<Content> => {
    try {
      return readFileSync(onDisk(path), "utf8");
    } catch {
      return undefined;
    }
  },
  bytes: async (path, most) => {
    const file = onDisk(path);
    return statSync(file).size > most ? undefined : readFileSync(file);
  },
};

/** Pipes and devices would never end; links to folders may lead in circles. */
function kindOf(entry: Dirent, folder: string): Kind {
  if (entry.isDirectory()) return "folder";
  if (entry.isFile()) return "file";
  if (!entry.isSymbolicLink()) return "other";
  try {
    return statSync(onDisk(`${folder}/${entry.name}`)).isFile() ? "file" : "other";
  } catch {
    return "other";
  }
}

/** `/c:/models` is `c:/models`. */
const onDisk = (path: string): string =>
  process.platform === "win32" ? path.replace(/^\/(?=[a-z]:)/i, "") : path;
