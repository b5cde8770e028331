/** The functions on the charts as a row of chips: pick one for the sliders, add others, take them away. */
import { activations } from "../src/engine/activations/index.ts";
import type { Section } from "./controls.ts";
import { button, element, icon, refill, swatch } from "./dom.ts";
import type { ShownCurve } from "./shown.ts";
import type { Action, PreviewState } from "./state.ts";

export interface CurveSection extends Pick<Section, "node"> {
  update(state: PreviewState, curves: readonly ShownCurve[]): void;
}

export function createCompare(dispatch: (action: Action) => void): CurveSection {
  const chips = element("div", { class: "chips", role: "group", "aria-label": "Functions shown" });
  const picker = element(
    "select",
    { "aria-label": "Add a function to compare", "data-key": "add" },
    element("option", { value: "" }, "Compare with …"),
    ...[...activations]
      .filter(({ shape }) => shape === "elementwise")
      .sort((a, b) => a.name.localeCompare(b.name))
      .map(({ id, name }) => element("option", { value: id }, name)),
  );
  picker.addEventListener("change", () => {
    if (picker.value) dispatch({ type: "add", activation: picker.value });
    picker.value = "";
  });
  const node = element("div", { class: "compare" }, chips, picker);
  let built = "";
  return {
    node,
    update(state, curves) {
      const several = curves.length > 1;
      // A chip that is being pressed when a message comes must not be replaced by its like.
      const looks = curves.map(({ index, label, colour, dash, selected }) => [
        index,
        label,
        colour,
        dash,
        selected,
      ]);
      const wanted = JSON.stringify([looks, state.site !== null]);
      if (wanted === built) return;
      built = wanted;
      refill(chips, ...curves.map((curve) => chip(curve, state, several, dispatch)));
    },
  };
}

function chip(
  { index, label, colour, dash, selected }: ShownCurve,
  state: PreviewState,
  several: boolean,
  dispatch: (action: Action) => void,
): HTMLElement {
  const own = index === 0 && state.site !== null;
  const select = button(
    own ? `${label}, from the code` : label,
    { class: "pick", "aria-pressed": selected, "data-key": `pick-${index}` },
    () => dispatch({ type: "select", index }),
    swatch(colour, dash),
    element("span", {}, label),
  );
  select.setAttribute("aria-pressed", String(selected));
  const removable = several && !own;
  const remove =
    removable &&
    button(
      `Remove ${label}`,
      { class: "icon-button", title: "Remove", "data-key": `remove-${index}` },
      () => dispatch({ type: "remove", index }),
      icon("close"),
    );
  return element("span", { class: selected && several ? "chip selected" : "chip" }, select, remove);
}
