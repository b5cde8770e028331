import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { test } from "node:test";
import { ruleSeverities, rules } from "../../src/engine/index.ts";
import { commands, contextKeys, internalCommands, viewIds } from "../../src/host/commandIds.ts";
import { defaults, lensedActivations, section } from "../../src/host/settingIds.ts";

interface Property {
  readonly default: unknown;
  readonly scope?: string;
  readonly markdownDescription?: string;
  readonly enum?: readonly string[];
  readonly enumDescriptions?: readonly string[];
  readonly properties?: Readonly<Record<string, Property>>;
  readonly type?: string;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly description?: string;
}
interface Entry {
  readonly command: string;
  readonly alt?: string;
  readonly when?: string;
  readonly title?: string;
  readonly category?: string;
}
interface Manifest {
  readonly activationEvents: readonly string[];
  readonly capabilities: {
    readonly untrustedWorkspaces: { readonly supported: boolean };
    readonly virtualWorkspaces: boolean;
  };
  readonly contributes: {
    readonly commands: readonly Entry[];
    readonly menus: Readonly<Record<string, readonly Entry[]>>;
    readonly keybindings: readonly Entry[];
    readonly views: Readonly<Record<string, readonly { readonly id: string }[]>>;
    readonly viewsWelcome: readonly { readonly view: string; readonly contents: string }[];
    readonly configuration: { readonly properties: Readonly<Record<string, Property>> };
  };
}

const manifest = JSON.parse(readFileSync("package.json", "utf8")) as Manifest;
const { contributes } = manifest;
const declared: readonly string[] = Object.values(commands);
const properties = contributes.configuration.properties;

/** Every TypeScript source below a folder as one text each. */
function sources(folder: string): readonly string[] {
  return readdirSync(folder, { recursive: true })
    .map(String)
    .filter((file) => file.endsWith(".ts"))
    .map((file) => readFileSync(path.join(folder, file), "utf8"));
}

test("the manifest and the code know the same commands", () => {
  assert.deepEqual(contributes.commands.map(({ command }) => command).sort(), [...declared].sort());
});

test("every command has a title in the palette under the product's name", () => {
  for (const { command, title, category } of contributes.commands) {
    assert.ok(title, command);
    assert.equal(category, "Activation Lens", command);
  }
});

test("menus and keybindings name commands that exist, each with a condition", () => {
  for (const entry of [...Object.values(contributes.menus).flat(), ...contributes.keybindings]) {
    assert.ok(declared.includes(entry.command), entry.command);
    if (entry.alt) assert.ok(declared.includes(entry.alt), entry.alt);
    assert.ok(entry.when, `${entry.command} would show everywhere`);
  }
});

test("context keys in conditions are ones that the code sets", () => {
  const entries = [...Object.values(contributes.menus).flat(), ...contributes.keybindings];
  const known: readonly string[] = [...Object.values(contextKeys), ...Object.values(viewIds)];
  for (const key of entries.flatMap(({ when }) => when?.match(/activationLens\.\w+/g) ?? [])) {
    assert.ok(known.includes(key), key);
  }
});

test("the manifest and the code know the same views, each with words for when it is empty", () => {
  const views = Object.values(contributes.views).flatMap((list) => list.map(({ id }) => id));
  assert.deepEqual(views, Object.values(viewIds));
  for (const id of views)
    assert.ok(
      contributes.viewsWelcome.some(({ view }) => view === id),
      id,
    );
  for (const { contents } of contributes.viewsWelcome) {
    for (const [, id] of contents.matchAll(/\(command:(activationLens\.\w+)/g))
      assert.ok(declared.includes(id ?? ""), id);
  }
});

test("internal commands stay out of the manifest", () => {
  const text = JSON.stringify(manifest);
  for (const command of Object.values(internalCommands)) assert.ok(!text.includes(command), command);
});

test("the code spells no command id out by hand but in its list", () => {
  const ids = [...declared, ...Object.values(internalCommands)];
  for (const text of sources("src/host")) {
    if (text.includes("export const internalCommands")) continue;
    for (const id of ids) assert.ok(!text.includes(`"${id}"`), `"${id}" belongs into commandIds.ts`);
  }
});

test("the manifest and the code know the same settings with the same defaults", () => {
  const expected = Object.fromEntries(
    Object.entries(defaults).map(([name, value]) => [`${section}.${name}`, value]),
  );
  const actual = Object.fromEntries(
    Object.entries(properties).map(([name, { default: value }]) => [name, value]),
  );
  assert.deepEqual(actual, expected);
});

test("every setting can differ by folder or language and is described", () => {
  for (const [name, property] of Object.entries(properties)) {
    assert.ok(["resource", "language-overridable"].includes(property.scope ?? ""), name);
    assert.ok((property.markdownDescription ?? "").length > 20, name);
    if (property.enum) assert.equal(property.enum.length, property.enumDescriptions?.length, name);
  }
});

test("links between settings lead somewhere", () => {
  for (const [name, { markdownDescription }] of Object.entries(properties)) {
    for (const [, target] of (markdownDescription ?? "").matchAll(/`#([\w.]+)#`/g)) {
      assert.ok(target && target in properties, `${name} refers to ${target}`);
    }
  }
});

test("choices are the ones that the code accepts", () => {
  assert.deepEqual(properties["activationLens.codeLens.activations"]?.enum, lensedActivations);
  for (const rule of Object.values(properties["activationLens.rules"]?.properties ?? {})) {
    assert.deepEqual(rule.enum, ruleSeverities);
  }
});

test("the thresholds of the manifest are those of the rules, in their words", () => {
  const { properties: declared = {} } = properties["activationLens.thresholds"] ?? { default: {} };
  const own = rules.flatMap(({ name, threshold }) => (threshold ? [[name, threshold] as const] : []));
  assert.ok(own.length > 0);
  assert.deepEqual(Object.keys(declared).sort(), own.map(([name]) => name).sort());
  for (const [name, { default: usual, minimum, maximum, meaning }] of own)
    assert.deepEqual(declared[name], {
      type: "number",
      default: usual,
      minimum,
      maximum,
      description: meaning,
    });
});

test("it runs in untrusted and virtual workspaces, and starts with the first file that may be read", () => {
  assert.equal(manifest.capabilities.untrustedWorkspaces.supported, true);
  assert.equal(manifest.capabilities.virtualWorkspaces, true);
  assert.ok(manifest.activationEvents.includes("onLanguage:python"));
  for (const always of ["*", "onStartupFinished"])
    assert.ok(!manifest.activationEvents.includes(always), always);
});
