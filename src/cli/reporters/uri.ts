import path from "node:path";

/** A file as SARIF names it: below the folder that the command was run in, or by an address of its own. */
export function locationOf(file: string): { readonly uri: string; readonly uriBaseId?: string } {
  const name = path.posix.normalize(file);
  if (/^[A-Za-z]:\//.test(name)) return { uri: `file:///${name.slice(0, 2)}${encoded(name.slice(2))}` };
  if (name.startsWith("/")) return { uri: `file://${encoded(name)}` };
  const uri = encoded(name);
  return name.startsWith("../") ? { uri } : { uri, uriBaseId: "%SRCROOT%" };
}

/** The way back from `uri`. */
export function fileOf(uri: string): string {
  const name = uri.startsWith("file://")
    ? uri.slice("file://".length).replace(/^\/(?=[A-Za-z]:\/)/, "")
    : uri;
  return decodeURIComponent(name);
}

/** Percent-encoded in each part, also what a URI has other uses for (`#`, `?`, `%`, a colon in the first part). */
const encoded = (name: string): string =>
  name
    .split("/")
    // A half of a pair, as in a name that is no UTF-8, has no encoding.
    .map((part) => encodeURIComponent(Buffer.from(part).toString()))
    .join("/");
