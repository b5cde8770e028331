/** What somebody may have meant: the known name with the fewest letters wrong, if it is not a quite different one. */
export function nearest(written: string, known: readonly string[]): string | undefined {
  const plain = written.toLowerCase().replaceAll("_", "-");
  const [best] = known
    .map((name) => ({ name, distance: distance(plain, name) }))
    .sort((a, b) => a.distance - b.distance);
  return best && best.distance <= Math.max(1, Math.floor(best.name.length / 3)) ? best.name : undefined;
}

/** ` (did you mean "exclude"?)`, or nothing. */
export function didYouMean(written: string, known: readonly string[]): string {
  const meant = nearest(written, known);
  return meant === undefined ? "" : ` (did you mean "${meant}"?)`;
}

/** Levenshtein's: letters to insert, delete or replace. Names are short, whatever is written is cut. */
function distance(from: string, to: string): number {
  const a = from.slice(0, 64);
  let row = Array.from({ length: to.length + 1 }, (_, at) => at);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= to.length; j++) {
      const replaced = (row[j - 1] ?? 0) + (a[i - 1] === to[j - 1] ? 0 : 1);
      next.push(Math.min(replaced, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1));
    }
    row = next;
  }
  return row[to.length] ?? 0;
}
