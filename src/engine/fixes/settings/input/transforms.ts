/** `ToTensor()` brings pixels to 0..1; `Normalize` behind it to mean 0 and spread 1. */

import type { Call } from "../../../syntax/tree.ts";
import type { Unit } from "../../../units.ts";
import type { CodeIndex, Indexed } from "../../codeIndex.ts";
import { replace } from "../../edits.ts";
import { all, type Edits, separator, symbolOf } from "../call.ts";
import { referBeside } from "../referBeside.ts";

/** Mean and standard deviation of each channel over the training images, as in the references of torchvision's examples. */
const STATISTICS: Readonly<Record<string, string>> = {
  MNIST: "(0.1307,), (0.3081,)",
  FashionMNIST: "(0.2860,), (0.3530,)",
  CIFAR10: "(0.4914, 0.4822, 0.4465), (0.2470, 0.2435, 0.2616)",
  CIFAR100: "(0.5071, 0.4865, 0.4409), (0.2673, 0.2564, 0.2762)",
};

/** `PILToTensor()` keeps pixels of 0 to 255: `ToTensor()` in its place brings them to 0..1. */
export const unitTransforms = (unit: Unit, index: CodeIndex): Edits =>
  /ConvertImageDtype|ToDtype|transforms\.v2|import v2\b/.test(unit.text)
    ? undefined
    : all(
        tensorsIn("PILToTensor", unit, index).map((made) =>
          scaledBy(made, statisticsOf(unit, index), unit, index),
        ),
      );

/** Each pipeline of the file: what trains and what tests are scaled alike. */
export function normalisedTransforms(unit: Unit, index: CodeIndex): Edits {
  const statistics = statisticsOf(unit, index);
  return statistics === undefined
    ? undefined
    : all(tensorsIn("ToTensor", unit, index).map((made) => scaledBy(made, statistics, unit, index)));
}

const tensorsIn = (name: string, unit: Unit, { calls }: CodeIndex): readonly (Indexed & { node: Call })[] =>
  calls.filter(({ node, scope }) => symbolOf(node, scope, unit) === `torchvision.transforms.${name}`);

/** Those of the only set of images in the file; undefined where they are not known, or in use already. */
function statisticsOf(unit: Unit, { calls }: CodeIndex): string | undefined {
  const sets = new Set(
    calls.flatMap(
      ({ node, scope }) => /^torchvision\.datasets\.(\w+)$/.exec(symbolOf(node, scope, unit))?.[1] ?? [],
    ),
  );
  const [only, ...others] = sets;
  if (only === undefined || others.length > 0 || /Normalize\(/.test(unit.text)) return undefined;
  return Object.hasOwn(STATISTICS, only) ? STATISTICS[only] : undefined;
}

/** `ToTensor()`, and `Normalize(...)` behind it where statistics are known. */
function scaledBy(
  { node, scope }: Indexed & { readonly node: Call },
  statistics: string | undefined,
  unit: Unit,
  index: CodeIndex,
): Edits {
  const target = referBeside("torchvision.transforms.ToTensor", scope, unit, node.callee);
  if (!target) return undefined;
  const isMade = symbolOf(node, scope, unit) === "torchvision.transforms.ToTensor";
  const own = isMade ? [] : [...target.imports, replace(node.callee, target.text)];
  const place = index.itemsOf(node);
  const normalize = referBeside("torchvision.transforms.Normalize", scope, unit, node.callee);
  if (statistics === undefined) return own;
  if (!place || !normalize) return undefined;
  const written = `${normalize.text}(${statistics})`;
  if (!place.call) {
    const text = separator(place.items, unit) + written;
    return [...normalize.imports, ...own, { span: { from: node.to, to: node.to }, text }];
  }
  const compose = referBeside("torchvision.transforms.Compose", scope, unit, node.callee);
  if (place.items[place.index]?.name !== "transform" || !compose) return undefined;
  return [
    ...compose.imports,
    ...normalize.imports,
    { span: { from: node.from, to: node.from }, text: `${compose.text}([` },
    ...own,
    { span: { from: node.to, to: node.to }, text: `, ${written}])` },
  ];
}
