/** The table of docs/frameworks/fixes.md: how often each fix is offered, and that what is offered is right. */
import type { Kind } from "./asking.ts";
import type { Result } from "./campaign.ts";
import type { Ran } from "./main.ts";

const KINDS: readonly Kind[] = [
  "leaky-relu",
  "prelu",
  "elu",
  "gelu",
  "silu",
  "remove-activation",
  "softmax",
  "sigmoid",
  "softplus",
  "learning-rate",
  "clip-gradients",
  "initialiser",
  "zero-bias",
  "batch-norm",
  "scale-input",
  "widen",
];

export interface Row {
  readonly kind: string;
  readonly asked: number;
  readonly offered: number;
  readonly passed: number;
  readonly reasons: string;
}

export function rowsOf(results: readonly Result[]): readonly Row[] {
  const rows = KINDS.flatMap((kind) => {
    const own = results.filter((result) => result.kind === kind);
    return [
      row(
        kind,
        own.filter(({ isSite }) => !isSite),
      ),
      row(
        `${kind}, one site`,
        own.filter(({ isSite }) => isSite),
      ),
    ];
  });
  return rows.filter(({ asked }) => asked > 0);
}

function row(kind: string, results: readonly Result[]): Row {
  const offered = results.filter(({ is }) => is !== "refused");
  return {
    kind,
    asked: results.length,
    offered: offered.length,
    passed: offered.filter(({ is }) => is === "passed").length,
    reasons: reasonsOf(results),
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
  const lines = rowsOf(results).map(
    ({ kind, asked, offered, passed }) =>
      `  ${kind.padEnd(24)} asked ${`${asked}`.padStart(4)}, offered ${`${offered}`.padStart(4)}, passed ${`${passed}`.padStart(4)}`,
  );
  return [
    `${setup.name}: ${programs} programs, ${useless.length} of no use, ${silent.length} with nothing to fix`,
    ...lines,
  ].join("\n");
}

/** What the table says of a framework: kept, so that campaigns may be run one after the other. */
export interface Account {
  readonly programs: number;
  readonly generated: number;
  readonly useless: number;
  readonly silent: number;
  readonly rows: readonly Row[];
  readonly date: string;
  readonly minutes: number;
}

export const accountOf = (
  { programs, results, useless, silent }: Ran,
  more: Pick<Account, "generated" | "date" | "minutes">,
): Account => ({ programs, useless: useless.length, silent: silent.length, rows: rowsOf(results), ...more });

export function reportOf(
  accounts: readonly (readonly [name: string, account: Account])[],
  versions: Readonly<Record<string, string>>,
): string {
  const parts = accounts.map(([name, { programs, generated, useless, silent, rows, date, minutes }]) => {
    const lines = rows.map(
      ({ kind, asked, offered, passed, reasons }) =>
        `| ${kind} | ${asked} | ${offered} | ${passed} | ${asked - offered} | ${reasons} |`,
    );
    const unread = useless === 0 ? "" : ` Of no use: ${useless}, whose network is not read as it runs.`;
    const unseen = silent > 0 ? ` In ${silent} nothing is read that a fix could be about.` : "";
    return [
      `## ${name}`,
      "",
      `${programs} programs, ${generated} of them generated.${unread}${unseen} Run on ${date} in ${Math.ceil(minutes)} min.`,
      "",
      "| Fix | asked for | offered | right | refused | why |",
      "| --- | ---: | ---: | ---: | ---: | --- |",
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
    `${packages.join(", ")}.`,
    "",
    ...parts,
  ].join("\n");
}
