import { analyze } from "../engine/index.ts";
import { type Console, complain, type ExitCode } from "./console.ts";
import { explained, ruleList } from "./explain.ts";
import type { Analyse } from "./files/load.ts";
import { help, parse } from "./options.ts";
import { scan } from "./scan.ts";
import { watch } from "./watch.ts";
import { clean } from "./work/cacheFolder.ts";

/** The whole command line but for the process around it. `analyse` is a parameter for the tests. */
export async function run(
  argv: readonly string[],
  console: Console,
  analyse: Analyse = analyze,
): Promise<ExitCode> {
  const invocation = parse(argv);
  switch (invocation.kind) {
    case "try": {
      // The lab, its data and its kernels are made only now: the other commands start without them.
      const { runTry } = await import("./try/try.ts");
      return runTry(invocation.argv, console);
    }
    case "clean":
      await console.out(
        clean(invocation.cache) ? `deleted ${invocation.cache}\n` : `no cache in ${invocation.cache}\n`,
      );
      return 0;
    case "help":
      await console.out(help);
      return 0;
    case "version":
      await console.out(`${console.version}\n`);
      return 0;
    case "rules":
      await console.out(ruleList());
      return 0;
    case "explain": {
      const text = explained(invocation.rule);
      if (text !== undefined) await console.out(text);
      else await complain(console, `no such rule: ${invocation.rule} (see activation-lens rules)`);
      return text === undefined ? 2 : 0;
    }
    case "misuse":
      await complain(console, `${invocation.message} (see --help)`);
      return 2;
    case "run": {
      const { options } = invocation;
      const once = () => scan(options, console, analyse);
      return options.watch ? watch(options.paths, console, once) : once();
    }
  }
}
