/** What SARIF says of the rules: the text of their own files. */
import { type Rule, rules } from "../../engine/index.ts";

const indices = new Map(rules.map(({ name }, index) => [name, index]));

/** -1, SARIF's word for none, where it is not one of the list. */
export const ruleIndex = (name: string): number => indices.get(name) ?? -1;

export const sarifRules = () => rules.map(descriptor);

function descriptor({ name, title, docs }: Rule) {
  const source = docs.references.find(({ url }) => url !== undefined)?.url;
  return {
    id: name,
    name: name.replace(/(?:^|-)(.)/g, (_, letter: string) => letter.toUpperCase()),
    shortDescription: { text: sentence(title) },
    fullDescription: { text: docs.what },
    help: {
      text: `${docs.what}\n\n${docs.why}\n\nWhat to do: ${docs.whatToDo}\n\nKnown limits: ${docs.limits}`,
      markdown: markdownOf(docs),
    },
    // The first source that the rule rests on: its own page comes with the package, not from an address.
    ...(source !== undefined && { helpUri: source }),
    defaultConfiguration: { level: "warning" },
    properties: { tags: ["neural-networks"], precision: "medium", "problem.severity": "warning" },
  };
}

function markdownOf({ what, why, whatToDo, limits, references }: Rule["docs"]): string {
  const list = references.map((each) => `- ${each.url ? `[${each.title}](${each.url})` : each.title}`);
  return [
    what,
    `**Why it matters.** ${why}`,
    `**What to do.** ${whatToDo}`,
    `**Known limits.** ${limits}`,
    `**References**\n\n${list.join("\n")}`,
  ].join("\n\n");
}

const sentence = (text: string): string =>
  `${text.charAt(0).toUpperCase()}${text.slice(1)}${text.endsWith(".") ? "" : "."}`;
