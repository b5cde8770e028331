/** The door of the engine: everything outside imports from here (the webview also from activations and risk). */
export { activationById, defaultParameters } from "./activations/catalogue.ts";
export { activations } from "./activations/index.ts";
export { analyze, analyzeSites, type Inspection, inspect } from "./analyze.ts";
export { SLOPE } from "./fixes/activations/leakyRelu.ts";
export {
  type Analyse,
  type Done,
  editsOfFile,
  type FixedFile,
  type FixOptions,
  fixAll,
  type NotDone,
  rewriteAll,
  toLeakyRelu,
} from "./fixes/apply/all.ts";
export {
  type AppliedFixes,
  applyFixes,
  type Merged,
  mergeFixes,
  type RefusedFix,
} from "./fixes/apply/apply.ts";
export { applyEdits, reversed } from "./fixes/apply/edits.ts";
export { type Family, familyFor } from "./fixes/outcome.ts";
export { lazy } from "./lazy.ts";
export type * from "./model.ts";
export { cellsOf, placeIn, programOf } from "./notebook.ts";
export { type FileLines, fileLines } from "./notebookLines.ts";
export { type LineStarts, lineStarts, type Position, positionAt } from "./positions.ts";
export { biasMoments, type Moments, weightMoments } from "./risk/initialisers.ts";
export type { WhatIf } from "./risk/whatIf.ts";
export { COMMENT as IGNORE_COMMENT } from "./rules/ignores.ts";
export { rules } from "./rules/index.ts";
export { ruleSeverities, severityProblem, thresholdProblem } from "./rules/options.ts";
export { worstFirst } from "./rules/order.ts";
export { type CommentPlaces, commentPlaces } from "./syntax/commentPlaces.ts";
export { KnownTrees } from "./syntax/pythonTrees.ts";
export { LONGEST_TEXT, languageOf } from "./units.ts";
export { frameworkNames, levelWords, placeWords, rangeWords, shareWords, unitsWords } from "./words.ts";
export { mayBeWorthReading } from "./worth.ts";
