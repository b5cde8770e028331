/** The table of docs/frameworks/fixes.md: how often each fix is offered, and that what is offered is right. */
import { KINDS } from "./asking.ts";
import type { Result } from "./campaign.ts";
import type { Ran } from "./main.ts";

/** Of one kind of fix. */
interface Counts {
  readonly asked: number;
  readonly offered: number;
  readonly passed: number;
}

export interface Row {
  readonly kind: string;
  readonly byHand: Counts;
  readonly generated: Counts;
  readonly reasons: string;
}

export function rowsOf(results: readonly Result[]): readonly Row[] {
  return KINDS.flatMap((kind) =>
    [false, true].flatMap((isSite): readonly Row[] => {
      const own = results.filter((result) => result.kind === kind && result.isSite === isSite);
      const counts = (isGenerated: boolean) => countsOf(own.filter((one) => one.isGenerated === isGenerated));
      const name = isSite ? `${kind}, one site` : kind;
      const row = { kind: name, byHand: counts(false), generated: counts(true), reasons: reasonsOf(own) };
      return own.length > 0 ? [row] : [];
    }),
  );
}

function countsOf(results: readonly Result[]): Counts {
  const offered = results.filter(({ is }) => is !== "refused");
  return {
    asked: results.length,
    offered: offered.length,
    passed: offered.filter(({ is }) => is === "passed").length,
  };
}

/** The most frequent reasons of refusals. */
function reasonsOf(results: readonly Result[]): string {
  const counts = new Map<string, number>();
  for (const { is, words } of results) {
    const [reason] = words;
    if (is === "refused" && reason) counts.set(reason, (counts.get(reason) ?? 0) + 1);
  }
  const ordered = [...counts].sort((a, b) => b[1] - a[1]).slice(0, 2);
  return ordered.map(([reason, count]) => `${reason} (${count})`).join("; ");
}

export function summaryOf({ setup, programs, results, useless, silent }: Ran): string {
  const counts = ({ asked, offered, passed }: Counts): string =>
    [asked, offered, passed].map((count) => `${count}`.padStart(4)).join("");
  const lines = rowsOf(results).map(
    ({ kind, byHand, generated }) => `  ${kind.padEnd(24)} ${counts(byHand)}   ${counts(generated)}`,
  );
  return [
    `${setup.name}: ${programs.length} programs, ${useless.length} of no use, ${silent.length} with nothing to fix`,
    "  asked, offered, passed, written by hand and generated:",
    ...lines,
  ].join("\n");
}

/** What the table says of a framework: kept, so that campaigns may be run one after the other. */
export interface Account {
  readonly byHand: number;
  /** For all kinds of fixes, and for those that too few of them were offered. */
  readonly generated: number;
  readonly more: number;
  readonly useless: number;
  readonly silent: number;
  readonly rows: readonly Row[];
  readonly date: string;
  readonly minutes: number;
}

export function accountOf(
  { programs, results, useless, silent }: Ran,
  when: Pick<Account, "date" | "minutes">,
): Account {
  const generated = programs.filter(({ isGenerated }) => isGenerated);
  const more = generated.filter(({ kinds }) => kinds !== undefined).length;
  return {
    byHand: programs.length - generated.length,
    generated: generated.length - more,
    more,
    useless: useless.length,
    silent: silent.length,
    rows: rowsOf(results),
    ...when,
  };
}

export function reportOf(
  accounts: readonly (readonly [name: string, account: Account])[],
  versions: Readonly<Record<string, string>>,
): string {
  const parts = accounts.map(([name, account]) => {
    const { byHand, generated, more, useless, silent, rows, date, minutes } = account;
    const cells = ({ asked, offered, passed }: Counts): string => `${asked} | ${offered} | ${passed}`;
    const lines = rows.map(
      (row) => `| ${row.kind} | ${cells(row.byHand)} | ${cells(row.generated)} | ${row.reasons} |`,
    );
    const further =
      more > 0 ? `, and ${more} more for the kinds that fewer than ${generated} were offered` : "";
    const unread = useless === 0 ? "" : ` Of no use: ${useless}, whose network is not read as it runs.`;
    const unseen = silent > 0 ? ` In ${silent} nothing is read that a fix could be about.` : "";
    return [
      `## ${name}`,
      "",
      `${byHand} programs written by hand, ${generated} generated${further}.${unread}${unseen} Run on ${date} in ${Math.ceil(minutes)} min.`,
      "",
      "| Fix | by hand: asked for | offered | right | generated: asked for | offered | right | why not |",
      "| --- | ---: | ---: | ---: | ---: | ---: | ---: | --- |",
      ...lines,
      "",
    ].join("\n");
  });
  const packages = Object.entries(versions).map((entry) => entry.join(" "));
  return [
    "# Fixes, carried out",
    "",
    "Written by `npm run test:frameworks -- --only fixes --write`; not edited by hand.",
    "",
    "Programs, written by hand and generated, are run in the real frameworks before and after each fix. A fix is *right*",
    "if the program still trains, and its forward pass, its first weights and its first step differ where the fix says",
    "and nowhere else: activations are known by their values and gradients, clipping by the gradient's norm, learning",
    "rates by the length of the first step, initialisers by the spread of the weights, scaling by that of all inputs. Asked",
    "for a second time, a fix changes nothing. What is not *offered* is no fault: no edit was sure to be right.",
    "",
    "Every program is asked for each kind of fix that makes sense there. Where fewer than 100 generated ones are offered a",
    "kind, more are generated with it in mind, as raw columns for scaling, until 100 are; those that are not offered it",
    "are not run and not counted. Kinds that a framework has no way to write stay at 0.",
    "",
    `${packages.join(", ")}.`,
    "",
    ...parts,
  ].join("\n");
}
