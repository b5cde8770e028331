// `--add-ignore`: comments where they can be written, refusals with their reason elsewhere, and nothing else changed.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import path from "node:path";
import { test } from "node:test";
import type { Analyse } from "../../src/cli/files/load.ts";
import { run } from "../../src/cli/run.ts";
import { analyze, type Finding, type SourceFile } from "../../src/engine/index.ts";
import { model, notebook } from "./models.ts";
import { folder, runCli } from "./support.ts";

const COMMENT = "# activation-lens: ignore";

test("each finding gets a comment with its rule and the reason, and is gone", async (context) => {
  const text = model("net", 5);
  const root = folder(context, { "a.py": text });
  const file = path.join(root, "a.py");
  const { code, out, error } = await runCli(["check", file, "--add-ignore", "measured: fine"]);
  assert.deepEqual([code, error], [0, "activation-lens: 2 ignored in 1 file, 0 refused\n"]);
  assert.match(out, /No findings; 1 network/);
  assert.equal(
    readFileSync(file, "utf8"),
    text
      .replace("nn.ReLU(),\n)", `nn.ReLU(),  ${COMMENT}[relu-on-output] measured: fine\n)`)
      .replace("lr=5)", `lr=5)  ${COMMENT}[step-too-large] measured: fine`),
  );
  const again = await runCli(["check", file, "--add-ignore", "measured: fine"]);
  assert.deepEqual([again.code, again.error], [0, "activation-lens: 0 ignored in 0 files, 0 refused\n"]);
});

test("line ends, byte order mark, tabs and other comments stay as they are", async (context) => {
  const text = `\ufeff${model("net")}`
    .replace("nn.ReLU(),\n)", "nn.ReLU(),  # noqa \n)")
    .replaceAll("\n", "\r\n");
  const file = path.join(folder(context, { "a.py": text }), "a.py");
  await runCli(["check", file, "--add-ignore", "ok"]);
  assert.equal(readFileSync(file, "utf8"), text.replace("# noqa ", `# noqa  ${COMMENT}[relu-on-output] ok `));
});

test("a comment that is there gets the rule, and keeps its reason", async (context) => {
  const text = model("net").replace("nn.ReLU(),\n)", `nn.ReLU(),  ${COMMENT}[dying-relu] as measured\n)`);
  const file = path.join(folder(context, { "a.py": text }), "a.py");
  const { error } = await runCli(["check", file, "--add-ignore", "ok"]);
  assert.match(error, /1 ignored/);
  assert.equal(readFileSync(file, "utf8"), text.replace("[dying-relu]", "[dying-relu, relu-on-output]"));
});

