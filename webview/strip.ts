/** The network as a strip of boxes, one for each layer: click or press Enter to go to its code. */
import type { ShownStrip } from "../src/protocol.ts";
import type { Section } from "./controls.ts";
import { button, element, refill } from "./dom.ts";
import { estimatesOf, layerRisk } from "./estimate.ts";
import { plural } from "./format.ts";
import { type Measure, measures, type PreviewState } from "./state.ts";
import { boxLabel, createBox, legendOf } from "./stripBox.ts";

export interface StripActions {
  /** @param focus whether to work on in the code */
  goTo(part: "layer" | "gap", index: number, focus: boolean): void;
  measure(measure: Measure): void;
}

const measureNames: Readonly<Record<Measure, string>> = {
  dead: "Dead units",
  step: "Step ρ",
  gradient: "Gradient",
  signal: "Correlation",
};

/** The layers with the estimate that is tried out; with another depth they are not the code's any more. */
function triedStrip(state: PreviewState): ShownStrip | null {
  const { strip, whatIf } = state;
  if (!strip || !estimatesOf(state).isTried || whatIf.depth !== undefined) return strip;
  const boxes = strip.boxes.map((box) =>
    box.part === "layer" ? { ...box, risk: layerRisk(state, box.index) } : box,
  );
  return { ...strip, boxes };
}

/** From this many boxes on they are small and bear no numbers. */
const crowded = 17;

export function createStrip(actions: StripActions): Section {
  const title = element("h2", { id: "strip-title" });
  const list = element("ol", { class: "boxes", "aria-labelledby": "strip-title" });
  const caption = element("p", { class: "caption", "aria-hidden": "true" });
  const legend = element("p", { class: "hint legend" });
  const choices = measures.map((measure) => ({
    measure,
    node: button(measureNames[measure], { "data-key": `measure-${measure}` }, () => actions.measure(measure)),
  }));
  const chooser = element(
    "div",
    { class: "segments", role: "group", "aria-label": "What the layers show" },
    ...choices.map((choice) => choice.node),
  );
  const node = element(
    "section",
    { class: "strip", "aria-labelledby": "strip-title" },
    element("div", { class: "row" }, title, chooser),
    list,
    caption,
    legend,
  );
  let built = "";
  let shown: ShownStrip | null = null;
  let buttons: readonly HTMLButtonElement[] = [];
  let inView: HTMLElement | undefined;

  /** The one box that Tab reaches; arrow keys lead to the others. */
  const rove = (to: HTMLButtonElement | undefined) => {
    for (const button of buttons) button.tabIndex = button === to ? 0 : -1;
  };
  const tell = (button: HTMLButtonElement | undefined) => {
    caption.textContent = button?.getAttribute("aria-label") ?? (shown ? currentWords(shown) : "");
  };
  const boxOf = (target: EventTarget | null) =>
    target instanceof Element ? buttons.find((button) => button.contains(target)) : undefined;
  const go = (button: HTMLButtonElement | undefined, focus: boolean) => {
    const box = shown?.boxes[buttons.indexOf(button!)];
    if (box) actions.goTo(box.part, box.index, focus);
  };

  list.addEventListener("click", (event) => go(boxOf(event.target), false));
  list.addEventListener("dblclick", (event) => go(boxOf(event.target), true));
  list.addEventListener("pointerover", (event) => tell(boxOf(event.target) ?? focused()));
  list.addEventListener("pointerleave", () => tell(focused()));
  list.addEventListener("focusin", (event) => {
    const button = boxOf(event.target);
    rove(button);
    tell(button);
  });
  list.addEventListener("focusout", () => tell(undefined));
  list.addEventListener("keydown", (event) => {
    const button = boxOf(event.target);
    if (!button) return;
    if (event.key === "Enter") go(button, true);
    else {
      const next = neighbour(buttons, button, event.key);
      if (!next) return;
      next.focus();
    }
    event.preventDefault();
  });
  const focused = () => buttons.find((button) => button === document.activeElement);

  return {
    node,
    update(state) {
      const strip = triedStrip(state);
      const { measure } = state;
      const isTried = strip !== state.strip;
      const boxes = JSON.stringify(strip && [strip.name, strip.boxes, measure, isTried]);
      shown = strip;
      chooser.hidden = !strip?.boxes.some((box) => box.part === "layer" && box.risk);
      for (const choice of choices)
        choice.node.setAttribute("aria-pressed", String(choice.measure === measure));
      node.hidden = !strip || strip.count === 0;
      if (!strip || node.hidden) return;
      if (boxes !== built) {
        built = boxes;
        const hasGaps = strip.boxes.some((box) => box.part === "gap" || box.gap !== null);
        title.replaceChildren(
          strip.name,
          element("span", { class: "hint" }, ` ${plural(strip.count, "layer")}${hasGaps ? " read" : ""}`),
          ...(isTried ? [element("span", { class: "badge quiet" }, "what if")] : []),
        );
        list.classList.toggle("crowded", strip.boxes.length >= crowded);
        const made = strip.boxes.map((box) => createBox(box, strip, measure));
        refill(list, ...made.map((button) => element("li", {}, button)));
        buttons = made;
        legend.replaceChildren(...legendOf(strip, measure));
      }
      mark(strip);
      tell(focused());
    },
  };

  function mark({ boxes, current }: ShownStrip): void {
    const marked = buttons.filter((button, at) => {
      const box = boxes[at];
      const isCurrent = box?.part === "layer" && current.includes(box.index);
      if (isCurrent) button.setAttribute("aria-current", "true");
      else button.removeAttribute("aria-current");
      return isCurrent;
    });
    if (!focused()) rove(marked[0] ?? buttons.find(({ tabIndex }) => tabIndex === 0) ?? buttons[0]);
    const [first] = marked;
    // With the frame, when the page is laid out anyway.
    if (first && first !== inView) requestAnimationFrame(() => bringIntoView(first));
    inView = first;
  }

  function bringIntoView(box: HTMLElement): void {
    // Not `scrollIntoView`, which would move the page too.
    if (box.offsetTop < list.scrollTop || bottom(box) > list.scrollTop + list.clientHeight) {
      list.scrollTop = box.offsetTop - list.clientHeight / 3;
    }
  }
}

