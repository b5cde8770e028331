/**
 * Reads the signatures by which the catalogue names activations in frameworks, such as
 * `torch.nn.LeakyReLU(negative_slope=0.01, inplace=False)`. Pure text to data; the detector matches calls with it.
 */

export interface SignatureParameter {
  readonly name: string;
  /** 0-based; for a function of a tensor, 0 is the input. */
  readonly position: number;
  /** The default where it is a number. An initialiser named by its constant counts: 'zeros' is 0. */
  readonly default?: number;
  /** The default as written, whatever it is: `'none'`, `False`. */
  readonly literal?: string;
  /** `approximate: 'tanh'`: the name stands for this activation only where the argument has this value. */
  readonly required?: string;
  /** Set after a bare `*`: can't be given by position. */
  readonly keywordOnly?: true;
}

export interface Signature {
  readonly symbol: string;
  readonly parameters: readonly SignatureParameter[];
}

const shape = /^([A-Za-z_][\w.]*)(?:\((.*)\))?$/s;

/** Throws on text that is no signature: the catalogue is code, and its tests parse every entry. */
export function parseSignature(text: string): Signature {
  const match = shape.exec(text.trim());
  if (!match?.[1]) throw new Error(`not a signature: ${text}`);
  const parts = (match[2] ?? "").split(",").map((part) => part.trim());
  const parameters: SignatureParameter[] = [];
  let keywordOnly = false;
  for (const part of parts) {
    // What stands before a bare `/` can't be given by name: nobody writes such calls by name anyway.
    if (part === "" || part === "/") continue;
    if (part === "*") keywordOnly = true;
    else parameters.push(parseParameter(part, parameters.length, keywordOnly, text));
  }
  return { symbol: match[1], parameters };
}

function parseParameter(
  part: string,
  position: number,
  keywordOnly: boolean,
  text: string,
): SignatureParameter {
  const match = /^([A-Za-z_]\w*)\s*(?:([=:])\s*(\S+))?$/.exec(part);
  if (!match?.[1]) throw new Error(`not a parameter: "${part}" in ${text}`);
  const [, name, sign, value] = match;
  const number = sign === "=" && value !== undefined ? parseNumber(value) : undefined;
  return {
    name,
    position,
    ...(number !== undefined && { default: number }),
    ...(sign === "=" && value !== undefined && { literal: value }),
    ...(sign === ":" && value !== undefined && { required: value }),
    ...(keywordOnly && { keywordOnly: true }),
  };
}

function parseNumber(value: string): number | undefined {
  if (/^["']zeros["']$/i.test(value)) return 0;
  const fraction = /^([^/]+)\/([^/]+)$/.exec(value);
  if (fraction?.[1] && fraction[2]) return Number(fraction[1]) / Number(fraction[2]);
  const number = Number(value);
  return Number.isNaN(number) ? undefined : number;
}
