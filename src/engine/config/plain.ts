/**
 * `activation: relu` in training configurations that belong to no library known here. The key says what it is, the
 * keys around it that a model is meant; who reads it is not known, so these stay likely. mmcv's `act_cfg` is.
 */
import type { Target } from "../fixes/activations/target.ts";
import { spellingsOf } from "../frameworks/index.ts";
import { entryOf } from "../syntax/data.ts";
import { kerasWord, meaningOf, torchWord } from "./meaning.ts";
import { isInModel, type Named, namesIn, type Place } from "./place.ts";
import { addedAfter, type ConfigSite, cant, replaced, requoted, type Switch, siteOf } from "./sites.ts";

/** Words that mean an activation and nothing else; `linear` or `softmax` may be something of another trade. */
const OWN_WORD = /relu|[gsc]elu|^elu|silu|swish|mish/i;

export function plainSites(place: Place): readonly ConfigSite[] | undefined {
  const { key, file } = place;
  if (!place.namesActivation || place.list) return undefined;
  const isMmcv = key === "act_cfg" && place.value.type === "map";
  const framework = isMmcv ? "mmcv" : file.framework;
  return namesIn(place.value).flatMap((named) => {
    const { word } = named;
    const spelling = (framework === "keras" ? kerasWord(word.value) : undefined) ?? torchWord(word.value);
    if (!spelling) return [];
    if (!isMmcv && !isInModel(place, OWN_WORD.test(word.value) ? 1 : 2)) return [];
    const facts = {
      framework,
      kind: named.map ? "config_dict" : "config_value",
      span: word,
      certainty: isMmcv ? "certain" : "likely",
    } as const;
    const meaning = { ...meaningOf(spelling, named.map), symbol: word.value };
    return [siteOf(meaning, facts, (target) => (isMmcv ? mmcv(named, target, file.text) : NOT_KNOWN))];
  });
}

const NOT_KNOWN = "It is chosen by a name, and which names are understood there is not known";

function mmcv({ word, map }: Named, target: Target, text: string): Switch {
  const entry = map && entryOf(map, "type");
  const [spelling] = spellingsOf(target.id, "mmcv", "string");
  if (!entry || entry.value !== word || !spelling) return NOT_KNOWN;
  const rename = requoted(word, spelling.symbol, text);
  if (target.id !== "leaky_relu") {
    const other = map.entries.find(
      ({ key }) => key.value !== "type" && !spelling.parameters.some(({ name }) => name === key.value),
    );
    return other ? cant(target, `it takes no ${other.key.value}`) : { edits: [rename] };
  }
  const slope = entryOf(map, "negative_slope");
  const written = `${target.slope}`;
  if (!slope) return { edits: [rename, addedAfter(entry, map, "negative_slope", written, text)] };
  return slope.value ? { edits: [rename, replaced(slope.value, written)] } : NOT_KNOWN;
}
