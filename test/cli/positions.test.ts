import assert from "node:assert/strict";
import { test } from "node:test";
import { lineStarts, positionAt } from "../../src/engine/positions.ts";

function at(text: string, offset: number): string {
  const { line, column } = positionAt(lineStarts(text), offset);
  return `${line}:${column}`;
}

test("an empty text has one line", () => {
  assert.deepEqual(lineStarts(""), [0]);
  assert.equal(at("", 0), "1:1");
});

for (const [name, end] of Object.entries({ "\\n": "\n", "\\r\\n": "\r\n", "\\r": "\r" })) {
  test(`a line ends at ${name}`, () => {
    const text = ["ab", "", "c"].join(end);
    assert.equal(at(text, 0), "1:1");
    assert.equal(at(text, 2), "1:3");
    assert.equal(at(text, 2 + end.length), "2:1");
    assert.equal(at(text, text.indexOf("c")), "3:1");
    assert.equal(at(text, text.length), "3:2");
  });
}

test("line ends of all kinds may be mixed, and \\n\\r is two of them", () => {
  assert.deepEqual(lineStarts("a\r\nb\rc\n\rd"), [0, 3, 5, 7, 8]);
});

test("a final line end opens an empty last line", () => {
  assert.equal(at("a\n", 2), "2:1");
});

test("form feeds and the line separators of Unicode end no line", () => {
  assert.deepEqual(lineStarts("a\fb\vc\u0085d\u2028e\u2029f"), [0]);
});

test("columns count UTF-16 units: an emoji is two, an accent one, a tab one", () => {
  const text = 'x = "\u{1f600}é\t"; y';
  assert.equal(at(text, text.indexOf("é")), "1:8");
  assert.equal(at(text, text.indexOf("y")), "1:13");
});

test("every offset of a text goes to a place that leads back to it", () => {
  const text = "a\r\nbb\n\n\rccc\r\r\nd\n";
  const starts = lineStarts(text);
  for (let offset = 0; offset <= text.length; offset++) {
    const { line, column } = positionAt(starts, offset);
    assert.equal((starts[line - 1] ?? Number.NaN) + column - 1, offset);
    assert.ok(offset < (starts[line] ?? Number.POSITIVE_INFINITY));
  }
});

test("an offset before the text counts as its beginning", () => {
  assert.equal(at("abc", -1), "1:1");
});