/** The word `bad` anywhere is a finding, unless its line has a comment for it or the line above is one. */
function words({ path: file, text }: SourceFile) {
  const lines = text.split("\n");
  const findings = [...text.matchAll(/\bbad\b[^;)\n]*/g)].flatMap(({ index, 0: found }): Finding[] => {
    const line = text.slice(0, index).split("\n").length - 1;
    const isIgnored = [line, line - 1].some(
      (each) =>
        /ignore\[[^\]]*word/.test(lines[each] ?? "") &&
        (each === line || /^\s*(?:#|\/\/)/.test(lines[each] ?? "")),
    );
    if (isIgnored) return [];
    const span = { from: index, to: index + found.length };
    return [
      { rule: "word", severity: "warning", message: "Bad.", span, evidence: [], causes: [], fixes: [] },
    ];
  });
  return { path: file, sites: [], networks: [], findings };
}

/** The standard input of this name with comments. */
async function ignored(
  name: string,
  text: string,
  analyse: Analyse = words,
): Promise<{ after: string; error: string; code: number }> {
  let out = "";
  let error = "";
  const code = await run(
    ["check", "-", "--stdin-filename", name, "--add-ignore", "ok"],
    {
      out: async (part) => {
        out += typeof part === "string" ? part : Buffer.from(part).toString();
      },
      error: async (part) => {
        error += part;
      },
      input: async () => Buffer.from(text),
      colour: false,
      version: "1",
    },
    analyse,
  );
  return { after: out, error, code };
}

test("each language has its own comment", async () => {
  const cases: readonly (readonly [string, string, string])[] = [
    ["a.py", "bad", "bad  # activation-lens: ignore[word] ok"],
    ["a.js", "f(bad);", "f(bad); // activation-lens: ignore[word] ok"],
    ["a.ts", "f(bad, // x\n);", "f(bad, // x // activation-lens: ignore[word] ok\n);"],
    ["a.yaml", "a:\n  - bad\n", "a:\n  - bad  # activation-lens: ignore[word] ok\n"],
    ["a.jsonnet", '{ a: "bad", }', '{ a: "bad", } // activation-lens: ignore[word] ok'],
    ["a.prototxt", "layer { bad }\n", "layer { bad }  # activation-lens: ignore[word] ok\n"],
    ["a.cfg", "[net]\r\n bad\r\n", "[net]\r\n # activation-lens: ignore[word] ok\r\n bad\r\n"],
  ];
  for (const [name, before, after] of cases) {
    const result = await ignored(name, before);
    assert.equal(result.after, after, `${name}: ${result.error}`);
    assert.match(result.error, /1 ignored in 1 file, 0 refused/);
  }
});

test("where a comment would be something else it is refused, and the text stays", async () => {
  const cases: readonly (readonly [string, string, RegExp])[] = [
    ["a.json", '{"a": "bad"}', /JSON has no comments/],
    ["a.py", 'x = """\nbad\n"""', /part of a string/],
    ["a.py", "if x and \\\n  bad and \\\n  y: pass", /backslash/],
    ["a.js", "let a = `\nbad\n`;", /part of a string/],
    ["a.jsx", "const a = <div>\nbad\n</div>;", /text of an element/],
    ["a.yaml", "a: |\n  bad\n", /part of a string/],
  ];
  for (const [name, text, reason] of cases) {
    const { after, error, code } = await ignored(name, text);
    assert.match(error, reason, `${name} ${text}`);
    assert.match(error, /0 ignored in 0 files, 1 refused/);
    assert.deepEqual([after, code], [text, 1], name);
  }
});

test("behind a string or a backslash the last line of the finding will do, else the line above", async () => {
  assert.equal(
    (await ignored("a.py", "x = bad(\\\n  1)")).after,
    "# activation-lens: ignore[word] ok\nx = bad(\\\n  1)",
  );
  const like = `x = "${COMMENT}[x]"; bad`;
  assert.equal((await ignored("a.py", like)).after, `# activation-lens: ignore[word] ok\n${like}`);
});

test("a comment that changes anything else is not written, the others are", async () => {
  const text = "one = bad;\ntwo = bad;\n";
  const { after, error } = await ignored("a.py", text, (file) => {
    const analysis = words(file);
    // The first comment brings a finding of another rule.
    const more = /one.*#/.test(file.text) ? words({ ...file, text: "bad" }).findings : [];
    return {
      ...analysis,
      findings: [...analysis.findings, ...more.map((each) => ({ ...each, rule: "other" }))],
    };
  });
  assert.equal(after, "one = bad;\ntwo = bad;  # activation-lens: ignore[word] ok\n");
  assert.match(
    error,
    /a\.py:1: no comment written for word: a comment there would change more than this finding/,
  );
});

test("in a notebook the comment is in the cell, and the JSON stays as it is", async (context) => {
  const text = notebook("%matplotlib inline\nx = 1", model("net"), "print(1)");
  const file = path.join(folder(context, { "n.ipynb": text }), "n.ipynb");
  const { code, error } = await runCli(["check", file, "--add-ignore", 'so "it" is']);
  assert.deepEqual([code, error], [0, "activation-lens: 1 ignored in 1 file, 0 refused\n"]);
  const after = readFileSync(file, "utf8");
  assert.equal(
    after,
    text.replace("nn.ReLU(),\\n)", `nn.ReLU(),  ${COMMENT}[relu-on-output] so \\"it\\" is\\n)`),
  );
  const magic = path.join(
    folder(context, {
      "n.ipynb": notebook(
        model("net").replace("optimizer =", "%time optimizer =").replace("lr=0.001", "lr=5"),
      ),
    }),
    "n.ipynb",
  );
  const refused = await runCli(["check", magic, "--add-ignore", "ok"]);
  assert.match(refused.error, /cell 1:\d+: no comment written for step-too-large: the line is IPython's own/);
  assert.match(refused.error, /1 ignored in 1 file, 1 refused/);
});

test("an encoding that has no form for the reason is left alone", async (context) => {
  const text = `# -*- coding: latin-1 -*-\n# \u00e9\n${model("net")}`;
  const bytes = Buffer.from(text, "latin1");
  const file = path.join(folder(context, { "a.py": bytes }), "a.py");
  const { code, error } = await runCli(["check", file, "--add-ignore", "\u56f3"]);
  assert.equal(code, 1);
  assert.match(error, /its encoding has no form for the new text/);
  assert.deepEqual(readFileSync(file), bytes);
  await runCli(["check", file, "--add-ignore", "\u00fcber"]);
  assert.match(readFileSync(file, "latin1"), /\u00fcber/);
});

test("with --diff nothing is written, and with a baseline only what is new is ignored", async (context) => {
  const root = folder(context, { "a.py": model("net") });
  const [file, baseline] = [path.join(root, "a.py"), path.join(root, "b.json")];
  const diff = await runCli(["check", file, "--add-ignore", "ok", "--diff"]);
  assert.equal(diff.code, 1);
  assert.match(diff.out, /^\+ {4}nn\.ReLU\(\), {2}# activation-lens: ignore\[relu-on-output\] ok$/m);
  assert.equal(readFileSync(file, "utf8"), model("net"));
  await runCli(["check", file, "--write-baseline", baseline]);
  const { error } = await runCli(["check", file, "--baseline", baseline, "--add-ignore", "ok"]);
  assert.match(error, /0 ignored in 0 files, 0 refused/);
  assert.equal(readFileSync(file, "utf8"), model("net"));
});

test("a reason is needed, of one line", async () => {
  for (const reason of ["", "  ", "a\nb", "a\u2028b"])
    assert.equal((await runCli(["check", "a.py", "--add-ignore", reason])).code, 2);
});

test("the engine's own comments are what is written", async (context) => {
  // The comment silences the finding for the editor too.
  const file = path.join(folder(context, { "a.py": model("net", 5) }), "a.py");
  await runCli(["check", file, "--add-ignore", "ok"]);
  assert.deepEqual(analyze({ path: file, text: readFileSync(file, "utf8") }).findings, []);
});
