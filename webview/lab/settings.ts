/** What to try: the code's network or a preset, the changes, data, seeds and steps. */
import { type DataId, dataInfo, dataInfos, isDataId } from "../../src/lab/data/infos.ts";
import type { Experiment } from "../../src/lab/experiment.ts";
import { type FromNetwork, fromNetwork, type LabNetwork } from "../../src/lab/fromNetwork.ts";
import { type Preset, presetById, presets } from "../../src/lab/presets.ts";
import { baselineLabel, type Change, changes, usualChanges, variantsOf } from "../../src/lab/variants.ts";
import { element, refill } from "../dom.ts";
import type { LabSubject } from "./index.ts";

export interface LabSettings {
  /** "code", or a preset's id. */
  readonly subject: string;
  readonly changes: readonly string[];
  /** null: what fits best. */
  readonly data: DataId | null;
  readonly seeds: number;
  readonly steps: number;
}

export const initialSettings: LabSettings = {
  subject: "code",
  changes: usualChanges,
  data: null,
  seeds: 5,
  steps: 300,
};

const limits = { seeds: [1, 20], steps: [10, 5000] } as const;

/** What was kept, as far as it is still known; the rest is as usual. */
export function settingsFrom(kept: Partial<LabSettings> = {}): LabSettings {
  const { subject, changes: wanted, data } = kept;
  const count = (name: keyof typeof limits) => {
    const [least, most] = limits[name];
    const value = kept[name];
    return Number.isInteger(value) && value! >= least && value! <= most ? value! : initialSettings[name];
  };
  return {
    subject: presetById(subject ?? "")?.id ?? initialSettings.subject,
    changes: Array.isArray(wanted)
      ? wanted.filter((id) => changes.some((change) => change.id === id))
      : initialSettings.changes,
    data: isDataId(data ?? "") ? data! : null,
    seeds: count("seeds"),
    steps: count("steps"),
  };
}

/** The experiment that the settings describe, or why there is none. */
export function experimentOf(
  settings: LabSettings,
  subject: LabSubject | null,
): Experiment | { readonly reason: string } {
  const { seeds, steps } = settings;
  const preset = presetById(settings.subject);
  if (preset) return { ...preset.experiment, seeds, steps };
  if (!subject) return { reason: "No network here that could be read completely. The presets need none." };
  const built = builtOf(settings, subject);
  if ("reason" in built)
    return { reason: `${subject.network.name} cannot be tried: ${built.reason}. The presets can.` };
  const { name, spec, data, scale, standardiseTargets, truncates, notes } = built;
  const variants = variantsOf(spec, settings.changes, baselineLabel(spec));
  if (variants.length < 2) return { reason: "Choose at least one change to try." };
  return { title: name, variants, seeds, steps, data, scale, standardiseTargets, truncates, notes };
}

const builtOf = ({ data }: LabSettings, { network, batch }: LabSubject): FromNetwork =>
  fromNetwork(network, { ...(data && { data }), ...(batch !== undefined && { batch }) });

export interface SettingsForm {
  readonly node: HTMLElement;
  update(settings: LabSettings, subject: LabSubject | null, isLocked: boolean): void;
}

