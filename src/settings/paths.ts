/** Paths with forward slashes, absolute: `/a/b`, `C:/a`, and those of URIs. Pure, so that the web has them too. */

export function folderOf(path: string): string {
  const at = path.lastIndexOf("/");
  if (at < 0) return path;
  // What is left of a root is the root itself: `/` and `C:/`.
  return at === 0 || path[at - 1] === ":" ? path.slice(0, at + 1) : path.slice(0, at);
}

export const isRoot = (folder: string): boolean => folderOf(folder) === folder;

export const joined = (folder: string, name: string): string =>
  folder.endsWith("/") ? folder + name : `${folder}/${name}`;

/** From a folder to what is below it; undefined: it is not. */
export function below(folder: string, path: string): string | undefined {
  const start = folder.endsWith("/") ? folder : `${folder}/`;
  return path.length > start.length && path.startsWith(start) ? path.slice(start.length) : undefined;
}

/** Where a path leads that is written in a file of the folder. */
export function resolved(folder: string, written: string): string {
  const path = written.replaceAll("\\", "/");
  if (/^(?:\/|[a-z]:\/)/i.test(path)) return path;
  let at = folder;
  for (const part of path.split("/")) {
    if (part === "..") at = folderOf(at);
    else if (part !== "" && part !== ".") at = joined(at, part);
  }
  return at;
}
