/** Everything the preview shows, as one value; `reduce` is the only way it changes. Pure: no DOM, no clock. */
import { activationById, defaultParameters } from "../src/engine/activations/catalogue.ts";
import type { ParameterValues } from "../src/engine/model.ts";
import type { WhatIf } from "../src/engine/risk/whatIf.ts";
import {
  isRestorable,
  isSite,
  isStale,
  isStripOrNull,
  type RestorableState,
  type ShownSite,
  type ShownStrip,
  type ToWebview,
  type Writable,
} from "../src/protocol.ts";
import type { Zone as View } from "./curves.ts";
import type { LabSettings } from "./lab/settings.ts";
import { bounded } from "./zoom.ts";

/** Ranges to choose from: x from -reach to reach. */
export const reaches = [1, 3, 6, 10, 30] as const;

/** What the strip of layers shows of each. */
export const measures = ["dead", "step", "gradient", "signal"] as const;
export type Measure = (typeof measures)[number];

/** Parts of the page that are folded away until they are asked for. */
export const folds = ["parameters", "values", "assumptions", "names", "sources", "lab"] as const;
export type Fold = (typeof folds)[number];

/** One function on the charts. The first of the list is the code's own, or the one being explored. */
export interface Shown {
  readonly activation: string;
  readonly parameters: ParameterValues;
}

export interface PreviewState extends RestorableState {
  readonly site: ShownSite | null;
  /** The network around the site or under the cursor. */
  readonly strip: ShownStrip | null;
  /** Why nothing of the code is shown. */
  readonly notice: string | null;
  readonly curves: readonly Shown[];
  /** Index in `curves` of the one that the sliders move. */
  readonly selected: number;
  readonly view: View;
  /** Whether gradients are drawn by their size on a log scale. */
  readonly log: boolean;
  /** x of the cross-hair. */
  readonly probe: number;
  /** Those that are open. */
  readonly unfolded: readonly Fold[];
  /** What is chosen in the lab; missing: as usual. */
  readonly lab: Partial<LabSettings>;
  readonly measure: Measure;
  /** Settings of the network that are tried out, and which of them can be written into the code. */
  readonly whatIf: WhatIf;
  readonly writable: readonly Writable[];
}

export type Action =
  | ToWebview
  | { readonly type: "parameter"; readonly name: string; readonly value: number }
  | { readonly type: "reset" }
  | { readonly type: "select"; readonly index: number }
  | { readonly type: "add"; readonly activation: string }
  | { readonly type: "remove"; readonly index: number }
  | { readonly type: "view"; readonly view: View }
  | { readonly type: "log"; readonly log: boolean }
  | { readonly type: "measure"; readonly measure: Measure }
  | { readonly type: "what-if"; readonly settings: WhatIf }
  | { readonly type: "as-in-code"; readonly setting?: keyof WhatIf }
  | { readonly type: "probe"; readonly x: number }
  | { readonly type: "fold"; readonly fold: Fold; readonly open: boolean }
  | { readonly type: "lab-settings"; readonly settings: LabSettings }
  | { readonly type: "pin"; readonly following: boolean };

export const initialState: PreviewState = {
  source: null,
  offset: 0,
  following: true,
  site: null,
  strip: null,
  notice: null,
  curves: [withDefaults("relu")],
  selected: 0,
  view: { from: -6, to: 6 },
  log: false,
  probe: -1,
  unfolded: [],
  lab: {},
  measure: "dead",
  whatIf: {},
  writable: [],
};

export function reduce(state: PreviewState, action: Action): PreviewState {
  switch (action.type) {
    case "show":
    case "nothing":
    case "compare":
    case "fixes":
      return isStale(action.source, state.source) ? state : receive(state, action);
    case "parameter":
      return editSelected(state, (shown) => ({
        ...shown,
        parameters: { ...shown.parameters, [action.name]: action.value },
      }));
    case "reset":
      return editSelected(state, () => original(state, state.selected));
    case "select":
      return { ...state, selected: clampIndex(action.index, state.curves) };
    case "add":
      return add(state, action.activation);
    case "remove":
      return remove(state, action.index);
    case "view": {
      const view = bounded(action.view);
      return { ...state, view, probe: clamp(state.probe, view) };
    }
    case "log":
      return { ...state, log: action.log };
    case "measure":
      return { ...state, measure: action.measure };
    case "what-if":
      return { ...state, whatIf: { ...state.whatIf, ...action.settings } };
    case "as-in-code":
      return {
        ...state,
        whatIf: without(state.whatIf, action.setting),
        writable: state.writable.filter(
          ({ setting }) => action.setting !== undefined && setting !== action.setting,
        ),
      };
    case "probe":
      return { ...state, probe: clamp(action.x, state.view) };
    case "fold": {
      const others = state.unfolded.filter((fold) => fold !== action.fold);
      return { ...state, unfolded: action.open ? [...others, action.fold] : others };
    }
    case "lab-settings":
      return { ...state, lab: action.settings };
    case "pin":
      return { ...state, following: action.following };
  }
}

