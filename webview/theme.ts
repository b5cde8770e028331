/** The editor's colours for drawings, which are also saved as files and can't read CSS variables there. */
import type { Stroke } from "./plot/scene.ts";

export interface Theme {
  readonly foreground: string;
  readonly muted: string;
  readonly background: string;
  readonly grid: Stroke;
  readonly axis: Stroke;
  readonly zone: Stroke;
  /** Of what is silent, and of what is dead. */
  readonly warning: string;
  readonly bad: string;
  readonly font: string;
  readonly fontSize: number;
  /** In the order of the curves. */
  readonly colours: readonly string[];
  /** In the order of the curves, again and again. In high contrast those of a colour differ in their dashes too. */
  readonly dashes: readonly (readonly number[])[];
  readonly highContrast: boolean;
}

const chartColours = ["blue", "green", "purple", "red", "yellow"] as const;
const fallbacks = ["#3794ff", "#89d185", "#b180d7", "#f14c4c", "#cca700"] as const;
const contrastDashes = [[], [8, 4], [2, 3], [10, 3, 2, 3], [5, 2], [1, 4]] as const;

export function readTheme(): Theme {
  const style = getComputedStyle(document.body);
  const read = (name: string, fallback: string) =>
    style.getPropertyValue(`--vscode-${name}`).trim() || fallback;
  const highContrast = document.body.classList.contains("vscode-high-contrast");
  const foreground = read("foreground", "#888888");
  const background = read("editor-background", highContrast ? "#000000" : "#ffffff");
  const drawn = (opacity: number): Stroke => ({ colour: foreground, opacity });
  return {
    foreground,
    background,
    muted: highContrast ? foreground : read("descriptionForeground", foreground),
    grid: drawn(highContrast ? 0.35 : 0.1),
    axis: drawn(highContrast ? 1 : 0.45),
    zone: drawn(highContrast ? 0.6 : 0.16),
    warning: read("charts-yellow", "#cca700"),
    bad: read("charts-red", "#f14c4c"),
    font: style.fontFamily,
    fontSize: Number.parseFloat(style.fontSize) || 13,
    // The sixth is the text's own colour. The charts' orange is half transparent in VS Code's own themes.
    colours: [...chartColours.map((name, index) => read(`charts-${name}`, fallbacks[index]!)), foreground],
    dashes: highContrast ? contrastDashes : [contrastDashes[0]],
    highContrast,
  };
}

/** The dash of a curve: from the seventh on its colour comes again, and a dash of its own tells it apart. */
export function dashOf({ dashes, colours }: Theme, index: number): readonly number[] {
  const round = Math.floor(index / colours.length);
  if (dashes.length > 1) return dashes[(index + round) % dashes.length]!;
  return contrastDashes[round % contrastDashes.length]!;
}

/** VS Code changes the body's class and the variables on the root when the user picks another theme. */
export function onThemeChange(listener: () => void): () => void {
  const observer = new MutationObserver(listener);
  observer.observe(document.body, { attributes: true, attributeFilter: ["class", "data-vscode-theme-id"] });
  observer.observe(document.documentElement, { attributes: true, attributeFilter: ["style"] });
  return () => observer.disconnect();
}
