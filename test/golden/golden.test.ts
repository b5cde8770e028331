/**
 * Whole models against what is to be said of them, kept as text beside each. A changed text is read before it is
 * accepted: `RENEW=1 npm run test:unit -- golden` writes it anew.
 */
import assert from "node:assert/strict";
import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { test } from "node:test";
import { type Analysis, analyze, lineStarts, positionAt, type Span } from "../../src/engine/index.ts";

const FOLDERS = ["test/golden/models", "examples"];
const EXPECTED = "test/golden/expected";

for (const folder of FOLDERS) {
  for (const name of readdirSync(folder)) {
    test(`${folder}/${name}`, () => {
      const text = readFileSync(path.join(folder, name), "utf8");
      const said = inWords(text, analyze({ path: name, text }));
      const file = path.join(EXPECTED, `${name}.txt`);
      if (process.env.RENEW !== undefined || !existsSync(file)) {
        assert.ok(process.env.CI === undefined, `${file} is missing`);
        writeFileSync(file, said);
      }
      assert.equal(said, readFileSync(file, "utf8"));
    });
  }
}

const share = (value: number): string => value.toFixed(2);

function inWords(text: string, { sites, networks, findings, skipped }: Analysis): string {
  const starts = lineStarts(text);
  const at = ({ from }: Span): string => {
    const { line, column } = positionAt(starts, from);
    return `${line}:${column}`;
  };
  const lines: string[] = skipped === undefined ? [] : [`skipped: ${skipped}`];
  for (const site of sites) {
    const parameters = Object.entries(site.parameters).map(([name, value]) =>
      site.defaulted.includes(name) ? `${name} ${value} by default` : `${name} ${value}`,
    );
    lines.push(
      `${at(site.span)} ${[site.activation, ...parameters].join(", ")} (${site.framework} ${site.kind}, ${site.certainty})`,
    );
    for (const { title, edits } of site.fixes) {
      lines.push(`  ${title}`, ...edits.map((edit) => `    ${at(edit.span)} ${JSON.stringify(edit.text)}`));
    }
    if (site.noFix !== undefined) lines.push(`  ${site.noFix}`);
  }
  for (const { name, span, layers, risk, gaps, ...rest } of networks) {
    lines.push("", `${at(span)} network ${name}, ${rest.framework}`);
    lines.push(
      `  ${rest.optimiser.value} ${rest.learningRate.value}, ${rest.loss.value}, ${rest.input.value.scale} ${rest.input.value.data}`,
    );
    layers.forEach((layer, index) => {
      const { kind, fanIn, units, weights, bias, normalisation, site } = layer;
      const words = [
        `${kind} ${fanIn}>${units}`,
        weights.value.scheme,
        bias ? `bias ${bias.value.scheme}` : "no bias",
        normalisation && `${normalisation.kind} norm ${normalisation.place}`,
        site?.activation,
      ];
      const own = risk?.layers[index];
      const dead = own
        ? `; dead ${share(own.deadAtInit)} to ${share(own.deadAfterTraining)}, step ${share(own.stepSize)}`
        : "";
      lines.push(`  ${at(layer.span)} ${words.filter(Boolean).join(", ")}${dead}`);
    });
    if (risk) {
      lines.push(
        `  risk ${share(risk.deadAtInit)} to ${share(risk.deadAfterTraining)}, range ${risk.range.map(share).join("-")}`,
      );
      lines.push(...risk.assumptions.map((assumption) => `  assumed: ${assumption}`));
    }
    lines.push(...gaps.map((gap) => `  ${at(gap.span)} not read: ${gap.what}`));
  }
  for (const { rule, severity, message, span, fixes } of findings) {
    lines.push("", `${at(span)} ${severity} ${rule}: ${message}`, ...fixes.map(({ title }) => `  ${title}`));
  }
  return `${lines.join("\n")}\n`;
}
