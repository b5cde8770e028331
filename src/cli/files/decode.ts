import { isUtf8 } from "node:buffer";

/** The text of a source file, or why it has none. */
export type Decoded = { readonly text: string } | { readonly reason: string };

/** PEP 263: the declaration stands in a comment on line 1, or on line 2 if line 1 has no code. */
const declaration = /^[ \t\f]*#.*?coding[:=][ \t]*([-\w.]+)/;
const noCode = /^[ \t\f]*(?:#.*)?$/;

/** Above this share of undecodable characters a file is taken for binary, below for text of an unnamed encoding. */
const binaryShare = 0.25;

/** Bytes to text as CPython would: a byte order mark is dropped, so that column 1 is the first character. */
export function decode(bytes: Uint8Array): Decoded {
  if (bytes.includes(0)) return { reason: "binary file" };
  if (bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf) return utf8(bytes);
  const label = declaredEncoding(bytes);
  if (label === undefined || /^utf-?8(-|$)/.test(label)) return utf8(bytes);
  // The web's "latin1" is windows-1252, so TextDecoder would change the controls 0x80-0x9f.
  if (/^(latin-?1|l1|iso-?8859-1|iso-ir-100|cp819|ascii|us-ascii)$/.test(label)) {
    return { text: Buffer.from(bytes).toString("latin1") };
  }
  try {
    return { text: new TextDecoder(label).decode(bytes) };
  } catch {
    return { reason: `unknown encoding "${label}"` };
  }
}

/** Whether any way of decoding would give the same characters for the same bytes of ASCII, and no reason to refuse. */
export function isPlain(bytes: Uint8Array): boolean {
  if (!isUtf8(bytes) || bytes.includes(0)) return false;
  const label = declaredEncoding(bytes);
  return label === undefined || /^utf-?8(-|$)/.test(label);
}

function utf8(bytes: Uint8Array): Decoded {
  // Not fatal: one stray byte in a comment must not hide the whole model.
  const text = new TextDecoder("utf-8").decode(bytes);
  const undecodable = text.split("\uFFFD").length - 1;
  return undecodable > text.length * binaryShare ? { reason: "binary file" } : { text };
}

function declaredEncoding(bytes: Uint8Array): string | undefined {
  const head = Buffer.from(bytes.subarray(0, 1000)).toString("latin1");
  const [first = "", second = ""] = head.split(/\r\n|\n|\r/, 2);
  const match = declaration.exec(first) ?? (noCode.test(first) ? declaration.exec(second) : null);
  return match?.[1]?.toLowerCase().replaceAll("_", "-");
}
