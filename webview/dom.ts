/** Small helpers for making the page. Text is set as text, styles through the CSSOM: the CSP allows nothing else. */

type Attributes = Readonly<Record<string, string | number | boolean | undefined>>;
type Child = Node | string | null | undefined | false;

export function element<Tag extends keyof HTMLElementTagNameMap>(
  tag: Tag,
  attributes: Attributes = {},
  ...children: readonly Child[]
): HTMLElementTagNameMap[Tag] {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === undefined || value === false) continue;
    made.setAttribute(name, value === true ? "" : String(value));
  }
  made.append(...children.filter((child): child is Node | string => Boolean(child) || child === ""));
  return made;
}

/** `label` is what a button with nothing but an icon is called. */
export function button(
  label: string,
  attributes: Attributes,
  onClick: () => void,
  ...children: readonly Child[]
): HTMLButtonElement {
  const made = element(
    "button",
    { type: "button", ...attributes },
    ...(children.length ? children : [label]),
  );
  if (made.textContent?.trim() === "") made.setAttribute("aria-label", label);
  made.addEventListener("click", onClick);
  return made;
}

/**
 * Puts new children in place of the old and keeps the keyboard focus on the control that had it: controls are known
 * by their `data-key`.
 */
export function refill(host: HTMLElement, ...children: readonly Child[]): void {
  const active = document.activeElement;
  const key = active instanceof HTMLElement && host.contains(active) ? active.dataset.key : undefined;
  host.replaceChildren(...children.filter((child): child is Node | string => Boolean(child)));
  if (key === undefined) return;
  const again = [...host.querySelectorAll<HTMLElement>("[data-key]")].find(
    (node) => node.dataset.key === key,
  );
  (again ?? host.querySelector<HTMLElement>("button, input, select"))?.focus();
}

const svgNamespace = "http://www.w3.org/2000/svg";

export function svg(tag: string, attributes: Attributes, ...children: readonly Node[]): SVGElement {
  const made = document.createElementNS(svgNamespace, tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value !== undefined) made.setAttribute(name, String(value));
  }
  made.append(...children);
  return made;
}

/** Paths in a 16 x 16 box. */
const icons = {
  pin: "M9.5 1.5l5 5-1.2.5-2.6 2.6-.4 3.4-3-3L3.5 13.800l-.8.2.2-.8 3.800-3.800-3-3 3.400-.4 2.600-2.600z",
  close: "M4 4l8 8M12 4l-8 8",
  copy: "M5.500 4.500v-2h8v9h-2M2.500 4.500h9v9.500h-9z",
  goto: "M6 3H3v10h10v-3M9 3h4v4M13 3L7.500 8.500",
  another: "M2.500 4.500h8v8h-8zM5.500 4.500v-2h8v8h-3M6.500 6.500v4M4.500 8.500h4",
  window: "M9.500 2.500h4v4M13.500 2.500l-6 6M7 3.500H2.500v10h10V9",
  reset: "M3 3v3.500h3.500M3.300 6.500a5 5 0 1 1-.3 2.500",
} as const;

export function icon(name: keyof typeof icons): SVGElement {
  const path = svg("path", { d: icons[name] });
  return svg("svg", { viewBox: "0 0 16 16", class: "icon", "aria-hidden": "true" }, path);
}

/** A curve's line as the charts draw it. */
export function swatch(colour: string, dash: readonly number[]): SVGElement {
  const line = svg("line", { x1: 1, y1: 5, x2: 21, y2: 5, "stroke-dasharray": dash.join(" ") });
  line.style.stroke = colour;
  return svg("svg", { viewBox: "0 0 22 10", class: "swatch", "aria-hidden": "true" }, line);
}

/** A curve in a box of 14 x 10; both axes of the points run from -1 to 1. Without points a dot. */
export function miniature(points: readonly { readonly x: number; readonly y: number }[]): SVGElement {
  const place = ({ x, y }: { readonly x: number; readonly y: number }) =>
    `${(7 + 6 * x).toFixed(1)} ${(5 - 4 * y).toFixed(1)}`;
  const mark =
    points.length === 0
      ? svg("circle", { cx: 7, cy: 5, r: 2 })
      : svg("path", { d: `M${points.map(place).join("L")}` });
  return svg("svg", { viewBox: "0 0 14 10", class: "miniature", "aria-hidden": "true" }, mark);
}
