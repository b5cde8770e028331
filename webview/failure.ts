/** What the page says when it could not be drawn, instead of nothing. */
import { button, element } from "./dom.ts";

export interface Failure {
  readonly node: HTMLElement;
  show(error: unknown): void;
  hide(): void;
}

export function createFailure(restart: () => void): Failure {
  const reason = element("code");
  const node = element(
    "div",
    { class: "finding error", role: "alert" },
    element("p", {}, "The preview could not draw this. Your code is untouched."),
    element("p", { class: "hint" }, reason),
    button("Start again", { class: "secondary", "data-key": "restart" }, restart),
  );
  node.hidden = true;
  return {
    node,
    show(error) {
      reason.textContent = error instanceof Error ? error.message : String(error);
      node.hidden = false;
    },
    hide() {
      node.hidden = true;
    },
  };
}
