import assert from "node:assert/strict";
import { test } from "node:test";
import { inspect } from "../../../src/engine/index.ts";
import { ask, type Kind } from "./asking.ts";
import { generatedPrograms } from "./programs.ts";
import { topUp } from "./topUp.ts";

const first = generatedPrograms("torch", 12);
const only = (...kinds: readonly Kind[]) => topUp("torch", first, (kind) => kinds.includes(kind));

/** How many of the programs are offered a kind. */
const offered = (programs: typeof first, kind: Kind): number =>
  programs.filter((program) => {
    const { analysis, fixes } = inspect(program);
    return ask(analysis.networks, fixes).some((made) => made.change.kind === kind && made.fix);
  }).length;

test("each kind is offered in as many programs as were generated, and not in more", () => {
  for (const kind of ["zero-bias", "scale-input", "softmax", "widen"] as const) {
    const { programs, short } = only(kind);
    assert.deepEqual(short, []);
    assert.ok(programs.every(({ kinds }) => kinds?.length === 1 && kinds[0] === kind));
    assert.equal(offered(first, kind) + offered(programs, kind), first.length, kind);
  }
});

test("one program serves several kinds, and is another one than the first", () => {
  const { programs } = only("remove-activation", "softplus");
  assert.ok(programs.some(({ kinds }) => kinds?.length === 2));
  assert.equal(new Set([...first, ...programs].map(({ text }) => text)).size, first.length + programs.length);
  assert.equal(new Set(programs.map(({ path }) => path)).size, programs.length);
});

test("nothing is added where all are offered it, nor where a framework never offers it", () => {
  assert.deepEqual(only("leaky-relu", "gelu"), { programs: [], short: [] });
  const linen = generatedPrograms("linen", 8);
  assert.deepEqual(
    topUp("linen", linen, (kind) => kind === "batch-norm"),
    { programs: [], short: [] },
  );
});
