/** A part of the page that is folded away until it is asked for, and stays as it was left: over messages and reloads. */
import { element } from "./dom.ts";
import type { Action, Fold, PreviewState } from "./state.ts";

export interface Folded {
  readonly node: HTMLDetailsElement;
  /** Puts this behind the label, in place of what was there; open or not, it stays so. */
  fill(label: string, ...children: readonly Node[]): HTMLDetailsElement;
  update(state: PreviewState): void;
}

/**
 * Whether it is open is the state's to say: the browser's own `toggle` comes a task after the click, and a message of
 * the host between them would close it again.
 */
export function folded(
  fold: Fold,
  dispatch: (action: Action) => void,
  attributes: { readonly class?: string } = {},
): Folded {
  const summary = element("summary", { "data-key": `fold-${fold}` });
  const node = element("details", { ...attributes }, summary);
  summary.addEventListener("click", (event) => {
    event.preventDefault();
    dispatch({ type: "fold", fold, open: !node.open });
  });
  return {
    node,
    fill(label, ...children) {
      summary.textContent = label;
      node.replaceChildren(summary, ...children);
      return node;
    },
    update({ unfolded }) {
      node.open = unfolded.includes(fold);
    },
  };
}
