/** What to try: the code's network or a preset, the changes, data, seeds and steps. */
import { type DataId, dataInfo, dataInfos, isDataId } from "../../src/lab/data/infos.ts";
import type { Experiment } from "../../src/lab/experiment.ts";
import { type FromNetwork, fromNetwork, type LabNetwork } from "../../src/lab/fromNetwork.ts";
import { type Preset, presetById, presets } from "../../src/lab/presets.ts";
import { baselineLabel, changes, usualChanges, variantsOf } from "../../src/lab/variants.ts";
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
  const variants = variantsOf(spec, settings.changes, `${baselineLabel(spec)} (as written)`);
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
  const seeds = number("lab-seeds", "Seeds", 1, 20, (value) => onChange({ seeds: value }));
  const steps = number("lab-steps", "Steps", 10, 5000, (value) => onChange({ steps: value }));
  const list = element("div", { class: "lab-changes" });
  const group = element("fieldset", {}, element("legend", {}, "Also try"), list);
  const what = element("p", { class: "lab-what" });
  const fields = element("div", { class: "lab-fields" }, subjects.node, data.node, seeds.node, steps.node);
  return {
    node: element("div", { class: "lab-settings" }, fields, what, group),
    update(settings, subject, isLocked) {
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
      refill(list, ...possible.map(({ id, label }) => checkbox(id, label, settings, isLocked, onChange)));
    },
  };
}

const aboutPreset = ({ what, source }: Preset): string => `${what}${source ? ` After ${source.title}.` : ""}`;

/** What the run takes of the code beside the network itself: the batch is the one thing that is not in it. */
const aboutCode = ({ spec }: LabNetwork, { batch }: LabSubject): string =>
  `Batches of ${spec.batch}${batch === undefined ? ": their size was not read" : ", as in the code"}.`;

function ownCounts(subject: string): Partial<LabSettings> {
  const { seeds, steps } = presetById(subject)?.experiment ?? initialSettings;
  return { seeds, steps };
}

function checkbox(
  id: string,
  label: string,
  settings: LabSettings,
  isLocked: boolean,
  onChange: (change: Partial<LabSettings>) => void,
): HTMLElement {
  const box = element("input", { type: "checkbox", "data-key": `lab-${id}`, disabled: isLocked });
  box.checked = settings.changes.includes(id);
  box.addEventListener("change", () => {
    const others = settings.changes.filter((one) => one !== id);
    onChange({ changes: box.checked ? [...others, id] : others });
  });
  return element("label", {}, box, label);
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

function number(id: string, label: string, min: number, max: number, onInput: (value: number) => void) {
  const control = element("input", { id, type: "number", min, max });
  control.addEventListener("change", () => {
    const value = Math.round(Number(control.value));
    if (Number.isFinite(value) && control.value !== "") onInput(Math.min(max, Math.max(min, value)));
  });
  return {
    node: element("div", { class: "lab-field" }, element("label", { for: id }, label), control),
    update(value: number, isLocked: boolean) {
      if (document.activeElement !== control || control.value === "" || Number(control.value) !== value)
        control.value = String(value);
      control.disabled = isLocked;
    },
  };
}
