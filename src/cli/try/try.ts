/** `activation-lens try`: an experiment of the lab on the network of a file. */
import { readFileSync } from "node:fs";
import { type Analysis, analyze, languageOf, type Network, type SourceFile } from "../../engine/index.ts";
import { batchIn } from "../../lab/batch.ts";
import { loadData } from "../../lab/data/shipped.ts";
import { type Experiment, type Finished, runExperiment } from "../../lab/experiment.ts";
import { fromNetwork } from "../../lab/fromNetwork.ts";
import { baselineLabel, variantsOf } from "../../lab/variants.ts";
import { type Console, complain as complainTo, type ExitCode, INTERRUPTED } from "../console.ts";
import { decode } from "../files/decode.ts";
import { codeOf } from "../files/find.ts";
import { type Places, placesOf } from "../results/places.ts";
import { firstSentence } from "../values.ts";
import { parseTry, type TryOptions, tryHelp } from "./options.ts";
import { type Subject, tryJson, tryText } from "./report.ts";

/** What cannot be trained, in one sentence. */
class Refusal extends Error {}

export async function runTry(argv: readonly string[], output: Console): Promise<ExitCode> {
  const complain = (message: string) => complainTo(output, message);
  let options: TryOptions | "help";
  try {
    options = parseTry(argv);
  } catch (error) {
    await complain(`${firstSentence(error)} (see try --help)`);
    return 2;
  }
  if (options === "help") {
    await output.out(tryHelp);
    return 0;
  }
  try {
    const subject = subjectOf(options);
    const { finished, isCut } = await perform(subject.experiment, options, output);
    const report = options.format === "json" ? tryJson : tryText;
    await output.out(report(subject, finished));
    return isCut ? INTERRUPTED : 0;
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    await complain(error.message);
    return 2;
  }
}

function subjectOf(options: TryOptions): Subject {
  const { subject, seeds, steps } = options;
  const counts = { ...(seeds !== undefined && { seeds }), ...(steps !== undefined && { steps }) };
  if (subject.kind === "preset") return { experiment: { ...subject.preset.experiment, ...counts } };
  const { network, places, text } = networkOf(subject.path, subject.line);
  const batch = options.batch ?? batchIn(text);
  const built = fromNetwork(network, {
    ...(options.data !== undefined && { data: options.data }),
    ...(batch !== undefined && { batch }),
  });
  if ("reason" in built) throw new Refusal(`${network.name} cannot be tried: ${built.reason}`);
  const { name, spec, data, scale, standardiseTargets, truncates, notes } = built;
  const variants = variantsOf(spec, options.changes, baselineLabel(spec));
  if (variants.length < 2) throw new Refusal(`none of ${options.changes.join(", ")} would change ${name}`);
  const settings = { data, scale, standardiseTargets, truncates, notes };
  return {
    file: subject.path,
    network: { name, ...places.line(network.span) },
    experiment: { title: name, variants, seeds: 5, steps: 300, ...settings, ...counts },
  };
}

interface InFile {
  readonly network: Network;
  readonly places: Places;
  readonly text: string;
}

function networkOf(path: string, line: number | undefined): InFile {
  let bytes: Uint8Array;
  try {
    bytes = readFileSync(path);
  } catch (error) {
    throw new Refusal(`${path} cannot be read (${codeOf(error)})`);
  }
  const decoded = decode(bytes);
  if ("reason" in decoded) throw new Refusal(`${path} cannot be read: ${decoded.reason}`);
  const language = languageOf(path) ?? "python";
  const source: SourceFile = { path, text: decoded.text, language };
  const analysis: Analysis = analyze(source);
  const places = placesOf(decoded.text, analysis.notebook);
  const lineOf = (network: Network) => places.line(network.span).line;
  const candidates = analysis.networks.filter((network) => line === undefined || lineOf(network) === line);
  const [first, ...others] = candidates;
  const lines = analysis.networks.map((network) => `${network.name} (line ${lineOf(network)})`).join(", ");
  if (analysis.networks.length === 0) throw new Refusal(`no network was read in ${path}`);
  if (!first) throw new Refusal(`no network at line ${line} of ${path}: there are ${lines}`);
  if (others.length > 0)
    throw new Refusal(`${path} has several networks, choose one with --network: ${lines}`);
  return { network: first, places, text: decoded.text };
}

/** Between two looks at whether it was interrupted. */
const ASK_MS = 200;

async function perform(experiment: Experiment, options: TryOptions, output: Console) {
  const finished: Finished[] = [];
  await output.isInterrupted?.();
  let asked = performance.now();
  for (const event of runExperiment(experiment, await loadData(experiment.data))) {
    if (event.type !== "finished") {
      // A run may be long: whoever waits for its end with Ctrl+C should not wait.
      if (performance.now() - asked < ASK_MS) continue;
      if (await output.isInterrupted?.()) return { finished, isCut: true };
      asked = performance.now();
      continue;
    }
    finished.push(event);
    const isSeedDone = event.variant === experiment.variants.length - 1;
    if (isSeedDone && output.colour && options.format === "text") {
      await output.error(`seed ${event.seed + 1} of ${experiment.seeds}\n`);
    }
    if (await output.isInterrupted?.()) return { finished, isCut: true };
  }
  return { finished, isCut: false };
}
