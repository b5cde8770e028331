/** The JSON schema of activation-lens.json: by it editors complete and check what is written. */
import type { Rule, RuleSeverity } from "../engine/index.ts";
import { POINTLESS } from "./check.ts";
import { failures, type Kind, type Name, names, type Option, options } from "./options.ts";

type Schema = Readonly<Record<string, unknown>>;

const text: Schema = { type: "string", minLength: 1 };
const pattern: Schema = { ...text, not: { pattern: POINTLESS } };

export function schema(rules: readonly Rule[], severities: readonly RuleSeverity[]): Schema {
  const ofKind: Readonly<Record<Kind, Schema>> = {
    flag: { type: "boolean" },
    path: text,
    patterns: { type: "array", items: pattern },
    failure: { enum: failures },
    severities: table(
      rules.map(({ name, docs }) => [name, { enum: severities, markdownDescription: docs.what }]),
    ),
    thresholds: table(
      rules.flatMap(({ name, threshold }) => {
        if (!threshold) return [];
        const { minimum, maximum, meaning, default: usual } = threshold;
        return [[name, { type: "number", minimum, maximum, default: usual, markdownDescription: meaning }]];
      }),
    ),
    ignores: {
      type: "object",
      propertyNames: pattern,
      additionalProperties: { type: "array", items: { enum: rules.map(({ name }) => name) } },
    },
  };
  return {
    $schema: "http://json-schema.org/draft-07/schema#",
    title: "Activation Lens",
    description: "Configuration of Activation Lens, for the command line and the editor.",
    allowComments: true,
    allowTrailingCommas: true,
    type: "object",
    additionalProperties: false,
    properties: {
      $schema: { description: "Tells other editors which schema this file follows." },
      ...Object.fromEntries(names.map((name) => [name, described(name, ofKind)])),
    },
  };
}

function described(name: Name, ofKind: Readonly<Record<Kind, Schema>>): Schema {
  const { kind, description, example, default: usual }: Option = options[name];
  return {
    ...ofKind[kind],
    description: description.replaceAll("`", ""),
    markdownDescription: description,
    ...(usual !== undefined && { default: usual }),
    examples: [example],
  };
}

const table = (entries: readonly (readonly [string, Schema])[]): Schema => ({
  type: "object",
  additionalProperties: false,
  properties: Object.fromEntries(entries),
});
