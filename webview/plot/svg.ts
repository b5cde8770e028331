/** Scenes as SVG: as a file, and on the page the density and what lies over the curves. */
import { svg } from "../dom.ts";
import type { Theme } from "../theme.ts";
import type { Mark, Rectangle, Scene, Spot } from "./scene.ts";

const round = (value: number): number => Math.round(value * 100) / 100;

/** Numbers beyond a few screens are as good as at their edge, and SVG viewers fail on huge ones. */
const limited = (value: number): number => round(Math.max(-1e5, Math.min(1e5, value)));

export const pathOf = (points: readonly Spot[]): string =>
  points.map(([x, y], index) => `${index === 0 ? "M" : "L"}${limited(x)} ${limited(y)}`).join("");

function markNode(mark: Mark, { fontSize }: Theme): SVGElement {
  switch (mark.kind) {
    case "line":
      return svg("path", {
        d: pathOf(mark.points),
        fill: "none",
        stroke: mark.colour,
        "stroke-opacity": mark.opacity,
        "stroke-width": mark.width ?? 1,
        "stroke-dasharray": mark.dash?.length ? mark.dash.join(" ") : undefined,
        "stroke-linejoin": "round",
      });
    case "area":
      return svg("path", { d: `${pathOf(mark.points)}Z`, fill: mark.colour, "fill-opacity": mark.opacity });
    case "dot":
      return svg("circle", {
        cx: round(mark.at[0]),
        cy: limited(mark.at[1]),
        r: mark.radius,
        fill: mark.fill,
        stroke: mark.colour,
        "stroke-width": 1.75,
      });
    case "text": {
      const [x, y] = mark.at;
      const size = round((mark.size ?? 0.86) * fontSize);
      const attributes = { x: round(x), y: round(y), "text-anchor": mark.anchor, "font-size": size };
      return svg("text", { ...attributes, fill: mark.colour }, document.createTextNode(mark.text));
    }
  }
}

/** Marks that are cut off at the edges of the area. */
export function clipped(
  { left, top, right, bottom }: Rectangle,
  marks: readonly Mark[],
  theme: Theme,
): SVGElement {
  const [width, height] = [right - left, bottom - top];
  return svg(
    "svg",
    { x: left, y: top, width, height, viewBox: `${left} ${top} ${width} ${height}`, overflow: "hidden" },
    ...marks.map((mark) => markNode(mark, theme)),
  );
}

export const nodesOf = ({ area, inside, outside }: Scene, theme: Theme): SVGElement[] => [
  ...outside.map((mark) => markNode(mark, theme)),
  clipped(area, inside, theme),
];

/** Several scenes below each other, as a file: no style sheet, no script, nothing from elsewhere. */
export function svgFile(scenes: readonly Scene[], theme: Theme, title: string): string {
  const width = Math.max(...scenes.map((scene) => scene.width));
  const height = scenes.reduce((sum, scene) => sum + scene.height, 0);
  let top = 0;
  const parts = scenes.map((scene) => {
    const part = svg("g", { transform: `translate(0 ${top})` }, ...nodesOf(scene, theme));
    top += scene.height;
    return part;
  });
  const root = svg(
    "svg",
    { width, height, viewBox: `0 0 ${width} ${height}`, "font-family": theme.font.replaceAll('"', "'") },
    svg("title", {}, document.createTextNode(title)),
    svg("rect", { width, height, fill: theme.background }),
    ...parts,
  );
  return `<?xml version="1.0" encoding="UTF-8"?>\n${new XMLSerializer().serializeToString(root)}\n`;
}
