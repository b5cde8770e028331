import * as vscode from "vscode";
import { type Analysis, activationById, type Network, type Site } from "../engine/index.ts";
import { type Analyses, type DocumentAnalysis, isOwn } from "./analyses.ts";
import { commands, type FixTarget, internalCommands, type PlaceTarget } from "./commandIds.ts";
import { toRange } from "./convert.ts";
import { recommendedFix, shownSites } from "./findings.ts";
import {
  escapeMarkdown,
  gradientText,
  headingText,
  networkHoverText,
  parameterText,
  riskText,
  verdictText,
} from "./hoverText.ts";
import { selector } from "./languages.ts";
import { gapAt, gapHoverText, layerHoverText, layersAt } from "./layerHoverText.ts";
import { plotSize, plotSvg, plotUri, type ThemeKind } from "./plot.ts";
import { setting } from "./settings.ts";

export function registerHover(analyses: Analyses): vscode.Disposable {
  return vscode.languages.registerHoverProvider(selector, {
    provideHover: (document, position) => hoverAt(analyses, document, position),
  });
}

function hoverAt(
  analyses: Analyses,
  document: vscode.TextDocument,
  position: vscode.Position,
): vscode.Hover | null {
  if (!setting("hover.enabled", document)) return null;
  const source = analyses.of(document);
  const { analysis, version } = source;
  const offset = document.offsetAt(position);
  const site = siteAt(analysis, offset);
  if (site) {
    const target = { uri: document.uri.toString(), version, offsets: [site.span.from] };
    return new vscode.Hover(siteMarkdown(analysis, site, target), toRange(document, site.span));
  }
  const layers = layersAt(analysis, offset);
  const call = layers[0]?.layer.span;
  if (call) {
    const place: PlaceTarget = { uri: document.uri.toString(), offset: call.from };
    const preview = link("$(graph-line) Open preview", commands.openPreviewToSide, place);
    return new vscode.Hover(markdown([...layerHoverText(layers), preview]), toRange(document, call));
  }
  const unread = gapAt(analysis, offset);
  if (unread) {
    return new vscode.Hover(
      markdown([gapHoverText(unread.gap, unread.network)]),
      toRange(document, unread.gap.span),
    );
  }
  const network = networkAt(source, position);
  if (!network) return null;
  return new vscode.Hover(markdown(networkHoverText(analysis, network)), document.lineAt(position).range);
}

/** The innermost: `nn.Sequential(nn.ReLU())` is not asked about when the cursor is on the ReLU. */
function siteAt(analysis: Analysis, offset: number): Site | undefined {
  return shownSites(analysis)
    .filter(({ span }) => span.from <= offset && offset <= span.to)
    .sort((a, b) => a.span.to - a.span.from - (b.span.to - b.span.from))[0];
}

/** A network answers on its first line only: its span is a whole class. */
function networkAt(source: DocumentAnalysis, { line }: vscode.Position): Network | undefined {
  const { document, analysis } = source;
  return analysis.networks.find(
    ({ span }) => isOwn(source, span.from) && document.positionAt(span.from).line === line,
  );
}

/** What matters stands first: verdict, ways out, picture. The reasons follow below the fold. */
function siteMarkdown(analysis: Analysis, site: Site, target: FixTarget): vscode.MarkdownString {
  const activation = activationById(site.activation);
  const pieces: (string | null)[] = [
    headingText(activation, site),
    verdictText(analysis, site),
    links(analysis, site, target),
  ];
  if (activation?.shape === "elementwise") {
    const uri = plotUri(plotSvg(activation, site.parameters, themeKind()));
    const size = `width=${plotSize.width},height=${plotSize.height}`;
    pieces.push(`![Plot of ${escapeMarkdown(activation.name)} and its gradient|${size}](${uri})`);
  }
  pieces.push(parameterText(activation, site), activation ? gradientText(activation, site) : null);
  pieces.push(...riskText(analysis, site));
  return markdown(pieces.filter((piece) => piece !== null));
}

function markdown(paragraphs: readonly string[]): vscode.MarkdownString {
  const text = new vscode.MarkdownString(paragraphs.join("\n\n"), true);
  text.isTrusted = {
    enabledCommands: [commands.openPreviewToSide, commands.compareActivations, internalCommands.applyFix],
  };
  return text;
}

function links(analysis: Analysis, site: Site, target: FixTarget): string {
  const place: PlaceTarget = { uri: target.uri, offset: site.span.from };
  const compare = site.activation === "leaky_relu" ? "Compare with others" : "Compare with Leaky ReLU";
  const made = [
    link("$(graph-line) Open preview", commands.openPreviewToSide, place),
    link(compare, commands.compareActivations, place),
  ];
  const fix = recommendedFix(analysis, site.span.from);
  if (fix) made.push(link(escapeMarkdown(fix.title), internalCommands.applyFix, target));
  return made.join(" · ");
}

const link = (text: string, command: string, argument: PlaceTarget | FixTarget): string =>
  `[${text}](command:${command}?${encodeURIComponent(JSON.stringify([argument]))})`;

function themeKind(): ThemeKind {
  switch (vscode.window.activeColorTheme.kind) {
    case vscode.ColorThemeKind.Light:
      return "light";
    case vscode.ColorThemeKind.HighContrast:
      return "high-contrast";
    case vscode.ColorThemeKind.HighContrastLight:
      return "high-contrast-light";
    default:
      return "dark";
  }
}
