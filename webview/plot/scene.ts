/**
 * A drawing as data: it is saved as SVG and as PNG, and what lies over or under the charts of the page is made of it. A test
 * reads the marks without a browser. Lengths are CSS pixels, y goes down.
 */

export interface Stroke {
  readonly colour: string;
  readonly opacity?: number;
  readonly width?: number;
  readonly dash?: readonly number[];
}

export type Mark =
  | (Stroke & { readonly kind: "line"; readonly points: readonly Spot[] })
  | {
      readonly kind: "area";
      readonly points: readonly Spot[];
      readonly colour: string;
      readonly opacity: number;
    }
  | {
      readonly kind: "dot";
      readonly at: Spot;
      readonly radius: number;
      readonly colour: string;
      readonly fill: string;
    }
  | {
      readonly kind: "text";
      readonly at: Spot;
      readonly text: string;
      readonly colour: string;
      readonly anchor: "start" | "middle" | "end";
      /** Of the theme's font size. */
      readonly size?: number;
    };

/** x and y in pixels. */
export type Spot = readonly [number, number];

export interface Rectangle {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

export interface Scene {
  readonly width: number;
  readonly height: number;
  /** Marks inside are cut off at its edges. */
  readonly area: Rectangle;
  readonly inside: readonly Mark[];
  readonly outside: readonly Mark[];
}

export const horizontal = (y: number, { left, right }: Rectangle, stroke: Stroke): Mark => ({
  kind: "line",
  points: [
    [left, y],
    [right, y],
  ],
  ...stroke,
});

export const vertical = (x: number, { top, bottom }: Rectangle, stroke: Stroke): Mark => ({
  kind: "line",
  points: [
    [x, top],
    [x, bottom],
  ],
  ...stroke,
});

/** Hatched, not only tinted: it must be seen in high contrast, and without colour. */
export function hatch({ left, top, right, bottom }: Rectangle, stroke: Stroke): readonly Mark[] {
  const height = bottom - top;
  const gap = 8;
  const marks: Mark[] = [];
  // On a common raster, so that zones side by side go on from each other.
  for (let at = Math.floor((left - height) / gap) * gap; at < right; at += gap) {
    const [from, to] = [Math.max(left, at), Math.min(right, at + height)];
    if (from >= to) continue;
    const points: readonly Spot[] = [
      [from, bottom - (from - at)],
      [to, bottom - (to - at)],
    ];
    marks.push({ kind: "line", points, width: 1, ...stroke });
  }
  return marks;
}
