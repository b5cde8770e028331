/** `ToTensor()` brings pixels to 0..1; `Normalize` behind it to mean 0 and spread 1. */
import type { Unit } from "../../units.ts";
import type { CodeIndex } from "../codeIndex.ts";
import { replace } from "../proposal.ts";
import { all, type Edits, separator, symbolOf } from "./call.ts";
import { referBeside } from "./referBeside.ts";

/** Mean and standard deviation of each channel over the training images, as in the references of torchvision's examples. */
const STATISTICS: Readonly<Record<string, string>> = {
  MNIST: "(0.1307,), (0.3081,)",
  FashionMNIST: "(0.2860,), (0.3530,)",
  CIFAR10: "(0.4914, 0.4822, 0.4465), (0.2470, 0.2435, 0.2616)",
  CIFAR100: "(0.5071, 0.4865, 0.4409), (0.2673, 0.2564, 0.2762)",
};

/** `PILToTensor()` keeps pixels of 0 to 255, `ToTensor()` brings them to 0..1. */
export function unitTransforms(unit: Unit, index: CodeIndex): Edits {
  if (/ConvertImageDtype|ToDtype|transforms\.v2|import v2\b/.test(unit.text)) return undefined;
  const made = index.calls.filter(
    ({ node, scope }) => symbolOf(node, scope, unit) === "torchvision.transforms.PILToTensor",
  );
  return all(
    made.map(({ node, scope }) => {
      const target = referBeside("torchvision.transforms.ToTensor", scope, unit, node.callee);
      return target && [...target.imports, replace(node.callee, target.text)];
    }),
  );
}

/** Each pipeline of the file: what trains and what tests are scaled alike. */
export function normalisedTransforms(unit: Unit, index: CodeIndex): Edits {
  const sets = new Set(
    index.calls.flatMap(
      ({ node, scope }) => /^torchvision\.datasets\.(\w+)$/.exec(symbolOf(node, scope, unit))?.[1] ?? [],
    ),
  );
  const [only, ...others] = sets;
  const statistics = only !== undefined && Object.hasOwn(STATISTICS, only) ? STATISTICS[only] : undefined;
  if (statistics === undefined || others.length > 0 || /Normalize\(/.test(unit.text)) return undefined;
  const made = index.calls.filter(
    ({ node, scope }) => symbolOf(node, scope, unit) === "torchvision.transforms.ToTensor",
  );
  return all(
    made.map(({ node, scope }) => {
      const normalize = referBeside("torchvision.transforms.Normalize", scope, unit, node.callee);
      if (!normalize) return undefined;
      const written = `${normalize.text}(${statistics})`;
      const place = index.itemsOf(node);
      if (!place) return undefined;
      if (!place.call) {
        const at = { from: node.to, to: node.to };
        return [...normalize.imports, { span: at, text: separator(place.items, unit) + written }];
      }
      const compose = referBeside("torchvision.transforms.Compose", scope, unit, node.callee);
      if (place.items[place.index]?.name !== "transform" || !compose) return undefined;
      return [
        ...compose.imports,
        ...normalize.imports,
        { span: { from: node.from, to: node.from }, text: `${compose.text}([` },
        { span: { from: node.to, to: node.to }, text: `, ${written}])` },
      ];
    }),
  );
}
