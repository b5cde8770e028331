// The detector against a second opinion (oracle.py, on CPython's ast) on the files of installed Python packages.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { test } from "node:test";
import { activations } from "../../src/engine/activations/index.ts";
import { parseSignature } from "../../src/engine/activations/signature.ts";
import { analyze, lineStarts, positionAt, type Site } from "../../src/engine/index.ts";
import { explained } from "./explained.ts";

interface Opinion {
  readonly package: string;
  readonly file: string;
  /** Line and column (1-based, UTF-16), and the qualified name. */
  readonly found: readonly (readonly [line: number, column: number, symbol: string])[];
}

/** What each symbol of the catalogue may be; an argument decides between some (`gelu`). */
const meanings = new Map<string, Set<string>>();
for (const { id, names } of activations) {
  for (const framework of ["pytorch", "keras", "tensorflow", "jax", "flax"] as const) {
    for (const text of [...(names[framework]?.layers ?? []), ...(names[framework]?.functions ?? [])]) {
      const { symbol } = parseSignature(text);
      meanings.set(symbol, (meanings.get(symbol) ?? new Set()).add(id));
    }
  }
}

/** Opinions on the packages that some Python at hand has; none where there is no such Python. */
function opinions(): readonly Opinion[] {
  const folder = mkdtempSync(path.join(tmpdir(), "activation-lens-"));
  try {
    const symbols = path.join(folder, "symbols.json");
    writeFileSync(
      symbols,
      JSON.stringify(Object.fromEntries([...meanings.keys()].map((name) => [name, true]))),
    );
    const python = process.env.ACTIVATION_LENS_PYTHON ?? "python3";
    const packages = (process.env.ACTIVATION_LENS_PACKAGES ?? "").split(",").filter((name) => name !== "");
    const output = execFileSync(python, ["test/differential/oracle.py", symbols, ...packages], {
      encoding: "utf8",
      maxBuffer: 2 ** 28,
      stdio: ["ignore", "pipe", "inherit"],
    });
    return output
      .split("\n")
      .filter((line) => line !== "")
      .map((line) => JSON.parse(line) as Opinion);
  } catch (error) {
    // No such Python is no failure; an oracle that breaks is one.
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return [];
    throw error;
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** What the oracle can see: names that were proved, and not by way of an object. */
function isComparable(site: Site, text: string): boolean {
  if (!["class_call", "func_call", "reference", "partial"].includes(site.kind)) return false;
  return (
    site.certainty === "certain" && meanings.has(site.symbol) && !/^(?:self|cls)\b/.test(textOf(site, text))
  );
}

const textOf = ({ span }: Site, text: string): string => text.slice(span.from, span.to);

/** Sites that only one of the two has, as `line:column symbol`, or that they name differently. */
function differences({ file, found }: Opinion): {
  readonly agreed: number;
  readonly differing: readonly string[];
} {
  const text = readFileSync(file, "utf8");
  const analysis = analyze({ path: file, text });
  if (analysis.skipped !== undefined) return { agreed: 0, differing: [] };
  const starts = lineStarts(text);
  const ours = new Map<string, string>();
  for (const site of analysis.sites) {
    if (!isComparable(site, text)) continue;
    const { line, column } = positionAt(starts, site.span.from);
    ours.set(`${line}:${column}`, site.activation);
  }
  const differing: string[] = [];
  let agreed = 0;
  for (const [line, column, symbol] of found) {
    const place = `${line}:${column}`;
    const mine = ours.get(place);
    if (mine !== undefined && meanings.get(symbol)?.has(mine)) agreed += 1;
    else differing.push(`missed ${place} ${symbol} ${mine ?? ""}`);
    ours.delete(place);
  }
  for (const [place, activation] of ours) differing.push(`alone ${place} ${activation}`);
  return { agreed, differing };
}

const all = opinions();

test("the detector and CPython's ast agree on installed packages", {
  skip:
    all.length === 0 &&
    "no Python with timm, torchvision, keras or flax: set ACTIVATION_LENS_PYTHON to one that has some",
}, () => {
  const agreed = new Map<string, number>();
  const unexplained: string[] = [];
  let known = 0;
  for (const opinion of all) {
    const result = differences(opinion);
    agreed.set(opinion.package, (agreed.get(opinion.package) ?? 0) + result.agreed);
    const file = opinion.file.replaceAll("\\", "/");
    for (const difference of result.differing) {
      if (
        explained.some(
          ({ path: part, difference: pattern }) => file.includes(part) && pattern.test(difference),
        )
      )
        known += 1;
      else unexplained.push(`${file} ${difference}`);
    }
  }
  const total = [...agreed.values()].reduce((sum, count) => sum + count, 0);
  console.log(
    `${all.length} files: ${total} places agreed (${[...agreed].map((entry) => entry.join(" ")).join(", ")}), ${known} differences explained`,
  );
  assert.deepEqual(unexplained, []);
});
