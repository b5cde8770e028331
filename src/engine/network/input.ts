/** What the network's inputs look like: images or tables, and how they are scaled. */
import type { InputScale, Network, Reading, Span } from "../model.ts";
import { spanOf } from "../syntax/tree.ts";
import type { DataFacts, Draft } from "./interpreter/tensors.ts";
import type { Run } from "./program.ts";

/** Where the way of the data can't be followed, what is in the file decides. */
const STANDARDISES = /(?:^|\.)(?:Normalize|StandardScaler|per_image_standardization|Normalization)$/;
const TO_UNIT = /(?:^|\.)(?:ToTensor|to_tensor|read_data_sets|MinMaxScaler|Rescaling|convert_image_dtype)$/;
const IMAGES = /mnist|cifar|imagenet|\.png|\.jpe?g|pixel/i;

/** How scripts scale by hand: `.div(255)`, `.sub(mean).div(std)`, `.sub(min).div(max.sub(min))`. */
const BY_HAND: readonly (readonly [InputScale, RegExp])[] = [
  ["standardised", /\.sub\(\w*mean\w*\)\s*\.div\(\w*(?:std|deviation)\w*\)/i],
  ["unit", /\.sub\((?:[\w.]*\.)?\w*min\w*(?:\(\))?\)\s*\.div\(/i],
  ["standardised", /\.div\((?:tf\.scalar\()?127(?:\.5)?\)?\)\s*\.sub\((?:tf\.scalar\()?1\b/],
  ["unit", /\.div\((?:tf\.scalar\()?255(?:\.0)?\)/],
];

function scaledInScript(text: string): { readonly scale: InputScale; readonly span: Span } | undefined {
  for (const [scale, test] of BY_HAND) {
    const found = test.exec(text);
    if (found) return { scale, span: { from: found.index, to: found.index + found[0].length } };
  }
  return undefined;
}

/** Looks through what the program made once; the reader it returns answers for each network. */
export function inputReader(
  run: Run,
): (drafts: readonly Draft[], shown: DataFacts | undefined) => Network["input"] {
  const namesImages = IMAGES.test(run.unit.text);
  const elsewhere = scaledElsewhere(run);
  return (drafts, shown) => {
    const [first] = drafts;
    const { state } = first?.input ?? {};
    // A model that is shown raw data may scale them itself.
    const isShown = state?.isInput && !(shown?.scale === "raw" && elsewhere);
    const facts = state?.data ?? (isShown ? shown : undefined);
    const data = facts?.kind ?? (first?.kind === "conv" || namesImages ? "image" : "table");
    if (facts?.scale) {
      const { scale, span } = facts;
      return { value: { data, scale }, ...(span ? { span: { from: span.from, to: span.to } } : {}) };
    }
    if (elsewhere)
      return { value: { data, scale: elsewhere.value }, ...(elsewhere.span ? { span: elsewhere.span } : {}) };
    return {
      value: { data, scale: "standardised" },
      assumption: "input scaling not in this file: standardised inputs assumed",
    };
  };
}

/** A scaler, transform or division somewhere in the file. */
function scaledElsewhere(run: Run): Reading<InputScale> | undefined {
  for (const [test, value] of [[STANDARDISES, "standardised"] as const, [TO_UNIT, "unit"] as const]) {
    const found = run.objects.find(({ symbol }) => test.test(symbol));
    if (found) return { value, span: spanOf(found.node) };
  }
  const inScript = run.unit.language === "javascript" ? scaledInScript(run.unit.text) : undefined;
  if (inScript) return { value: inScript.scale, span: inScript.span };
  const by255 = /\/=?\s*255(?:\.0?)?\b/.exec(run.unit.text);
  return by255
    ? { value: "unit", span: { from: by255.index, to: by255.index + by255[0].length } }
    : undefined;
}
