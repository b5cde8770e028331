import assert from "node:assert/strict";
import { test } from "node:test";
import { composed, moved } from "../../src/engine/fixes/apply/edits.ts";
import { applyEdits, applyFixes, type Edit, type Fix, mergeFixes, reversed } from "../../src/engine/index.ts";
import { randomNumbers } from "../random.ts";

const edit = (from: number, to: number, text: string): Edit => ({ span: { from, to }, text });
const fix = (...edits: Edit[]): Fix => ({ title: "t", kind: "leaky-relu", applicability: "safe", edits });
const reasons = (...fixes: Fix[]): string[] => mergeFixes(fixes, 100).refused.map(({ reason }) => reason);
const TOUCHES = "it touches the code of another fix";

const LETTERS = ["a", "b", "\r\n", "\r", "\n", "\u{1f600}", "é", "(", " "];
const textOf = (random: (below: number) => number, length: number): string =>
  Array.from({ length }, () => LETTERS[random(LETTERS.length)]).join("");

/** Edits with at least one character between them. */
function editsOf(text: string, random: (below: number) => number): Edit[] {
  const edits: Edit[] = [];
  for (let at = random(4); at < text.length; ) {
    const to = Math.min(text.length, at + random(4));
    edits.push(edit(at, to, textOf(random, random(4))));
    at = to + 1 + random(5);
  }
  return edits;
}

test("random edits: any order of the fixes gives the same text, undo restores it, and the pieces between stay", () => {
  for (let seed = 0; seed < 300; seed++) {
    const random = randomNumbers(seed);
    const text = textOf(random, 5 + random(40));
    const fixes = editsOf(text, random).map((one) => fix(one));
    const made = applyFixes(text, fixes);
    assert.deepEqual(made.refused, [], `${seed}`);
    const shuffled = [...fixes].sort(() => random(3) - 1);
    assert.equal(applyFixes(text, shuffled).text, made.text, `${seed}`);
    assert.equal(applyEdits(made.text, reversed(text, made.edits)), text, `${seed}`);
    // One after the other from the end, as by hand.
    const byHand = [...made.edits]
      .reverse()
      .reduce((left, { span, text: to }) => left.slice(0, span.from) + to + left.slice(span.to), text);
    assert.equal(byHand, made.text, `${seed}`);
  }
});

test("two sets of edits are one: the same text, the same undo", () => {
  for (let seed = 0; seed < 300; seed++) {
    const random = randomNumbers(seed);
    const text = textOf(random, 5 + random(40));
    const first = editsOf(text, random);
    const middle = applyEdits(text, first);
    const second = editsOf(middle, random);
    const once = composed(first, second, text.length);
    assert.equal(applyEdits(text, once), applyEdits(middle, second), `${seed}`);
    once.forEach(({ span }, at) => {
      assert.ok(span.from >= (once[at - 1]?.span.to ?? 0), `${seed}: out of order`);
    });
  }
});

test("a span that no edit touches keeps its text where it is moved to", () => {
  for (let seed = 0; seed < 300; seed++) {
    const random = randomNumbers(seed);
    const text = textOf(random, 20 + random(40));
    const edits = editsOf(text, random);
    const made = applyEdits(text, edits);
    edits.slice(1).forEach(({ span: { from } }, at) => {
      const between = { from: edits[at]?.span.to ?? 0, to: from };
      const now = moved(between, edits);
      assert.equal(made.slice(now.from, now.to), text.slice(between.from, between.to), `${seed}`);
    });
  }
});

test("a span around edits grows with them", () => {
  assert.deepEqual(moved({ from: 2, to: 8 }, [edit(4, 5, "abc")]), { from: 2, to: 10 });
  assert.deepEqual(moved({ from: 2, to: 8 }, [edit(1, 3, ""), edit(7, 9, "x")]), { from: 1, to: 6 });
  assert.deepEqual(moved({ from: 2, to: 8 }, [edit(0, 20, "")]), { from: 0, to: 0 });
});

test("an import that two fixes ask for is made once, two imports at one place in one order", () => {
  const [a, b] = ["from a import a\n", "from b import b\n"];
  const use = (at: number, line: string) => fix(edit(0, 0, line), edit(at, at + 1, "X"));
  const text = "import x\n0123456789";
  assert.equal(applyFixes(text, [use(9, a), use(12, a)]).text, `${a}import x\nX12X456789`);
  for (const fixes of [
    [use(9, b), use(12, a)],
    [use(12, a), use(9, b)],
  ])
    assert.equal(applyFixes(text, fixes).text, `${a}${b}import x\nX12X456789`);
});

test("names join one list, and arguments of different names one call; not two values of one argument", () => {
  const at = (text: string) => fix(edit(4, 4, text));
  assert.deepEqual(
    applyFixes("f(a)", [fix(edit(3, 3, ", lr=1")), fix(edit(3, 3, ", bias=False"))]).text,
    "f(a, bias=False, lr=1)",
  );
  assert.deepEqual(reasons(at(", LeakyReLU"), at(",\n    PReLU")), []);
  assert.deepEqual(reasons(at(", lr=1"), at(", lr=2")), [TOUCHES]);
  assert.deepEqual(reasons(at(", lr=1"), at(", x")), [TOUCHES]);
  assert.deepEqual(reasons(at("("), at("(")).length, 0, "the very same fix");
});

test("equal insertions of different fixes are both needed where they open a bracket, so the second one waits", () => {
  const inner = fix(edit(0, 0, "f("), edit(1, 8, ", s)"));
  const outer = fix(edit(0, 0, "f("), edit(8, 15, ", s)"));
  assert.deepEqual(reasons(inner, outer), [TOUCHES]);
});

test("what overlaps or touches is refused whole; so is what was made for another text", () => {
  assert.deepEqual(reasons(fix(edit(3, 5, "")), fix(edit(0, 0, "import y\n"), edit(4, 8, ""))), [TOUCHES]);
  assert.deepEqual(reasons(fix(edit(3, 5, "")), fix(edit(5, 8, ""))), [TOUCHES]);
  assert.deepEqual(
    reasons(fix(edit(3, 5, "a")), fix(edit(3, 5, "a"), edit(9, 9, "b"))),
    [],
    "the same change",
  );
  assert.deepEqual(reasons(fix(edit(3, 5, ""), edit(4, 6, ""))), ["its own edits overlap"]);
  assert.deepEqual(reasons(fix(edit(90, 101, ""))), ["it was computed for another text"]);
  const { edits, applied } = mergeFixes([
    fix(edit(3, 5, "a")),
    fix(edit(0, 0, "import y\n"), edit(4, 8, "")),
  ]);
  assert.deepEqual([edits, applied.length], [[edit(3, 5, "a")], 1]);
});

test("an import that one fix asks for twice is made once, its other insertions stay in their order", () => {
  const twice = fix(edit(0, 0, "import y\n"), edit(0, 0, "import y\n"), edit(5, 5, "("), edit(5, 5, "["));
  assert.equal(applyFixes("0123456", [twice]).text, "import y\n01234([56");
});
