/**
 * The batch size of a program, where all places that name one agree: `batch_size=128`, `BATCH_SIZE = 128`, and
 * `batchSize: 128` in JavaScript. The engine does not read it, since no estimate depends on it.
 */
export function batchIn(text: string): number | undefined {
  const found = [...text.matchAll(/\bbatch_?size\s*[=:]\s*(\d+)\b/gi)].map(([, digits]) => Number(digits));
  const [first] = found;
  return first !== undefined && first > 0 && found.every((one) => one === first) ? first : undefined;
}
