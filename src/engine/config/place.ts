/** Where a value stands in a configuration, and what the file around it tells. */
import type { ConfigLanguage, FrameworkId } from "../model.ts";
import { type Data, type DataMap, type Entry, type Scalar, walkData, wordIn } from "../syntax/data.ts";
import type { ConfigUnit } from "../units.ts";

export interface Place {
  readonly file: {
    readonly text: string;
    /** Without folders. */
    readonly fileName: string;
    readonly language: ConfigLanguage;
    /** All keys of the file, as `snake_case`. */
    readonly fileKeys: ReadonlySet<string>;
    /** Those of its keys, as written, that describe models. */
    readonly modelKeys: ReadonlySet<string>;
    /** The library that the file speaks of, where no key belongs to one. */
    readonly framework: FrameworkId;
  };
  /** Maps around the value, outermost first. */
  readonly maps: readonly DataMap[];
  /** The keys that lead to the value, its own last, as written. */
  readonly keys: readonly string[];
  /** The value's own key, as `snake_case`. */
  readonly key: string;
  /** Whether that is a key by which activations are named. */
  readonly namesActivation: boolean;
  readonly value: Data;
  /** The list that the value is an item of, if any; the key is then the list's. */
  readonly list: readonly Data[] | undefined;
}

/** `hiddenAct`, `hidden-act` and `hidden_act` are one. */
const snake = (key: string): string =>
  key
    .replace(/([a-z0-9])([A-Z])/g, "$1_$2")
    .replaceAll("-", "_")
    .toLowerCase();

/** The key of a value's activation, in whatever framework. */
const ACTIVATION_KEY =
  /^(?:\w+_)?(?:activations?|act|nonlinearity|non_linearity)(?:_(?:fn|func|function|layer|type|name|cfg))?$|^(?:\w+_)?feed_forward_proj$/;

/** What the keys of a model's description are made of. */
const MODEL_KEY =
  /(?:^|_)(?:layers?|hidden|units?|dropout|conv\w*|kernels?|filters?|channels?|strides?|norm|bn|batch_?norm|heads?|encoder|decoder|backbone|neck|mlp|ffn|fc|fcnet|dense|lstm|rnn|gru|gan|generator|discriminator|model|network|net|policy|critic|actor|embed\w*|dims?|widths?|depths?|architecture|learning_rate|lr|optimi[sz]er|epochs?|batch_size|latent|attention|transformer|anchors|bias|loss|weights?)(?:_|$)/;

/** A map of one thing has fewer entries; what has more is a table, and must not be gone through for each of its rows. */
const MOST_ENTRIES = 200;

/** The entries beside a value. */
export const beside = ({ maps }: Place): readonly Entry[] =>
  maps.at(-1)?.entries.slice(0, MOST_ENTRIES) ?? [];

/** Whether so many keys beside a value, above it and at the top of the file are those of a model; its own counts. */
export function isInModel(place: Place, atLeast: number): boolean {
  const { modelKeys } = place.file;
  const top = place.maps[0]?.entries.slice(0, MOST_ENTRIES) ?? [];
  const found = new Set<string>(place.keys.filter((key) => modelKeys.has(key)));
  for (const entries of [beside(place), top]) {
    for (const { key } of entries) {
      if (found.size >= atLeast) return true;
      if (modelKeys.has(key.value)) found.add(key.value);
    }
  }
  return found.size >= atLeast;
}

/** Initialisers are told an activation to choose their gain, and a loss or a regulariser may name one too. */
const NOT_APPLIED = /init|gain|loss|regular/;
const INITIALISER = /kaiming|xavier|initiali[sz]|\binit\b/i;

/** `{type: "kaiming_normal", nonlinearity: "relu"}` */
function isInitialiser(map: DataMap | undefined): boolean {
  return (map?.entries ?? []).some(
    ({ key, value }) =>
      /^(?:type|_target_)$/.test(key.value) && value?.type === "scalar" && INITIALISER.test(value.value),
  );
}

/** `init: kaiming_normal`, `mode: fan_in`, `nonlinearity: relu` side by side are one initialiser's arguments too. */
function isGain(place: Place): boolean {
  if (place.key !== "nonlinearity") return false;
  return beside(place).some(
    ({ value }) => value?.type === "scalar" && /^fan_|kaiming|xavier/.test(value.value),
  );
}

/** Each value of a configuration with its place, which is good for the time of the visit. */
export function visitPlaces(root: Data, unit: ConfigUnit, visit: (place: Place) => void): void {
  // Large files have few keys, again and again.
  const known = new Map<string, Pick<Place, "key" | "namesActivation">>();
  walkData(root, (_value, _maps, keys) => {
    const written = keys.at(-1) ?? "";
    if (known.has(written)) return;
    const key = snake(written);
    known.set(written, { key, namesActivation: ACTIVATION_KEY.test(key) && !NOT_APPLIED.test(key) });
  });
  const fileKeys = new Set([...known.values()].map(({ key }) => key));
  const modelKeys = new Set([...known.keys()].filter((written) => MODEL_KEY.test(snake(written))));
  const { text, language } = unit;
  const file = {
    text,
    language,
    fileKeys,
    modelKeys,
    framework: spokenOf(text),
    fileName: unit.path.replace(/^.*[/\\]/, ""),
  };
  const nothing = { key: "", namesActivation: false };
  // The map that was asked last, and its answer: a map has many values.
  let asked: DataMap | undefined;
  let isAnswer = false;
  walkData(root, (value, maps, keys, list) => {
    const own = known.get(keys.at(-1) ?? "") ?? nothing;
    const map = maps.at(-1);
    if (own.namesActivation && map !== asked) {
      asked = map;
      isAnswer = isInitialiser(map);
    }
    const namesActivation = own.namesActivation && !isAnswer;
    const place = { file, value, maps, keys, key: own.key, namesActivation, list };
    visit(isGain(place) ? { ...place, namesActivation: false } : place);
  });
}

/** PyTorch is what most configurations of no known library are for. */
function spokenOf(text: string): FrameworkId {
  if (/\bpaddle/i.test(text)) return "paddle";
  if (text.includes("hidden_layer_sizes")) return "sklearn";
  return /\bkeras\b|tensorflow|kernel_initializer/i.test(text) ? "keras" : "pytorch";
}

/** A name of an activation, and the map that has its arguments beside it. */
export interface Named {
  readonly word: Scalar;
  readonly map?: DataMap;
}

/** `"relu"`, `["relu", "linear"]`, `{type: "relu", ...}`: the names that a value gives. */
export function namesIn(value: Data, inList = false): readonly Named[] {
  if (value.type === "scalar") return [{ word: value }];
  if (value.type === "list") return inList ? [] : value.items.flatMap((item) => namesIn(item, true));
  if (value.type === "parts") return [];
  const word = wordIn(value, "type", "name", "class_name", "_name_");
  return word ? [{ word, map: value }] : [];
}
