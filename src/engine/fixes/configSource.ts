/** Changes of networks that a configuration describes: Darknet's, Caffe's and Keras' own formats. */
import type { Change, Edit, Fix, FixSource, Layer, Network, Span } from "../model.ts";
import type { ConfigUnit } from "../units.ts";
import { type Made, TITLES, titleOfRate } from "./change.ts";
import { replace } from "./edits.ts";
import { lineEnding } from "./names/imports.ts";
import { familyFor, hasZeroBias, isSuited, type Read, type SettingChange } from "./outcome.ts";
import { proof } from "./proof.ts";
import { inFormatOf, isNumeral, valueOfNumeral } from "./settings/numbers.ts";

type Edits = readonly Edit[] | undefined;

export interface Config {
  readonly unit: ConfigUnit;
  readonly networks: readonly Network[];
  /** For changes of anything but settings. */
  readonly others: FixSource;
  reread(edits: readonly Edit[]): readonly Read[] | undefined;
}

export function configSource({ unit, networks, others, reread }: Config): FixSource {
  const { proved } = proof({
    networks: () => networks,
    reread,
    make: (network, change) => made(network, change, unit),
  });
  return {
    fix: (network, change): Fix | undefined =>
      isSetting(change) ? proved(network, change) : others.fix(network, change),
    lossTakes: others.lossTakes,
  };
}

const KINDS: readonly Change["kind"][] = ["learning-rate", "initialiser", "zero-bias", "batch-norm"];
const isSetting = (change: Change): change is SettingChange => KINDS.includes(change.kind);

function made(network: Network, change: SettingChange, unit: ConfigUnit): Made | undefined {
  switch (change.kind) {
    case "learning-rate":
      return {
        title: titleOfRate(network, change.rate),
        edits: learningRate(network, change.rate, unit),
      };
    case "initialiser":
      return {
        title: TITLES.initialiser,
        edits: each(
          change.layers.filter((layer) => !isSuited(layer)),
          (layer) => redrawn(layer, unit),
        ),
      };
    case "zero-bias":
      return {
        title: TITLES["zero-bias"],
        edits: each(
          change.layers.filter((layer) => !hasZeroBias(layer)),
          (layer) => zeroBias(layer, unit),
        ),
      };
    case "batch-norm":
      return {
        title: TITLES["batch-norm"],
        edits: each(
          change.layers.filter(({ normalisation }) => !normalisation),
          (layer) => normalised(layer, unit),
        ),
        note: "It adds parameters: saved weights of the old network no longer fit.",
      };
    default:
      return undefined;
  }
}

/** One edit for each layer, or none at all. */
function each(layers: readonly Layer[], edit: (layer: Layer) => Edit | undefined): Edits {
  const edits = layers.map(edit);
  return edits.length === 0 || edits.includes(undefined) ? undefined : (edits as Edit[]);
}

function learningRate(
  { learningRate: { span, value, assumption }, framework }: Network,
  rate: number,
  unit: ConfigUnit,
): Edits {
  if (!span) return undefined;
  const written = unit.text.slice(span.from, span.to);
  // Keras keeps rates as 32-bit numbers: 0.0010000000474974513.
  if (isNumeral(written) && Math.abs(valueOfNumeral(written) / value - 1) < 1e-5)
    return [replace(span, inFormatOf(rate, written))];
  return assumption !== undefined && framework === "darknet"
    ? [option(span, `learning_rate=${rate}`, unit)]
    : undefined;
}

/** A line behind the header of a section. */
const option = ({ to }: Span, line: string, { text }: ConfigUnit): Edit => ({
  span: { from: to, to },
  text: `${lineEnding(text)}${line}`,
});

/** Words of a format for He's, Glorot's and LeCun's schemes. */
const KERAS = { he: "HeNormal", glorot: "GlorotUniform", lecun: "LecunNormal" } as const;
/** Without `variance_norm` both divide by the inputs: xavier is LeCun's then. */
const CAFFE = {
  he: 'type: "msra"',
  glorot: 'type: "xavier" variance_norm: AVERAGE',
  lecun: 'type: "xavier"',
} as const;

function redrawn(layer: Layer, { text, language }: ConfigUnit): Edit | undefined {
  const { span } = layer.weights;
  if (!span) return undefined;
  const written = text.slice(span.from, span.to);
  const family = familyFor(layer);
  if (language === "prototxt") {
    const [space] = /^\{\s*/.exec(written) ?? [];
    const [end] = /\s*\}$/.exec(written) ?? [];
    return space === undefined || end === undefined
      ? undefined
      : replace(span, `${space}${CAFFE[family]}${end}`);
  }
  if (language !== "json" || !/^\{/.test(written)) return undefined;
  const named = written.replace(/("class_name"\s*:\s*)"\w+"/, `$1"${KERAS[family]}"`);
  // What else it was told, a spread or bounds, the other does not know.
  const told = named.replace(/("config"\s*:\s*)\{[^{}]*\}/, '$1{"seed": null}');
  return told === written ? undefined : replace(span, told);
}

function zeroBias({ bias }: Layer, { text, language }: ConfigUnit): Edit | undefined {
  const span = bias?.span;
  if (!span) return undefined;
  const written = text.slice(span.from, span.to);
  const value = /\bvalue["']?\s*:\s*([-+]?[\d.]+(?:[eE][-+]?\d+)?)/.exec(written);
  if (value?.[1] !== undefined) {
    const to = span.from + value.index + value[0].length;
    return replace({ from: to - value[1].length, to }, "0");
  }
  const word = /"class_name"\s*:\s*"(\w+)"/.exec(written);
  if (language !== "json" || word?.[1] === undefined) return undefined;
  const to = span.from + word.index + word[0].length;
  return replace({ from: to - word[1].length - 1, to: to - 1 }, "Zeros");
}

/** Sections of Darknet that know it; those of other formats would need layers of their own. */
function normalised({ span }: Layer, unit: ConfigUnit): Edit | undefined {
  const { text, language } = unit;
  if (
    language !== "darknet" ||
    !/^\[(?:conv|convolutional|conn|connected)\]$/.test(text.slice(span.from, span.to))
  )
    return undefined;
  const rest = text.slice(span.to);
  const next = rest.search(/^\s*\[/m);
  const section = next < 0 ? rest : rest.slice(0, next);
  const off = /^[ \t]*batch_normalize[ \t]*=[ \t]*0/m.exec(section);
  if (!off) return option(span, "batch_normalize=1", unit);
  const to = span.to + off.index + off[0].length;
  return replace({ from: to - 1, to }, "1");
}
