/** The preview's page. Pure: it decides nothing and knows no state but the one that it is given. */
import type { LabFiles, ToWebview } from "../../protocol.ts";

export interface Page {
  readonly cspSource: string;
  readonly nonce: string;
  readonly script: string;
  readonly style: string;
  readonly language: string;
  /** What the page draws before its first message arrives; null: nothing is known yet. */
  readonly initial: ToWebview | null;
  /** Where the lab's files are, which the page loads when it is opened; without them there is no lab. */
  readonly lab?: LabFiles;
}

export function previewHtml({ cspSource, nonce, script, style, language, initial, lab }: Page): string {
  // The lab's worker is a blob of a script that is fetched, and its kernels are WebAssembly.
  const policy = lab
    ? `default-src 'none'; script-src 'nonce-${nonce}' 'wasm-unsafe-eval'; style-src ${cspSource}; connect-src ${cspSource}; worker-src blob:;`
    : `default-src 'none'; script-src 'nonce-${nonce}'; style-src ${cspSource};`;
  const labData = lab ? ` data-lab="${escapeAttribute(JSON.stringify(lab))}"` : "";
  return `<!DOCTYPE html>
<html lang="${escapeAttribute(language)}">
<head>
${headOf(policy)}
<link rel="stylesheet" href="${escapeAttribute(style)}">
</head>
<body data-state="${escapeAttribute(JSON.stringify(initial))}"${labData}>
<main><p class="loading" role="status">Loading the preview …</p></main>
<script nonce="${nonce}" src="${escapeAttribute(script)}"></script>
</body>
</html>
`;
}

/** What both pages begin with. */
const headOf = (policy: string): string => `<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${escapeAttribute(policy)}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Activation Lens</title>`;

function escapeAttribute(text: string): string {
  return text
    .replaceAll("&", "&amp;")
    .replaceAll('"', "&quot;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;");
}

/** 192 random bits, which `crypto` gives in both extension hosts. */
export function makeNonce(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(24));
  return [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

/** What the page sends of itself to be shared. */
export interface Shared {
  /** Its whole state, as it is kept between reloads. */
  readonly state: unknown;
  /** The theme's colours and fonts by the names of their variables. */
  readonly variables: Readonly<Record<string, string>>;
  readonly bodyClass: string;
}

export function isShared(value: unknown): value is Shared {
  const { state, variables, bodyClass } = (value ?? {}) as Partial<Shared>;
  return (
    typeof state === "object" &&
    state !== null &&
    typeof variables === "object" &&
    variables !== null &&
    Object.values(variables).every((text) => typeof text === "string") &&
    typeof bodyClass === "string"
  );
}

export interface SharedPage extends Shared {
  readonly script: string;
  readonly style: string;
  readonly nonce: string;
}

/** A file of its own: the same script and style sheet, inside, with nothing to load and nobody to tell. */
export function sharedHtml({ state, variables, bodyClass, script, style, nonce }: SharedPage): string {
  const policy = `default-src 'none'; script-src 'nonce-${nonce}'; style-src 'nonce-${nonce}';`;
  const colours = Object.entries(variables)
    .filter(([name, value]) => /^--vscode-[\w-]+$/.test(name) && !/[;{}<>]/.test(value))
    .map(([name, value]) => `  ${name}: ${value};`);
  return `<!DOCTYPE html>
<html lang="en">
<head>
${headOf(policy)}
<style nonce="${nonce}">
:root {
${colours.join("\n")}
}
${style.replaceAll("</", "<\\/")}
</style>
</head>
<body class="${escapeAttribute(bodyClass)}" data-saved="${escapeAttribute(JSON.stringify(state))}">
<main></main>
<script nonce="${nonce}">${script.replace(/<(?=\/script|!--)/gi, "\\x3C")}</script>
</body>
</html>
`;
}