const bottom = (node: HTMLElement): number => node.offsetTop + node.offsetHeight;

function currentWords({ boxes, current, count }: ShownStrip): string {
  const [first] = boxes.filter((box) => box.part === "layer" && current.includes(box.index));
  if (!first) return "Each box is a layer. Click one to go to its code.";
  return current.length > 1
    ? `One call makes ${current.length} of the ${count} layers.`
    : boxLabel(first, count);
}

/** Where an arrow key leads: along the strip, or to the nearest box of the row above or below. */
function neighbour(
  buttons: readonly HTMLButtonElement[],
  from: HTMLButtonElement,
  key: string,
): HTMLButtonElement | undefined {
  const at = buttons.indexOf(from);
  switch (key) {
    case "ArrowRight":
      return buttons[at + 1] ?? from;
    case "ArrowLeft":
      return buttons[at - 1] ?? from;
    case "Home":
      return buttons[0];
    case "End":
      return buttons.at(-1);
    case "ArrowDown":
      return inRow(buttons.slice(at), from) ?? from;
    case "ArrowUp":
      return inRow(buttons.slice(0, at).reverse(), from) ?? from;
    default:
      return undefined;
  }
}

function inRow(candidates: readonly HTMLButtonElement[], from: HTMLButtonElement) {
  const row = candidates.find(({ offsetTop }) => offsetTop !== from.offsetTop)?.offsetTop;
  const distance = ({ offsetLeft }: HTMLElement) => Math.abs(offsetLeft - from.offsetLeft);
  return candidates.filter(({ offsetTop }) => offsetTop === row).sort((a, b) => distance(a) - distance(b))[0];
}
