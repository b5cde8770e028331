/** The way to the lab: closed it costs nothing, opened it loads the lab's script and style sheet. */
import type { LabFiles } from "../src/protocol.ts";
import type { Section } from "./controls.ts";
import { element } from "./dom.ts";
import { folded } from "./folded.ts";
import type { Lab } from "./lab/index.ts";
import type { LabModule } from "./lab/main.ts";
import type { Action, PreviewState } from "./state.ts";

export function createTryIt(dispatch: (action: Action) => void): Section {
  const files = labFiles();
  const failed = element("p", { role: "status", hidden: true });
  const body = element("div", {}, failed);
  const fold = folded("lab", dispatch, { class: "try-it" });
  const node = fold.fill("Try it: train this network and variants of it", body);
  let lab: Lab | undefined;
  let isLoading = false;
  let shown: PreviewState | undefined;

  const mount = async (from: LabFiles, settings: PreviewState["lab"]) => {
    isLoading = true;
    failed.hidden = true;
    try {
      const { mountLab, blobWorker } = await load(from);
      lab = mountLab(body, {
        subject: subjectOf(shown),
        settings,
        makeWorker: () => blobWorker(from.worker),
        onSettings: (next) => dispatch({ type: "lab-settings", settings: next }),
      });
    } catch (error) {
      failed.textContent = `The lab could not be loaded: ${error instanceof Error ? error.message : error}`;
      failed.hidden = false;
    } finally {
      isLoading = false;
    }
  };

  return {
    node,
    update(state) {
      const before = shown;
      shown = state;
      node.hidden = files === undefined;
      fold.update(state);
      if (lab) {
        // A new object with every message: only another network is news.
        if (before?.strip === state.strip) return;
        const subject = subjectOf(state);
        if (JSON.stringify(subjectOf(before)) !== JSON.stringify(subject)) lab.update(subject);
      } else if (files && node.open && !isLoading) void mount(files, state.lab);
    },
  };
}

const subjectOf = (state: PreviewState | undefined) => {
  const { model, batch } = state?.strip ?? {};
  return model ? { network: model, ...(batch != null && { batch }) } : null;
};

function labFiles(): LabFiles | undefined {
  const text = document.body.dataset.lab;
  return text === undefined ? undefined : JSON.parse(text);
}

/** The page's policy lets in scripts with its nonce, which the page's own script carries. */
function load({ script, style }: LabFiles): Promise<LabModule> {
  const nonce = document.querySelector<HTMLScriptElement>("script[nonce]")?.nonce ?? "";
  document.head.append(element("link", { rel: "stylesheet", href: style }));
  return new Promise((resolve, reject) => {
    const tag = element("script", { src: script });
    tag.nonce = nonce;
    tag.addEventListener("load", () =>
      resolve((globalThis as unknown as { activationLensLab: LabModule }).activationLensLab),
    );
    tag.addEventListener("error", () => reject(new Error("its script was not found")));
    document.head.append(tag);
  });
}
