/** The way back from text to the bytes of a file: what was not edited has to be the same bytes. */

export interface Encoding {
  readonly name: "utf8" | "latin1";
  /** The byte order mark in front of the text, which the text itself does not have. */
  readonly mark: "" | "\ufeff";
}

export const encode = (text: string, { name, mark }: Encoding): Uint8Array => Buffer.from(mark + text, name);

/** @returns undefined where the file's own text does not give its bytes back: then nothing may be written */
export function encodingOf(bytes: Uint8Array, text: string): Encoding | undefined {
  const isMarked = bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf;
  const encodings: readonly Encoding[] = [
    { name: "utf8", mark: isMarked ? "\ufeff" : "" },
    { name: "latin1", mark: "" },
  ];
  return encodings.find((each) => Buffer.compare(encode(text, each), bytes) === 0);
}
