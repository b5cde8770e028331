import assert from "node:assert/strict";
import { test } from "node:test";
import { decode } from "../../src/cli/files/decode.ts";

const bytes = (text: string, encoding: BufferEncoding = "utf8") => Buffer.from(text, encoding);

test("UTF-8 is read as it is", () => {
  assert.deepEqual(decode(bytes('x = "é\u{1f600}"')), { text: 'x = "é\u{1f600}"' });
  assert.deepEqual(decode(bytes("")), { text: "" });
});

test("a byte order mark is no character", () => {
  assert.deepEqual(decode(bytes("\uFEFFimport torch")), { text: "import torch" });
});

test("a byte order mark wins over a declaration", () => {
  assert.deepEqual(decode(bytes("\uFEFF# coding: latin-1\né")), { text: "# coding: latin-1\né" });
});

for (const name of ["latin-1", "latin1", "Latin_1", "iso-8859-1", "ISO8859-1"]) {
  test(`the declaration of ${name} is followed`, () => {
    const text = `# -*- coding: ${name} -*-\nname = "é\u0085"`;
    assert.deepEqual(decode(bytes(text, "latin1")), { text });
  });
}

test("a declaration may stand on the second line, after a comment or nothing", () => {
  for (const first of ["#!/usr/bin/env python", "", "  # a note"]) {
    const text = `${first}\r\n# vim: set fileencoding=latin-1 :\r\nname = "é"`;
    assert.deepEqual(decode(bytes(text, "latin1")), { text });
  }
});

test("a declaration after code, in code or on the third line counts for nothing", () => {
  for (const head of ["x = 1\n# coding: latin-1", 'x = "# coding: latin-1"\n', "\n\n# coding: latin-1"]) {
    assert.deepEqual(decode(bytes(`${head}\né`)), { text: `${head}\né` });
  }
});

test("encodings that the platform knows are decoded, others are named", () => {
  const text = "# coding: cp1251\n# ";
  assert.deepEqual(decode(Buffer.concat([bytes(text), Buffer.from([0xcf])])), { text: `${text}П` });
  assert.deepEqual(decode(bytes("# coding: klingon\n")), { reason: 'unknown encoding "klingon"' });
  assert.deepEqual(decode(bytes("# coding: utf-8-unix\nx")), { text: "# coding: utf-8-unix\nx" });
});

test("a stray byte of another encoding spoils one character, not the file", () => {
  const text = "# caf\xe9\nact = nn.ReLU()\n";
  assert.deepEqual(decode(bytes(text, "latin1")), { text: text.replace("\xe9", "\uFFFD") });
});

test("NUL bytes and heaps of invalid ones are a binary file", () => {
  assert.deepEqual(decode(bytes("import torch\0")), { reason: "binary file" });
  assert.deepEqual(decode(Buffer.alloc(100, 0xfe)), { reason: "binary file" });
  assert.deepEqual(decode(bytes("import torch", "utf16le")), { reason: "binary file" });
});
