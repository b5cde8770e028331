/** The tree of networks as plain data: what it says and where it leads. Pure. */
import type { Analysis, Gap, Network } from "../../engine/index.ts";
import { shareWords, unitsWords } from "../../engine/index.ts";
import type { PlaceTarget } from "../commandIds.ts";
import { findingFor, findingsOf } from "../findings.ts";
import { deadWords, featureWords, kindWords, layerSentence } from "../layerWords.ts";
import { networkWords } from "../networkWords.ts";
import { frameworkName, notableShare, plural } from "../words.ts";

export type NodeKind = "file" | "folder" | "workspace" | "network" | "layer" | "gap";

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

/** Where something is in a file; `uri` where that is another one than the file's, as that of a cell. */
export type PlaceInFile = Omit<PlaceTarget, "uri"> & { readonly uri?: string };

/** A network, layer or gap, wherever its file is shown. Plain data. */
export interface Item extends Omit<Node, "id" | "uri" | "children"> {
  readonly uri?: string;
  /** Of a network its name in the file, of what is in it the place in the network. */
  readonly key: string;
  readonly children: readonly Item[];
}

/** A file whose networks are known. */
export interface KnownFile {
  /** Of the file itself, also where its cells are documents of their own. */
  readonly uri: string;
  readonly name: string;
  /** Where it is within the workspace: `src/models`. */
  readonly folder: string;
  /** How many there are; more is asked for when it is shown. */
  readonly networks: number;
  items(): readonly Item[];
}

/** With more layers than this a network is folded at first. */
const fewLayers = 24;

/** With more files than this they are shown by folder: nobody looks through a list of thousands. */
const fewFiles = 100;

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
    .sort((a, b) => order(a.folder, b.folder) || order(a.name, b.name));
  return { active: shown && make(shown, true), others: others.map((file) => make(file, false)) };
}

/** By code unit: of thousands of files, a comparison by the rules of a language takes a tenth of a second. */
const order = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

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
    children: files.length > fewFiles ? foldersOf(files) : files,
  };
}

function foldersOf(files: readonly Node[]): readonly Node[] {
  const folders = new Map<string, Node[]>();
  for (const file of files) {
    const known = folders.get(file.description);
    if (known) known.push(file);
    else folders.set(file.description, [file]);
  }
  return [...folders].map(([folder, children]): Node => {
    const count = plural(children.length, "file");
    const label = folder === "" ? "(top)" : folder;
    return {
      ...{ id: `folder|${folder}`, kind: "folder", uri: "", offset: 0, isFlagged: false, isExpanded: false },
      ...{ label, description: count, tooltip: `${label}: ${count} with networks`, children },
      spoken: `Folder ${label}, ${count} with networks`,
    };
  });
}

/** Its networks are made when they are looked at: of thousands of files few ever are. */
export function fileNode(file: KnownFile, isActive: boolean): Node {
  const group = isActive ? "active" : "workspace";
  const { uri, name, folder, networks } = file;
  const id = `${group}|${uri}`;
  const make = () => {
    const children = file.items().map((item) => nodeOf(item, id, uri));
    return children.map((child) =>
      isActive && children.length === 1 && child.children.length <= fewLayers
        ? { ...child, isExpanded: true }
        : child,
    );
  };
  let made: readonly Node[] | undefined;
  const count = plural(networks, "network");
  return {
    ...{ id, kind: "file", uri, offset: 0, isFlagged: false, isExpanded: isActive },
    label: name,
    description: folder,
    tooltip: `${folder === "" ? "" : `${folder}/`}${name}: ${count}`,
    spoken: `${name}, ${count}${isActive ? ", active file" : ""}`,
    get children() {
      made ??= make();
      return made;
    },
  };
}

function nodeOf({ key, children, ...item }: Item, above: string, uri: string): Node {
  const id = `${above}|${key}`;
  return { uri, ...item, id, children: children.map((child) => nodeOf(child, id, uri)) };
}

/** What a file's networks say, without the file. */
export function itemsOf(analysis: Analysis, place: (offset: number) => PlaceInFile): readonly Item[] {
  const ids = networkIds(analysis);
  return analysis.networks.map((network, at) =>
    networkItem(analysis, network, ids[at] ?? network.name, place),
  );
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

type PlaceOf = (offset: number) => PlaceInFile;

function networkItem(analysis: Analysis, network: Network, key: string, place: PlaceOf): Item {
  const isFlagged = findingsOf(analysis, network).length > 0;
  const words = networkWords(network, isFlagged, Number.POSITIVE_INFINITY);
  const gaps = network.gaps.map((gap, index) => gapItem(gap, `gap ${index}`, place));
  return {
    ...place(network.span.from),
    ...{ key, kind: "network", isFlagged, isExpanded: false },
    label: network.name,
    description: networkWords(network, isFlagged, 80),
    tooltip: `${network.name} (${frameworkName(network.framework)})\n${words}`,
    spoken: `Network ${network.name}, ${frameworkName(network.framework)}, ${words}`,
    children: [...network.layers.map((_, index) => layerItem(analysis, network, index, place)), ...gaps],
  };
}

function layerItem(analysis: Analysis, network: Network, index: number, place: PlaceOf): Item {
  const layer = network.layers[index]!;
  const risk = network.risk?.layers[index];
  // Numbers only with a finding behind them.
  const share = layer.site && findingFor(analysis, layer.site) ? (risk?.deadAfterTraining ?? 0) : 0;
  const isFlagged = share >= notableShare;
  const name = layer.name === undefined ? "" : `${layer.name} · `;
  // Short: a side bar is narrow.
  const dies = isFlagged ? `${shareWords(share)} may die · ` : "";
  const sentence = `Layer ${index + 1} of ${network.layers.length}: ${layerSentence(layer)}`;
  return {
    ...place(layer.span.from),
    ...{ key: `${index}`, kind: "layer", isFlagged, isExpanded: false, children: [] },
    label: `${index + 1} · ${name}${kindWords(layer)}`,
    description: dies + featureWords(layer),
    tooltip: risk ? `${sentence}\n${deadWords(risk)}` : sentence,
    spoken: isFlagged ? `${sentence}, ${unitsWords(shareWords(share))} may die` : sentence,
  };
}

function gapItem({ span, what }: Gap, key: string, place: PlaceOf): Item {
  return {
    ...place(span.from),
    ...{ key, kind: "gap", isFlagged: false, isExpanded: false, children: [] },
    label: "Not read",
    description: what,
    tooltip: `Not read: ${what}`,
    spoken: `Not read: ${what}`,
  };
}