export function createSettings(onChange: (change: Partial<LabSettings>) => void): SettingsForm {
  const subjects = select("lab-subject", "Network", (subject) =>
    onChange({ subject, ...ownCounts(subject) }),
  );
  const data = select("lab-data", "Data", (id) => onChange({ data: isDataId(id) ? id : null }));
  const seeds = number("lab-seeds", "Seeds", limits.seeds, (value) => onChange({ seeds: value }));
  const steps = number("lab-steps", "Steps", limits.steps, (value) => onChange({ steps: value }));
  let chosen: readonly string[] = [];
  const boxes = checkboxes((id, isChecked) => {
    const others = chosen.filter((one) => one !== id);
    onChange({ changes: isChecked ? [...others, id] : others });
  });
  const group = element("fieldset", {}, element("legend", {}, "Also try"), boxes.node);
  const what = element("p", { class: "lab-what" });
  const fields = element("div", { class: "lab-fields" }, subjects.node, data.node, seeds.node, steps.node);
  return {
    node: element("div", { class: "lab-settings" }, fields, what, group),
    update(settings, subject, isLocked) {
      chosen = settings.changes;
      const own = subject ? `${subject.network.name} (this code)` : "None read in this code";
      subjects.update(
        [["code", own], ...presets.map(({ id, title }) => [id, title] as const)],
        settings.subject,
        isLocked,
      );
      const preset = presetById(settings.subject);
      const built = subject && builtOf(settings, subject);
      const fits =
        built && "spec" in built && !settings.data
          ? `What fits best: ${dataInfo(built.data).title}`
          : "What fits best";
      const used = preset?.experiment.data ?? settings.data ?? "";
      data.update(
        [["", fits], ...dataInfos.map(({ id, title }) => [id, title] as const)],
        used,
        isLocked || preset !== undefined,
      );
      seeds.update(settings.seeds, isLocked);
      steps.update(settings.steps, isLocked);
      group.hidden = preset !== undefined;
      const words = preset ? aboutPreset(preset) : built && "spec" in built ? aboutCode(built, subject) : "";
      what.hidden = words === "";
      what.textContent = words;
      const possible = built && "spec" in built ? changes.filter(({ apply }) => apply(built.spec)) : [];
      group.hidden ||= possible.length === 0;
      boxes.update(possible, settings.changes, isLocked);
    },
  };
}

const aboutPreset = ({ what, source }: Preset): string => `${what}${source ? ` After ${source.title}.` : ""}`;

/** What the run takes of the code beside the network itself: the batch is the one thing that is not in it. */
function aboutCode({ spec }: LabNetwork, { batch }: LabSubject): string {
  if (batch === undefined) return `Batches of ${spec.batch}: their size was not read.`;
  return spec.batch === batch
    ? `Batches of ${batch}, as in the code.`
    : `Batches of ${spec.batch}, all rows of these data, in place of ${batch}.`;
}

function ownCounts(subject: string): Partial<LabSettings> {
  const { seeds, steps } = presetById(subject)?.experiment ?? initialSettings;
  return { seeds, steps };
}

/** Made anew only when others are possible: one that is being clicked when a message comes must not be replaced. */
function checkboxes(onCheck: (id: string, isChecked: boolean) => void) {
  const node = element("div", { class: "lab-changes" });
  let built = "";
  let all: readonly { readonly id: string; readonly box: HTMLInputElement }[] = [];
  return {
    node,
    update(possible: readonly Change[], chosen: readonly string[], isLocked: boolean) {
      const wanted = JSON.stringify(possible.map(({ id }) => id));
      if (wanted !== built) {
        built = wanted;
        all = possible.map(({ id }) => {
          const box = element("input", { type: "checkbox", "data-key": `lab-${id}` });
          box.addEventListener("change", () => onCheck(id, box.checked));
          return { id, box };
        });
        refill(node, ...all.map(({ box }, at) => element("label", {}, box, possible[at]!.label)));
      }
      for (const { id, box } of all) {
        box.checked = chosen.includes(id);
        box.disabled = isLocked;
      }
    },
  };
}

function select(id: string, label: string, onPick: (value: string) => void) {
  const control = element("select", { id });
  control.addEventListener("change", () => onPick(control.value));
  let built = "";
  return {
    node: element("div", { class: "lab-field" }, element("label", { for: id }, label), control),
    update(options: readonly (readonly [string, string])[], value: string, isLocked: boolean) {
      const wanted = JSON.stringify(options);
      if (wanted !== built) {
        built = wanted;
        control.replaceChildren(...options.map(([key, text]) => element("option", { value: key }, text)));
      }
      control.value = value;
      control.disabled = isLocked;
    },
  };
}

function number(
  id: string,
  label: string,
  [min, max]: readonly [number, number],
  onInput: (value: number) => void,
) {
  const control = element("input", { id, type: "number", min, max });
  let written: number | undefined;
  control.addEventListener("change", () => {
    const typed = Math.round(control.valueAsNumber);
    const value = Number.isFinite(typed) ? Math.min(max, Math.max(min, typed)) : written;
    control.value = String(value ?? "");
    if (value !== undefined && value !== written) onInput(value);
  });
  return {
    node: element("div", { class: "lab-field" }, element("label", { for: id }, label), control),
    update(value: number, isLocked: boolean) {
      // What is half typed when a message comes is the user's still.
      if (value !== written || document.activeElement !== control) control.value = String(value);
      written = value;
      control.disabled = isLocked;
    },
  };
}
