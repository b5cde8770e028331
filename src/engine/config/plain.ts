/**
 * `activation: relu` in training configurations that belong to no library known here. The key says what it is, the
 * keys around it that a model is meant; who reads it is not known, so these stay likely. mmcv's `act_cfg` is.
 */
import { SLOPE } from "../fixes/leakyRelu.ts";
import type { FrameworkId, Site } from "../model.ts";
import { entryOf } from "../syntax/data.ts";
import { kerasWord, meaningOf, torchWord } from "./meaning.ts";
import { type Named, namesIn, type Place, snake } from "./place.ts";
import { addedAfter, replaced, requoted, type Switch, siteOf, withSlope } from "./sites.ts";

/** What the keys of a model's description are made of. */
const MODEL_KEY =
  /(?:^|_)(?:layers?|hidden|units?|dropout|conv\w*|kernels?|filters?|channels?|strides?|norm|bn|batch_?norm|heads?|encoder|decoder|backbone|neck|mlp|ffn|fc|fcnet|dense|lstm|rnn|gru|gan|generator|discriminator|model|network|net|policy|critic|actor|embed\w*|dims?|widths?|depths?|architecture|learning_rate|lr|optimi[sz]er|epochs?|batch_size|latent|attention|transformer|anchors|bias|loss|weights?)(?:_|$)/;

/** Words that mean an activation and nothing else; `linear` or `softmax` may be something of another trade. */
const OWN_WORD = /relu|[gsc]elu|^elu|silu|swish|mish/i;

/** Initialisers are told an activation to choose their gain, and a pruning or a loss may name one too. */
const NOT_APPLIED = /init|gain|loss|regular/;

export function plainSites(place: Place): readonly Site[] | undefined {
  const { key, file } = place;
  if (!place.namesActivation || NOT_APPLIED.test(key) || place.list) return undefined;
  const map = place.maps.at(-1);
  if (/kaiming|xavier|init/i.test(map ? ownType(map) : "")) return undefined;
  const isMmcv = key === "act_cfg" && place.value.type === "map";
  const framework = isMmcv ? "mmcv" : frameworkOf(file.text);
  const evidence = evidenceAround(place);
  return namesIn(place.value).flatMap((named) => {
    const { word } = named;
    if (!isMmcv && evidence < (OWN_WORD.test(word.value) ? 1 : 2)) return [];
    const spelling = (framework === "keras" ? kerasWord(word.value) : undefined) ?? torchWord(word.value);
    if (!spelling) return [];
    const facts = {
      framework,
      kind: named.map ? "config_dict" : "config_value",
      span: word,
      certainty: isMmcv ? "certain" : "likely",
    } as const;
    const meaning = { ...meaningOf(spelling, named.map), symbol: word.value };
    return [siteOf(meaning, facts, () => (isMmcv ? mmcvToLeaky(named, file.text) : NOT_KNOWN))];
  });
}

const NOT_KNOWN = "It is chosen by a name, and which names are understood there is not known";

const ownType = (map: Place["maps"][number]): string => {
  const value = entryOf(map, "type", "name", "_target_")?.value;
  return value?.type === "scalar" ? value.value : "";
};

/** How many keys beside the value, above it and at the top of the file are those of a model. */
function evidenceAround({ maps, keys, key: own }: Place): number {
  const beside = [...(maps.at(-1)?.entries ?? []), ...(maps[0]?.entries ?? [])].map(({ key }) => key.value);
  const around = new Set([...beside, ...keys].map(snake));
  around.delete(own);
  const isTelling = MODEL_KEY.test(own);
  return [...around].filter((key) => MODEL_KEY.test(key)).length + (isTelling ? 1 : 0);
}

/** The library that the file speaks of; PyTorch is what most configurations of this kind are for. */
function frameworkOf(text: string): FrameworkId {
  if (/\bpaddle/i.test(text)) return "paddle";
  return /\bkeras\b|tensorflow|kernel_initializer/i.test(text) ? "keras" : "pytorch";
}

function mmcvToLeaky({ word, map }: Named, text: string): Switch {
  const entry = map && entryOf(map, "type");
  if (!entry || entry.value !== word) return NOT_KNOWN;
  const slope = entryOf(map, "negative_slope");
  const rename = requoted(word, "LeakyReLU", text);
  if (!slope) return withSlope([rename, addedAfter(entry, map, "negative_slope", `${SLOPE}`, text)]);
  return slope.value ? withSlope([rename, replaced(slope.value, `${SLOPE}`)]) : NOT_KNOWN;
}
