/** The page's way to the outside: VS Code, or nothing but the browser where it was saved as a page of its own. */
import type { FromWebview } from "../src/protocol.ts";
import type { PreviewState } from "./state.ts";

export interface Host {
  postMessage(message: FromWebview): void;
  getState(): unknown;
  setState(state: PreviewState): void;
}

declare const acquireVsCodeApi: (() => Host) | undefined;

export const host = (): Host => (typeof acquireVsCodeApi === "function" ? acquireVsCodeApi() : standAlone());

/** What only VS Code can do is hidden there, by the class of the body. */
function standAlone(): Host {
  document.body.classList.add("stand-alone");
  return {
    postMessage(message) {
      if (message.type === "copy") void navigator.clipboard?.writeText(message.text);
      if (message.type === "export") download(message);
    },
    getState: () => JSON.parse(document.body.dataset.saved ?? "null"),
    setState: () => undefined,
  };
}

const types = { png: "image/png", svg: "image/svg+xml", csv: "text/csv", html: "text/html" } as const;

function download({ format, name, content }: Extract<FromWebview, { type: "export" }>): void {
  const data = format === "png" ? Uint8Array.from(atob(content), (char) => char.charCodeAt(0)) : content;
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([data], { type: types[format] }));
  link.download = `${name}.${format}`;
  link.click();
  URL.revokeObjectURL(link.href);
}