function receive(state: PreviewState, message: ToWebview): PreviewState {
  switch (message.type) {
    case "show": {
      const { source, strip, following } = message;
      const site = { ...message.site, findings: message.site.findings ?? state.site?.findings ?? [] };
      const tried = trying(state, message);
      const shown = { ...state, ...tried, source, site, strip, following, notice: null, offset: site.offset };
      // Typing elsewhere must not undo what the sliders try out: only a change of the site itself does.
      if (state.site && sameFunction(state.site, site)) return shown;
      const curves = [{ activation: site.activation, parameters: site.parameters }, ...state.curves.slice(1)];
      return { ...shown, curves, selected: 0 };
    }
    case "nothing":
      return {
        ...state,
        ...trying(state, message),
        source: message.source,
        following: message.following,
        site: null,
        strip: message.strip,
        notice: message.reason,
      };
    case "compare": {
      const own = state.curves[0]!;
      const others = message.activations
        .filter((id) => id !== own.activation && activationById(id)?.shape === "elementwise")
        .map(withDefaults);
      const curves = message.activations.includes(own.activation) || state.site ? [own, ...others] : others;
      return curves.length > 0 ? { ...state, curves, selected: 0 } : state;
    }
    case "fixes":
      // The slider has moved on since it was asked.
      if (JSON.stringify(message.settings) !== JSON.stringify(state.whatIf)) return state;
      return { ...state, writable: message.fixes };
  }
}

/**
 * Settings are tried out on one network: another begins as its code has it. What could be written a moment ago stays
 * offered until the host's answer about the text of now: it makes the edits anew in any case.
 */
function trying(
  state: PreviewState,
  { source, strip }: Extract<ToWebview, { type: "show" | "nothing" }>,
): Pick<PreviewState, "whatIf" | "writable"> {
  const isSame = state.source?.uri === source?.uri && state.strip?.name === strip?.name;
  return isSame ? { whatIf: state.whatIf, writable: state.writable } : { whatIf: {}, writable: [] };
}

function without(settings: WhatIf, setting: keyof WhatIf | undefined): WhatIf {
  if (setting === undefined) return {};
  const { [setting]: _, ...rest } = settings;
  return rest;
}

const sameFunction = (a: Shown, b: Shown): boolean =>
  a.activation === b.activation && sameParameters(a.parameters, b.parameters);

export function sameParameters(a: ParameterValues, b: ParameterValues): boolean {
  const names = new Set([...Object.keys(a), ...Object.keys(b)]);
  return [...names].every((name) => a[name] === b[name]);
}

function withDefaults(id: string): Shown {
  const activation = activationById(id);
  const defaults = Object.entries(activation ? defaultParameters(activation) : {});
  // The saved state is JSON, which has no infinity: left out, such a default still holds.
  return {
    activation: id,
    parameters: Object.fromEntries(defaults.filter(([, value]) => Number.isFinite(value))),
  };
}

/** What a curve was before its sliders were moved: the code's own numbers, or the catalogue's defaults. */
export function original(state: PreviewState, index: number): Shown {
  if (index === 0 && state.site)
    return { activation: state.site.activation, parameters: state.site.parameters };
  return withDefaults(state.curves[index]?.activation ?? "relu");
}

function editSelected(state: PreviewState, edit: (shown: Shown) => Shown): PreviewState {
  const curves = state.curves.map((shown, index) => (index === state.selected ? edit(shown) : shown));
  return { ...state, curves };
}

function add(state: PreviewState, id: string): PreviewState {
  if (!activationById(id)) return state;
  const curves = [...state.curves, withDefaults(id)];
  return { ...state, curves, selected: curves.length - 1 };
}

/** The code's own curve stays; the last one stays too: an empty chart tells nothing. */
function remove(state: PreviewState, index: number): PreviewState {
  if (state.curves.length === 1 || (index === 0 && state.site)) return state;
  const curves = state.curves.filter((_, other) => other !== index);
  const selected = state.selected >= index ? Math.max(0, state.selected - 1) : state.selected;
  return { ...state, curves, selected: clampIndex(selected, curves) };
}

const clamp = (x: number, { from, to }: View): number => Math.min(to, Math.max(from, x));

const clampIndex = (index: number, list: readonly unknown[]): number =>
  Math.min(list.length - 1, Math.max(0, index));

/**
 * A saved state from an earlier version of the extension, or a damaged one, counts as none: what users have set is
 * looked at here. What the host has said it says again; if that can't be drawn meanwhile, the page starts afresh.
 */
export function restore(saved: unknown): PreviewState | undefined {
  if (!isRestorable(saved)) return undefined;
  const state = { ...initialState, ...saved } as PreviewState;
  const { curves, selected, view, probe, unfolded, measure, lab, whatIf } = state;
  const isWhole =
    isListOf(curves, isShown) &&
    curves.length > 0 &&
    Number.isFinite(view?.from) &&
    Number.isFinite(view?.to) &&
    view.from < view.to &&
    Number.isFinite(selected) &&
    Number.isFinite(probe) &&
    isListOf(unfolded, (fold) => folds.includes(fold as Fold)) &&
    measures.includes(measure) &&
    isObject(lab) &&
    isObject(whatIf);
  if (!isWhole) return undefined;
  // Versions count from 1 again after a reload: the saved one must not outrank them.
  const source = state.source && { ...state.source, version: 0 };
  const site = isSite(state.site) ? state.site : null;
  const strip = isStripOrNull(state.strip) ? state.strip : null;
  return { ...state, source, site, strip, writable: [], selected: clampIndex(selected, curves) };
}

const isObject = (value: unknown): value is object =>
  typeof value === "object" && value !== null && !Array.isArray(value);

const isListOf = (value: unknown, is: (one: unknown) => boolean): value is readonly unknown[] =>
  Array.isArray(value) && value.every(is);

function isShown(value: unknown): boolean {
  const { activation, parameters } = (value ?? {}) as Partial<Shown>;
  const isKnown = typeof activation === "string" && activationById(activation) !== undefined;
  return isKnown && isObject(parameters) && Object.values(parameters).every(Number.isFinite);
}

/** Where it stood in the code, and nothing else. */
export const afresh = ({ source, offset, following }: PreviewState): PreviewState => ({
  ...initialState,
  source,
  offset,
  following,
});
