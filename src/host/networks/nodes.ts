/** The tree of networks as plain data: what it says and where it leads. Pure. */
import type { Analysis, Gap, Network } from "../../engine/index.ts";
import { shareWords, unitsWords } from "../../engine/index.ts";
import type { PlaceTarget } from "../commandIds.ts";
import { findingFor, findingsOf } from "../findings.ts";
import { deadWords, featureWords, kindWords, layerSentence } from "../layerWords.ts";
import { networkWords } from "../networkWords.ts";
import { frameworkName, notableShare, plural } from "../words.ts";

export type NodeKind = "file" | "workspace" | "network" | "layer" | "gap";

/** What is shown, and the place in the code that it is about. */
export interface Node extends PlaceTarget {
  /** The same for the same thing while the code changes, so that the tree keeps what is open and chosen. */
  readonly id: string;
  readonly kind: NodeKind;
  readonly label: string;
  readonly description: string;
  readonly tooltip: string;
  /** For screen readers: all of it in a sentence. */
  readonly spoken: string;
  /** A finding is about it. */
  readonly isFlagged: boolean;
  readonly isExpanded: boolean;
  readonly children: readonly Node[];
}

/** A file whose networks are known. */
export interface KnownFile {
  /** Of the file itself, also where its cells are documents of their own. */
  readonly uri: string;
  readonly name: string;
  /** Where it is within the workspace: `src/models`. */
  readonly folder: string;
  readonly analysis: Analysis;
  place(offset: number): PlaceTarget;
}

/** With more layers than this a network is folded at first. */
const fewLayers = 24;

export interface Roots {
  /** The file that the user works in is shown by itself, not among the others. */
  readonly active: Node | undefined;
  readonly others: readonly Node[];
}

/** @param make gives the node of a file */
export function rootsOf(active: string | undefined, files: readonly KnownFile[], make = fileNode): Roots {
  const shown = files.find(({ uri }) => uri === active);
  const others = files
    .filter((file) => file !== shown)
    .sort((a, b) => a.folder.localeCompare(b.folder) || a.name.localeCompare(b.name));
  return { active: shown && make(shown, true), others: others.map((file) => make(file, false)) };
}

export const nodesOf = ({ active, others }: Roots): readonly Node[] => [
  ...(active ? [active] : []),
  ...(others.length > 0 ? [workspaceNode(others, !active)] : []),
];

function workspaceNode(files: readonly Node[], isExpanded: boolean): Node {
  const count = plural(files.length, "file");
  return {
    ...{ id: "workspace", kind: "workspace", uri: "", offset: 0, isFlagged: false, isExpanded },
    label: "Workspace",
    description: count,
    tooltip: "Other files in which networks were found: those that are open, and those of the last scan",
    spoken: `Workspace, ${count} with networks`,
    children: files,
  };
}

export function fileNode(file: KnownFile, isActive: boolean): Node {
  const group = isActive ? "active" : "workspace";
  const { uri, name, folder, analysis } = file;
  const ids = networkIds(analysis);
  const children = analysis.networks.map((network, at) =>
    networkNode(file, network, `${group}|${uri}|${ids[at]}`),
  );
  const count = plural(children.length, "network");
  return {
    ...{ id: `${group}|${uri}`, kind: "file", uri, offset: 0, isFlagged: false, isExpanded: isActive },
    label: name,
    description: folder,
    tooltip: `${folder === "" ? "" : `${folder}/`}${name}: ${count}`,
    spoken: `${name}, ${count}${isActive ? ", active file" : ""}`,
    children: children.map((child) =>
      isActive && children.length === 1 && child.children.length <= fewLayers
        ? { ...child, isExpanded: true }
        : child,
    ),
  };
}

/** By name: `MLP`, and `MLP#2` where one follows that is called the same. */
export function networkIds({ networks }: Analysis): readonly string[] {
  const counts = new Map<string, number>();
  return networks.map(({ name }) => {
    const count = (counts.get(name) ?? 0) + 1;
    counts.set(name, count);
    return count === 1 ? name : `${name}#${count}`;
  });
}

function networkNode(file: KnownFile, network: Network, id: string): Node {
  const isFlagged = findingsOf(file.analysis, network).length > 0;
  const words = networkWords(network, isFlagged, Number.POSITIVE_INFINITY);
  const gaps = network.gaps.map((gap, index) => gapNode(file, gap, `${id}|gap ${index}`));
  return {
    ...file.place(network.span.from),
    ...{ id, kind: "network", isFlagged, isExpanded: false },
    label: network.name,
    description: networkWords(network, isFlagged, 80),
    tooltip: `${network.name} (${frameworkName(network.framework)})\n${words}`,
    spoken: `Network ${network.name}, ${frameworkName(network.framework)}, ${words}`,
    children: [
      ...network.layers.map((_, index) => layerNode(file, network, index, `${id}|${index}`)),
      ...gaps,
    ],
  };
}

function layerNode(file: KnownFile, network: Network, index: number, id: string): Node {
  const layer = network.layers[index]!;
  const risk = network.risk?.layers[index];
  // Numbers only with a finding behind them.
  const share = layer.site && findingFor(file.analysis, layer.site) ? (risk?.deadAfterTraining ?? 0) : 0;
  const isFlagged = share >= notableShare;
  const name = layer.name === undefined ? "" : `${layer.name} · `;
  // Short: a side bar is narrow.
  const dies = isFlagged ? `${shareWords(share)} may die · ` : "";
  const sentence = `Layer ${index + 1} of ${network.layers.length}: ${layerSentence(layer)}`;
  return {
    ...file.place(layer.span.from),
    ...{ id, kind: "layer", isFlagged, isExpanded: false, children: [] },
    label: `${index + 1} · ${name}${kindWords(layer)}`,
    description: dies + featureWords(layer),
    tooltip: risk ? `${sentence}\n${deadWords(risk)}` : sentence,
    spoken: isFlagged ? `${sentence}, ${unitsWords(shareWords(share))} may die` : sentence,
  };
}

function gapNode(file: KnownFile, { span, what }: Gap, id: string): Node {
  return {
    ...file.place(span.from),
    ...{ id, kind: "gap", isFlagged: false, isExpanded: false, children: [] },
    label: "Not read",
    description: what,
    tooltip: `Not read: ${what}`,
    spoken: `Not read: ${what}`,
  };
}
