/** The editor's colours for the canvases, which can't read CSS variables by themselves. */

export interface Theme {
  readonly foreground: string;
  readonly muted: string;
  readonly background: string;
  readonly grid: string;
  readonly axis: string;
  readonly zone: string;
  readonly font: string;
  readonly fontSize: number;
  /** In the order of the curves. */
  readonly colours: readonly string[];
  /** In high contrast the curves differ in their dashes too; elsewhere all are solid. */
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
  const background = read("editor-background", "transparent");
  return {
    foreground,
    background,
    muted: highContrast ? foreground : read("descriptionForeground", foreground),
    grid: highContrast ? mix(foreground, 0.35) : mix(foreground, 0.1),
    axis: mix(foreground, highContrast ? 1 : 0.45),
    zone: mix(foreground, highContrast ? 0.6 : 0.16),
    font: style.fontFamily,
    fontSize: Number.parseFloat(style.fontSize) || 13,
    // The sixth is the text's own colour. The charts' orange is half transparent in VS Code's own themes.
    colours: [...chartColours.map((name, index) => read(`charts-${name}`, fallbacks[index]!)), foreground],
    dashes: contrastDashes.map((dash) => (highContrast ? dash : [])),
    highContrast,
  };
}

/** The colour made transparent, whatever notation the theme uses for it. */
function mix(colour: string, alpha: number): string {
  return `color-mix(in srgb, ${colour} ${Math.round(alpha * 100)}%, transparent)`;
}

/** VS Code changes the body's class and the variables on the root when the user picks another theme. */
export function onThemeChange(listener: () => void): () => void {
  const observer = new MutationObserver(listener);
  observer.observe(document.body, { attributes: true, attributeFilter: ["class", "data-vscode-theme-id"] });
  observer.observe(document.documentElement, { attributes: true, attributeFilter: ["style"] });
  return () => observer.disconnect();
}
