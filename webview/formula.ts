/** TeX as MathML, which the browser lays out and screen readers read; plain text where that fails. */
import temml from "temml";
import { element } from "./dom.ts";

export function formula(tex: string, display: boolean): HTMLElement {
  const node = element("span", { class: display ? "formula" : "symbol" });
  try {
    temml.render(tex, node, { displayMode: display, throwOnError: true });
  } catch {
    node.replaceChildren(element("code", {}, tex));
  }
  return node;
}
