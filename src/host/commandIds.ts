/** Every command id of the extension. Pure, so that a test holds it against package.json. */

/** In the palette: each has an entry under "contributes.commands". */
export const commands = {
  openPreview: "activationLens.openPreview",
  openPreviewToSide: "activationLens.openPreviewToSide",
  openAnotherPreview: "activationLens.openAnotherPreview",
  compareActivations: "activationLens.compareActivations",
  fixAllInFile: "activationLens.fixAllInFile",
  fixAllInWorkspace: "activationLens.fixAllInWorkspace",
  leakyReluInNetwork: "activationLens.leakyReluInNetwork",
  leakyReluInFile: "activationLens.leakyReluInFile",
  leakyReluInWorkspace: "activationLens.leakyReluInWorkspace",
  scanWorkspace: "activationLens.scanWorkspace",
  stopScan: "activationLens.stopScan",
  clearScan: "activationLens.clearScan",
  toggleCodeLens: "activationLens.toggleCodeLens",
  showOutput: "activationLens.showOutput",
} as const;

/** Called by lenses and hovers with arguments only; not in the manifest, so not in the palette. */
export const internalCommands = {
  applyFix: "activationLens.applyFix",
  goToNode: "activationLens.goToNode",
  showDetails: "activationLens.showDetails",
} as const;

/** Views of package.json. */
export const viewIds = {
  networks: "activationLens.networks",
} as const;

/** Keys for "when" clauses in package.json. */
export const contextKeys = {
  hasSites: "activationLens.hasSites",
  /** `none`, `running`, `done` or `stopped`. */
  scan: "activationLens.scan",
} as const;

/** What a lens or a hover points at: the very text that it was made from, and places in it. */
export interface FixTarget {
  readonly uri: string;
  readonly version: number;
  /** Starts of the sites or findings to fix. */
  readonly offsets: readonly number[];
}

export interface PlaceTarget {
  readonly uri: string;
  readonly offset: number;
  /** Set for a notebook that need not be open: `uri` is that of its file, and the offset one of this cell. */
  readonly cell?: number;
}

export function isFixTarget(value: unknown): value is FixTarget {
  const target = value as FixTarget | null | undefined;
  return (
    typeof target === "object" &&
    target !== null &&
    typeof target.uri === "string" &&
    typeof target.version === "number" &&
    Array.isArray(target.offsets) &&
    target.offsets.every((offset) => typeof offset === "number")
  );
}

export function isPlaceTarget(value: unknown): value is PlaceTarget {
  const target = value as PlaceTarget | null | undefined;
  return (
    typeof target === "object" &&
    target !== null &&
    typeof target.uri === "string" &&
    typeof target.offset === "number" &&
    (target.cell === undefined || typeof target.cell === "number")
  );
}
