/** What the command line tells of the rules: the text of their own files. */
import { type Rule, rules, type Threshold } from "../engine/index.ts";

const WIDTH = 96;

/** A line for each rule. */
export function ruleList(): string {
  const longest = Math.max(...rules.map(({ name }) => name.length));
  return rules.map(({ name, title }) => `${name.padEnd(longest)}  ${title}\n`).join("");
}

/** All that a rule's file says; undefined where there is no such rule. */
export function explained(name: string): string | undefined {
  const rule = rules.find((each) => each.name === name);
  return rule && textOf(rule);
}

function textOf({ name, title, docs, examples, threshold }: Rule): string {
  const parts = [
    `${name}: ${title}`,
    wrapped(docs.what),
    `Why\n${wrapped(docs.why)}`,
    `What to do\n${wrapped(docs.whatToDo)}`,
    `Known limits\n${wrapped(docs.limits)}`,
    ...(threshold ? [`Threshold\n${wrapped(thresholdWords(threshold))}`] : []),
    ...examples.bad.map(({ code, line }) => `Found, on line ${line}\n\n${indented(code)}`),
    ...examples.good.map(({ code }) => `Not found\n\n${indented(code)}`),
    `References\n${docs.references.map((each) => `${each.title}${each.url ? `\n  ${each.url}` : ""}`).join("\n")}`,
    `To silence it where it stands: # activation-lens: ignore[${name}] reason`,
    ...(threshold ? [`To move its threshold: --threshold ${name}=${threshold.default}`] : []),
  ];
  return `${parts.join("\n\n")}\n`;
}

const thresholdWords = ({ meaning, default: usual, minimum, maximum, source }: Threshold): string =>
  `${meaning} Default ${usual}, from ${minimum} to ${maximum}. ${source}`;

const indented = (code: string): string => code.trimEnd().replaceAll(/^(?=.)/gm, "    ");

/** Lines of words, none longer than a terminal. */
function wrapped(text: string): string {
  const lines: string[] = [];
  for (const word of text.split(" ")) {
    const last = lines.at(-1);
    if (last !== undefined && last.length + word.length < WIDTH) lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(word);
  }
  return lines.join("\n");
}
