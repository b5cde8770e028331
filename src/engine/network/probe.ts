/**
 * Networks of Flax that compare shapes while they run (`if residual.shape != y.shape`), when nothing in the file says
 * how large their images are: they are run on two sizes, and what differs between the two is not known.
 */
import type { Draft, Shape, Trace } from "./interpreter/tensors.ts";
import { rankIn } from "./layers/arguments.ts";
import type { Family } from "./layers/family.ts";
import { isLinen } from "./layers/flax.ts";
import type { Run } from "./program.ts";

/** Edges that may be halved five times, as most networks for images do; whatever depends on them differs. */
const EDGES = [64, 352] as const;

const BRANCH = "which branch is taken is not known";

/** @param once traces the network on an input of that shape; undefined: of none that is known */
export function probed(root: Family, run: Run, once: (shape?: Shape) => Trace): Trace {
  if (root.type !== "instance" || !isLinen(root)) return once();
  const isTorn = run.memory.attempt(() => {
    const { drafts, gaps } = once();
    return isOfImages(drafts) && gaps.some(({ what }) => what === BRANCH) && !run.isOutOfSteps;
  }).result;
  if (!isTorn) return once();
  const [first, second] = EDGES.map((edge) =>
    run.memory.attempt(() => sizesIn(once([undefined, edge, edge, undefined]))),
  ).map(({ result }) => result);
  const isOneNetwork =
    first &&
    second &&
    first.length === second.length &&
    first.every(({ node }, i) => node === second[i]?.node);
  if (!isOneNetwork) return once();
  const { drafts, gaps } = once([undefined, EDGES[0], EDGES[0], undefined]);
  const depends = (index: number, size: "fanIn" | "units"): boolean =>
    first[index]?.[size] !== second[index]?.[size];
  const lost = drafts.flatMap(({ module }, index) =>
    depends(index, "fanIn") || depends(index, "units")
      ? [
          {
            span: { from: module.node.from, to: module.node.to },
            what: `size of layer ${index + 1} is not known`,
          },
        ]
      : [],
  );
  const known = drafts.map((draft, index) => ({
    ...draft,
    fanIn: depends(index, "fanIn") ? null : draft.fanIn,
    units: depends(index, "units") ? null : draft.units,
  }));
  return { drafts: known, gaps: [...gaps, ...lost] };
}

/** Whether it begins with a convolution of images. */
function isOfImages([first]: readonly Draft[]): boolean {
  const layer = first?.module.layer;
  return first?.kind === "conv" && layer !== undefined && rankIn({ layer, given: first.module.given }) === 2;
}

const sizesIn = ({ drafts }: Trace) =>
  drafts.map(({ module, fanIn, units }) => ({ node: module.node, fanIn, units }));
