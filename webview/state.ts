/** Everything the preview shows, as one value; `reduce` is the only way it changes. Pure: no DOM, no clock. */
import { activationById, defaultParameters } from "../src/engine/activations/catalogue.ts";
import type { ParameterValues } from "../src/engine/model.ts";
import {
  isRestorable,
  isStale,
  type RestorableState,
  type ShownSite,
  type ShownStrip,
  type ToWebview,
} from "../src/protocol.ts";

export const reaches = [3, 6, 10] as const;
export type Reach = (typeof reaches)[number];

/** More curves than this can't be told apart. */
export const maximumCurves = 6;

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
  readonly reach: Reach;
  /** x of the cross-hair. */
  readonly probe: number;
  readonly tableOpen: boolean;
}

export type Action =
  | ToWebview
  | { readonly type: "parameter"; readonly name: string; readonly value: number }
  | { readonly type: "reset" }
  | { readonly type: "select"; readonly index: number }
  | { readonly type: "add"; readonly activation: string }
  | { readonly type: "remove"; readonly index: number }
  | { readonly type: "reach"; readonly reach: Reach }
  | { readonly type: "probe"; readonly x: number }
  | { readonly type: "table"; readonly open: boolean }
  | { readonly type: "pin"; readonly following: boolean };

export const initialState: PreviewState = {
  source: null,
  offset: 0,
  following: true,
  site: null,
  strip: null,
  notice: null,
  curves: [{ activation: "relu", parameters: {} }],
  selected: 0,
  reach: 6,
  probe: -1,
  tableOpen: false,
};

export function reduce(state: PreviewState, action: Action): PreviewState {
  switch (action.type) {
    case "show":
    case "nothing":
    case "compare":
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
    case "reach":
      return { ...state, reach: action.reach, probe: clamp(state.probe, action.reach) };
    case "probe":
      return { ...state, probe: clamp(action.x, state.reach) };
    case "table":
      return { ...state, tableOpen: action.open };
    case "pin":
      return { ...state, following: action.following };
  }
}

function receive(state: PreviewState, message: ToWebview): PreviewState {
  switch (message.type) {
    case "show": {
      const { source, site, strip, following } = message;
      const shown = { ...state, source, site, strip, following, notice: null, offset: site.offset };
      // Typing elsewhere must not undo what the sliders try out: only a change of the site itself does.
      if (state.site && sameFunction(state.site, site)) return shown;
      const curves = [{ activation: site.activation, parameters: site.parameters }, ...state.curves.slice(1)];
      return { ...shown, curves, selected: 0 };
    }
    case "nothing":
      return {
        ...state,
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
      return curves.length > 0 ? { ...state, curves: curves.slice(0, maximumCurves), selected: 0 } : state;
    }
  }
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
  if (state.curves.length >= maximumCurves || !activationById(id)) return state;
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

const clamp = (x: number, reach: number): number => Math.min(reach, Math.max(-reach, x));
const clampIndex = (index: number, list: readonly unknown[]): number =>
  Math.min(list.length - 1, Math.max(0, index));

/** A saved state from an earlier version of the extension, or a damaged one, counts as none. */
export function restore(saved: unknown): PreviewState | undefined {
  if (!isRestorable(saved)) return undefined;
  const state = { ...initialState, ...saved } as PreviewState;
  const known =
    Array.isArray(state.curves) && state.curves.every((shown) => activationById(shown?.activation));
  if (!known || state.curves.length === 0 || !reaches.includes(state.reach)) return undefined;
  // Versions count from 1 again after a reload: the saved one must not outrank them.
  const source = state.source && { ...state.source, version: 0 };
  return { ...state, source, selected: clampIndex(state.selected, state.curves) };
}
