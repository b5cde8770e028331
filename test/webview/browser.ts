/** The preview in a real browser, under its own CSP, with a stand-in for VS Code's side of the page. */
import { existsSync, readFileSync } from "node:fs";
import { after, before } from "node:test";
import { build } from "esbuild";
import { type Browser, chromium, type Page } from "playwright-core";
import { previewHtml } from "../../src/host/preview/html.ts";
import type { FromWebview, ToWebview } from "../../src/protocol.ts";
import type { TestTheme } from "./themes.ts";

const executable = [
  process.env.CHROMIUM,
  "/usr/bin/chromium",
  "/usr/bin/chromium-browser",
  "/usr/bin/google-chrome",
].find((path) => path !== undefined && existsSync(path));

export const skipWithoutBrowser = executable === undefined ? "no Chromium found (set CHROMIUM)" : false;

const quietly = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-background-networking",
  "--disable-sync",
  "--no-first-run",
];

export const launch = (): Promise<Browser> => chromium.launch({ executablePath: executable!, args: quietly });

/** What the tests of one file share; there when the first of them begins. */
export interface Shared {
  readonly browser: Browser;
  /** The page's own. */
  readonly script: string;
  readonly lab: Awaited<ReturnType<typeof bundleLab>>;
}

export function share(): Shared {
  const shared = {} as { -readonly [Part in keyof Shared]: Shared[Part] };
  before(async () => {
    if (skipWithoutBrowser) return;
    [shared.browser, shared.script, shared.lab] = await Promise.all([launch(), bundlePage(), bundleLab()]);
  });
  after(() => shared.browser?.close());
  return shared;
}

export const bundlePage = (): Promise<string> => bundle("webview/main.ts");

/** Script and worker of the lab. */
export async function bundleLab(): Promise<{ readonly script: string; readonly worker: string }> {
  const [script, worker] = await Promise.all([
    bundle("webview/lab/main.ts"),
    bundle("webview/lab/worker.ts"),
  ]);
  return { script, worker };
}

async function bundle(entry: string): Promise<string> {
  const result = await build({
    entryPoints: [entry],
    bundle: true,
    write: false,
    format: "iife",
    target: "es2022",
    loader: { ".bin": "binary" },
    logLevel: "error",
  });
  return result.outputFiles[0]!.text;
}

/** CSP violations and exceptions of a page, as they come. */
export function faultsOf(page: Page): readonly string[] {
  const faults: string[] = [];
  page.on("pageerror", (error) => faults.push(String(error)));
  page.on("console", (message) => {
    if (message.type() === "error") faults.push(message.text());
  });
  return faults;
}

export interface Opened {
  readonly page: Page;
  /** CSP violations and exceptions of the page. */
  readonly faults: readonly string[];
  sent(): Promise<readonly FromWebview[]>;
  post(message: ToWebview): Promise<void>;
}

const origin = "https://preview.test";

export async function open(
  browser: Browser,
  script: string,
  theme: TestTheme,
  {
    initial,
    width = 520,
    height = 900,
    saved = null,
    zoom = 1,
    lab,
  }: {
    readonly initial: ToWebview | null;
    readonly width?: number;
    readonly height?: number;
    readonly saved?: unknown;
    readonly zoom?: number;
    /** Script and worker of the lab, where the page is to have one. */
    readonly lab?: { readonly script: string; readonly worker: string };
  },
): Promise<Opened> {
  const viewport = { width: Math.round(width / zoom), height: Math.round(height / zoom) };
  const page = await browser.newPage({ viewport, deviceScaleFactor: zoom });
  const faults = faultsOf(page);
  const html = previewHtml({
    cspSource: origin,
    nonce: "test",
    script: `${origin}/webview.js`,
    style: `${origin}/preview.css`,
    language: "en",
    initial,
    ...(lab && {
      lab: {
        script: `${origin}/lab.js`,
        worker: `${origin}/labWorker.js`,
        style: `${origin}/lab.css`,
      },
    }),
  });
  const files: Record<string, { contentType: string; body: string }> = {
    "/": { contentType: "text/html", body: html },
    "/webview.js": { contentType: "text/javascript", body: script },
    "/preview.css": { contentType: "text/css", body: readFileSync("media/preview.css", "utf8") },
    ...(lab && {
      "/lab.js": { contentType: "text/javascript", body: lab.script },
      "/labWorker.js": { contentType: "text/javascript", body: lab.worker },
      "/lab.css": { contentType: "text/css", body: readFileSync("media/lab.css", "utf8") },
    }),
    "/favicon.ico": { contentType: "image/x-icon", body: "" },
  };
  await page.route(`${origin}/**`, (route) =>
    route.fulfill(files[new URL(route.request().url()).pathname] ?? { status: 404 }),
  );
  await page.addInitScript(standIn, { theme, saved });
  await page.goto(`${origin}/`);
  await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
  return {
    page,
    faults,
    sent: () => page.evaluate(() => (window as unknown as { sent: FromWebview[] }).sent),
    post: (message) => page.evaluate((data) => window.postMessage(data, "*"), message),
  };
}

/** A page that was saved as a file, opened as one. */
export async function openFile(browser: Browser, html: string) {
  const page = await browser.newPage({ viewport: { width: 1000, height: 900 } });
  const faults = faultsOf(page);
  const requests: string[] = [];
  await page.route("**/*", (route) => {
    const url = route.request().url();
    if (url === `${origin}/shared.html`) return route.fulfill({ contentType: "text/html", body: html });
    if (!url.startsWith("blob:") && !url.endsWith("/favicon.ico")) requests.push(url);
    return route.abort();
  });
  await page.goto(`${origin}/shared.html`);
  return { page, faults, requests };
}

/** Runs in the page: VS Code's variables and body class, and the API that records what is sent. */
function standIn({ theme, saved }: { readonly theme: TestTheme; readonly saved: unknown }): void {
  const sent: unknown[] = [];
  let state = saved;
  const api = {
    postMessage: (message: unknown) => sent.push(message),
    getState: () => state,
    setState: (next: unknown) => {
      state = next;
    },
  };
  Object.assign(window, { sent, acquireVsCodeApi: () => api, savedState: () => state });
  const sheet = new CSSStyleSheet();
  // Of VS Code's default styles those that colour text: in a layer, so that any rule of the page outweighs them.
  sheet.replaceSync(`@layer vscode-default {
    code { color: var(--vscode-textPreformat-foreground); background: var(--vscode-textPreformat-background); padding: 1px 3px; }
    a { color: var(--vscode-textLink-foreground); }
  }`);
  document.adoptedStyleSheets = [sheet];
  new MutationObserver((_, observer) => {
    if (!document.body) return;
    observer.disconnect();
    for (const [name, value] of Object.entries(theme.variables)) {
      document.documentElement.style.setProperty(`--vscode-${name}`, value);
    }
    document.body.classList.add(...theme.bodyClass.split(" "));
  }).observe(document, { childList: true, subtree: true });
}
