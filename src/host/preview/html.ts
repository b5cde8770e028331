/** The preview's page. Pure: it decides nothing and knows no state but the one that it is given. */
import type { ToWebview } from "../../protocol.ts";

export interface Page {
  readonly cspSource: string;
  readonly nonce: string;
  readonly script: string;
  readonly style: string;
  readonly language: string;
  /** What the page draws before its first message arrives; null: nothing is known yet. */
  readonly initial: ToWebview | null;
}

export function previewHtml({ cspSource, nonce, script, style, language, initial }: Page): string {
  const policy = `default-src 'none'; script-src 'nonce-${nonce}'; style-src ${cspSource};`;
  return `<!DOCTYPE html>
<html lang="${escapeAttribute(language)}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${escapeAttribute(policy)}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Activation Lens</title>
<link rel="stylesheet" href="${escapeAttribute(style)}">
</head>
<body data-state="${escapeAttribute(JSON.stringify(initial))}">
<main></main>
<script nonce="${nonce}" src="${escapeAttribute(script)}"></script>
</body>
</html>
`;
}

export function escapeAttribute(text: string): string {
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
