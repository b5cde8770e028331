/**
 * The lab: trains the network of the code beside variants of it. The page gives it an element and a network as plain
 * data; it posts nothing and knows neither VS Code nor the preview.
 */
import type { Network } from "../../src/engine/model.ts";
import { stepsOf } from "../../src/lab/experiment.ts";
import { button, element } from "../dom.ts";
import { onThemeChange, readTheme } from "../theme.ts";
import { createLabCharts } from "./charts.ts";
import { createResults } from "./results.ts";
import { isHeld, isUnderWay, type LabRun, type RunState, startRun } from "./run.ts";
import { createSettings, experimentOf, type LabSettings, settingsFrom } from "./settings.ts";

export interface LabSubject {
  readonly network: Network;
  /** Where the code says it (src/lab/batch.ts). */
  readonly batch?: number;
}

export interface LabOptions {
  readonly subject: LabSubject | null;
  makeWorker(): Promise<Worker>;
  /** As the last `onSettings` said; what is missing is as usual. */
  readonly settings?: Partial<LabSettings>;
  /** To be kept over a reload. */
  onSettings?(settings: LabSettings): void;
}

export interface Lab {
  /** Another network is shown. What runs goes on until it is cancelled or started again. */
  update(subject: LabSubject | null): void;
  /** Ends the worker and takes everything out of the element. */
  dispose(): void;
}

export function mountLab(host: HTMLElement, options: LabOptions): Lab {
  let settings = settingsFrom(options.settings);
  let subject = options.subject;
  let run: LabRun | undefined;
  let state: RunState | undefined;
  let isDrawing = false;
  let isCurrent = true;

  const form = createSettings((change) => {
    settings = { ...settings, ...change };
    options.onSettings?.(settings);
    render();
  });
  const start = button("Train", { class: "primary", "data-key": "lab-start" }, begin);
  const pause = button("Pause", { class: "secondary", "data-key": "lab-pause" }, () =>
    state && isHeld(state) ? run?.resume() : run?.pause(),
  );
  const cancel = button("Cancel", { class: "secondary", "data-key": "lab-cancel" }, () => {
    run?.cancel();
    start.focus();
  });
  const bar = element("progress", { max: 1, "aria-label": "Training" });
  const status = element("span", { class: "lab-status", role: "status" });
  const charts = createLabCharts();
  const results = createResults();
  const output = element("div", { class: "lab-output", hidden: true }, charts.node, results.node);
  const node = element(
    "section",
    { class: "lab", "aria-label": "Training" },
    form.node,
    element("div", { class: "lab-actions" }, start, pause, cancel, bar, status),
    output,
  );
  host.append(node);
  const stopWatching = onThemeChange(draw);
  render();

  return {
    update(next) {
      subject = next;
      render();
    },
    dispose() {
      run?.cancel();
      stopWatching();
      charts.dispose();
      node.remove();
      state = undefined;
    },
  };

  function begin(): void {
    const experiment = experimentOf(settings, subject);
    if ("reason" in experiment) return;
    run?.cancel();
    run = startRun(experiment, options.makeWorker, (next) => {
      const isNew = state?.status !== next.status || state.experiment !== next.experiment;
      state = next;
      if (isNew) render();
      else draw();
    });
    pause.focus();
  }

  /** The controls. They change when the user or the run's status does, not with every step. */
  function render(): void {
    const isRunning = state !== undefined && isUnderWay(state);
    const experiment = experimentOf(settings, subject);
    // What is shown may be about another network than the one that the cursor is on by now.
    isCurrent = !state || JSON.stringify(experiment) === JSON.stringify(state.experiment);
    form.update(settings, subject, isRunning);
    start.hidden = isRunning;
    start.disabled = "reason" in experiment;
    pause.hidden = cancel.hidden = bar.hidden = !isRunning;
    pause.textContent = state && isHeld(state) ? "Resume" : "Pause";
    status.textContent = statusWords("reason" in experiment ? experiment.reason : "");
    draw();
  }

  function statusWords(reason: string): string {
    switch (state?.status) {
      case "running":
        return "";
      case "pausing":
        return "Pausing …";
      case "paused":
        return "Paused";
      case "failed":
        return `Training failed: ${state.message}`;
      case "cancelled":
        return reason || "Cancelled";
      default:
        return reason;
    }
  }

  /** At most once a frame. */
  function draw(): void {
    if (isDrawing || !state) return;
    isDrawing = true;
    requestAnimationFrame(() => {
      isDrawing = false;
      if (!state) return;
      output.hidden = false;
      const theme = readTheme();
      bar.value = state.steps / stepsOf(state.experiment);
      charts.update(state, theme);
      results.update(state, theme, isCurrent);
    });
  }
}
