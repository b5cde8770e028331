/** Changes of settings in the same programs, formatted in any way. Seeded, so that a failure can be repeated. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { inspect } from "../../../src/engine/index.ts";
import { random as randomFrom } from "../../../src/lab/random.ts";
import { ask } from "./asking.ts";
import { check } from "./outcome.ts";
import { PROGRAMS } from "./programs.ts";

const ROUNDS = 8;

/** Strings, comments and single characters: what a gap may not split. */
const TOKENS =
  /"""[\s\S]*?"""|'(?:[^'\\\n]|\\.)*'|"(?:[^"\\\n]|\\.)*"|`[^`]*`|#[^\n]*|\/\/[^\n]*|[\w.]+|=>|[=!<>*+-]?=|\*\*|[\s\S]/g;

/**
 * The text with other gaps inside its brackets: spaces, tabs, line breaks and comments, another indentation there, spaces
 * about the `=` of keyword arguments, and a trailing comma.
 */
function reformatted(text: string, comment: string, random: () => number): string {
  const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)] as T;
  const isWide = random() < 0.6;
  const narrow = ["", " "];
  const wide = ["", " ", "\t", "\n", "\n        ", ` ${comment} note, with a (\n  `];
  const gap = (): string => pick(isWide ? wide : narrow);
  const open: string[] = [];
  let out = "";
  for (const [token] of text.matchAll(TOKENS)) {
    if (/^[([{]$/.test(token)) open.push(token);
    if (/^[)\]}]$/.test(token)) open.pop();
    // Blocks of JavaScript have braces too, in which a line break may end a statement.
    const isInside = open.length > 0 && (comment === "#" || open[open.length - 1] === "(");
    if (!isInside) out += token;
    else if (token === "(" || token === ",") out += token + gap();
    else if (token === "=" && comment === "#") out += pick(["=", " = ", " ="]);
    else out += token;
  }
  return out;
}

for (const [name, { path, text, kinds }] of Object.entries(PROGRAMS)) {
  if (!/\.(?:py|js|ts)$/.test(path)) continue;
  test(`${name}: the same changes in any formatting`, () => {
    const random = randomFrom(20_261_126).uniform;
    for (let round = 0; round < ROUNDS; round += 1) {
      const other = reformatted(text, path.endsWith(".py") ? "#" : "//", random);
      for (const kind of kinds) {
        const { network, fix, after } = ask({ path, text: other }, kind);
        assert.ok(fix, `no ${kind} for\n${other}`);
        const [then] = inspect({ path, text: after }).analysis.networks;
        assert.ok(then, `no network after ${kind} in\n${after}`);
        check(kind, network, then);
        const notes = (of: string): number => of.split("note, with a (").length;
        assert.equal(notes(after), notes(other), `a comment is lost or doubled: ${kind} in\n${after}`);
      }
    }
  });
}
