import { parseArgs } from "node:util";
import path from "node:path";
import { mkdirSync, writeFileSync } from "node:fs";
import { runPrograms } from "../test/frameworks/fixes/campaign.ts";
import { commandOf, setups } from "../test/frameworks/fixes/setups.ts";
import { generatedPrograms, handwritten } from "../test/frameworks/fixes/programs.ts";
import { startRunner } from "../test/frameworks/fixes/runners.ts";

const { values: o } = parseArgs({ options: { family: { type: "string", multiple: true }, count: { type: "string" }, kind: { type: "string", multiple: true }, part: { type: "string" }, out: { type: "string" } } });
for (const setup of setups.filter((f) => !o.family || o.family.some((x) => f.name.includes(x)))) {
  const family = setup.family;
  const runner = startRunner(commandOf(setup, process.env.ACTIVATION_LENS_PYTHON ?? "python3"));
  const start = Date.now();
  const programs = [...handwritten(family), ...generatedPrograms(family, Number(o.count ?? 100))].filter((p) => !o.part || p.path.includes(o.part));
  const table = new Map<string, Record<string, number>>();
  const failures: string[] = [];
  const { useless } = await runPrograms(programs, runner, (k) => !o.kind || o.kind.includes(k), (r) => {
    const key = r.kind + (r.isSite ? " (site)" : "");
    const row = table.get(key) ?? { passed: 0, failed: 0, refused: 0 };
    row[r.is]!++;
    table.set(key, row);
    if (r.is === "failed") {
      failures.push(`${r.program} ${key}: ${r.words.join("; ")}`);
      if (o.out) { mkdirSync(o.out, { recursive: true }); writeFileSync(path.join(o.out, `${r.program.replace(/\W/g, "_")}_${r.kind}.txt`), `${r.words.join("\n")}\n--- before\n${r.before}\n--- after\n${r.after}`); }
    }
  });
  runner.stop();
  for (const [p, w] of useless) console.log("USELESS", p, w.slice(0, 600));
  for (const f of failures) console.log("FAIL", f.slice(0, 300));
  console.log(setup.name, programs.length, "programs", useless.length, "useless", (Date.now() - start) / 1000, "s");
  console.table(Object.fromEntries(table));
}
