import * as vscode from "vscode";
import { type ActivationParameter, activations } from "../../engine/index.ts";

interface Item extends vscode.QuickPickItem {
  readonly id: string;
}

/** Asks which functions to compare; undefined when the user thinks better of it. */
export async function pickFunctions(preselected: string | undefined): Promise<readonly string[] | undefined> {
  const items: Item[] = activations
    .filter(({ shape }) => shape === "elementwise")
    .map(({ id, name, meaning, parameters }) => ({
      id,
      label: name,
      description: parameters.map(writeParameter).join(", "),
      detail: meaning,
      picked: id === preselected,
    }));
  // The site's own first: it must not be looked for among forty.
  items.sort((a, b) => Number(b.picked) - Number(a.picked) || a.label.localeCompare(b.label));
  const picked = await vscode.window.showQuickPick(items, {
    canPickMany: true,
    matchOnDescription: true,
    matchOnDetail: true,
    title: "Compare activation functions",
    placeHolder: "Any number of functions, drawn with their gradients",
  });
  return picked?.map(({ id }) => id);
}

const writeParameter = ({ name, default: value }: ActivationParameter): string =>
  `${name} ${Number(value.toPrecision(4))}`;
