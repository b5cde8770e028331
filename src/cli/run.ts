import { init } from "./configuration/init.ts";
import { type Prepared, prepare } from "./configuration/prepare.ts";
import { type Console, complain, type ExitCode } from "./console.ts";
import { explained, ruleList } from "./explain.ts";
import type { Analyse } from "./files/load.ts";
import { intoFile } from "./files/output.ts";
import { help, type Options, parse } from "./options.ts";
import { scan } from "./scan.ts";
import { watch } from "./watch.ts";
import { clean } from "./work/cacheFolder.ts";
import { analyserOf } from "./work/outcome.ts";

/** The whole command line but for the process around it. `analyse` is a parameter for the tests. */
export async function run(argv: readonly string[], console: Console, analyse?: Analyse): Promise<ExitCode> {
  const invocation = parse(argv);
  switch (invocation.kind) {
    case "try": {
      // The lab, its data and its kernels are made only now: the other commands start without them.
      const { runTry } = await import("./try/try.ts");
      return runTry(invocation.argv, console);
    }
    case "merge": {
      const { runMerge } = await import("./merge/merge.ts");
      return runMerge(invocation.argv, console);
    }
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
    case "completion": {
      const { completionFor } = await import("./completion/index.ts");
      await console.out(completionFor(invocation.shell));
      return 0;
    }
    case "misuse":
      await complain(console, `${invocation.message} (see --help)`);
      return 2;
    case "init":
      return init(invocation.inPyproject, console);
    case "clean": {
      const { cacheFolder } = invocation;
      await console.out(clean(cacheFolder) ? `deleted ${cacheFolder}\n` : `no cache in ${cacheFolder}\n`);
      return 0;
    }
    case "run": {
      const { options } = invocation;
      const once = () => prepareAndScan(options, console, analyse ?? analyserOf(options.command));
      return options.watch ? watch(options.paths, console, once, options.cacheFolder) : once();
    }
  }
}

async function prepareAndScan(given: Options, console: Console, analyse: Analyse): Promise<ExitCode> {
  let prepared: Prepared;
  try {
    prepared = await prepare(given, console);
  } catch (error) {
    const problems = error instanceof Error ? error.message : String(error);
    for (const problem of problems.split("\n")) await complain(console, problem);
    return 2;
  }
  const { options, search } = prepared;
  return intoFile(options.outputFile, console, (output) => scan(options, output, analyse, search));
}
