/** Scenes painted on a canvas: as a PNG, and on the page what lies under the curves. */
import type { Theme } from "../theme.ts";
import type { Mark, Scene } from "./scene.ts";
import { pathOf } from "./svg.ts";

/** Pixels of the file for one of the page: sharp on paper and on dense screens. */
const density = 2;

/** @returns the file as base64 */
export function pngFile(scenes: readonly Scene[], theme: Theme): string {
  const canvas = document.createElement("canvas");
  canvas.width = density * Math.max(...scenes.map(({ width }) => width));
  canvas.height = density * scenes.reduce((sum, { height }) => sum + height, 0);
  const context = canvas.getContext("2d")!;
  context.scale(density, density);
  context.fillStyle = theme.background;
  context.fillRect(0, 0, canvas.width, canvas.height);
  for (const scene of scenes) {
    for (const mark of scene.outside) paint(context, mark, theme);
    context.save();
    const { left, top, right, bottom } = scene.area;
    context.beginPath();
    context.rect(left, top, right - left, bottom - top);
    context.clip();
    for (const mark of scene.inside) paint(context, mark, theme);
    context.restore();
    context.translate(0, scene.height);
  }
  return canvas.toDataURL("image/png").replace(/^data:image\/png;base64,/, "");
}

export function paint(context: CanvasRenderingContext2D, mark: Mark, { font, fontSize }: Theme): void {
  context.save();
  switch (mark.kind) {
    case "line":
      context.globalAlpha = mark.opacity ?? 1;
      context.strokeStyle = mark.colour;
      context.lineWidth = mark.width ?? 1;
      context.lineJoin = "round";
      context.setLineDash([...(mark.dash ?? [])]);
      context.stroke(new Path2D(pathOf(mark.points)));
      break;
    case "area":
      context.globalAlpha = mark.opacity;
      context.fillStyle = mark.colour;
      context.fill(new Path2D(pathOf(mark.points)));
      break;
    case "dot":
      context.beginPath();
      context.arc(mark.at[0], mark.at[1], mark.radius, 0, 2 * Math.PI);
      context.fillStyle = mark.fill;
      context.fill();
      context.strokeStyle = mark.colour;
      context.lineWidth = 1.75;
      context.stroke();
      break;
    case "text":
      context.font = `${(mark.size ?? 0.86) * fontSize}px ${font}`;
      context.textAlign = mark.anchor === "middle" ? "center" : mark.anchor;
      context.fillStyle = mark.colour;
      context.fillText(mark.text, mark.at[0], mark.at[1]);
  }
  context.restore();
}
