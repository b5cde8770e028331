/** Layers that give a Caffe network its data: what shape it has, and how it is scaled. */
import type { InputScale, Reading, Span } from "../../model.ts";
import { type DataMap, mapIn, wordIn } from "../../syntax/data.ts";
import { assumedScale } from "./assumed.ts";
import { isFalse, isTrue, listIn, mapsIn, numberOr, numbersIn } from "./caffeFields.ts";
import type { CaffeLayer } from "./caffeKernels.ts";
import { known, type Shape, sizeOrNull } from "./shapes.ts";

/** `bottom`-less layers; `data` reads LMDB or LevelDB. */
const INPUT = /^(?:input|(?:image|window|memory|hdf5|dummy|annotated)?data)$/;

export const isInput = (type: string): boolean => INPUT.test(type);

/** Their values are what is stored: bytes, unless the layer scales them. */
const BYTES = /^(?:image|window|annotated)?data$/;

/** One shape for each of its tops. */
export function inputsOf({ type, map, tops }: CaffeLayer): readonly (Shape | null)[] {
  const own = mapIn(map, `${type === "input" ? "input" : `${type.slice(0, -4)}_data`}_param`);
  if (type === "input" || type === "dummydata") {
    const shapes = mapsIn(type === "input" ? own : mapIn(map, "dummy_data_param"), "shape");
    return tops.map((_, index) => {
      const dims = numbersIn(shapes[index] ?? shapes[0], "dim");
      return dims.length > 1 ? known(dims.slice(1)) : null;
    });
  }
  if (type === "memorydata") {
    const sizes = ["channels", "height", "width"].map((name) => numberOr(own, name, null));
    return tops.map((_, index) => (index === 0 ? known(sizes) : null));
  }
  // What an HDF5 file holds is not written here, not even how many axes.
  if (type === "hdf5data") return tops.map(() => null);
  const params = paramsOf(map);
  const crop = params
    .map((param) => sizeOrNull(numberOr(param, "crop_size", null)))
    .find((size) => size !== null);
  const image = [channelsOf(type, params), crop ?? null, crop ?? null];
  // Labels come behind.
  return tops.map((_, index) => (index === 0 ? image : null));
}

/** A mean for each channel, or a colour that is forced, say how many there are; an ImageData layer's default is 3. */
function channelsOf(type: string, params: readonly DataMap[]): number | null {
  const means = Math.max(0, ...params.map((param) => listIn(param, "mean_value").length));
  if (means > 1) return means;
  if (params.some((param) => isTrue(param, "force_color"))) return 3;
  if (params.some((param) => isTrue(param, "force_gray"))) return 1;
  if (type !== "imagedata") return null;
  return params.some((param) => isFalse(param, "is_color")) ? 1 : 3;
}

/** Where the settings of a data layer may stand: today's place and the old ones. */
const paramsOf = (map: DataMap): DataMap[] =>
  ["transform_param", "data_param", "image_data_param", "window_data_param"].flatMap(
    (name) => mapIn(map, name) ?? [],
  );

/** (value - mean) * scale: data_transformer.cpp. */
export function scaleOf(layers: readonly CaffeLayer[], normalisation: Span | null): Reading<InputScale> {
  if (normalisation) return { value: "standardised", span: normalisation };
  for (const { type, map, span } of layers) {
    if (!isInput(type)) continue;
    const params = paramsOf(map);
    const scale =
      params.map((param) => numberOr(param, "scale", null)).find((number) => number !== null) ?? 1;
    const isCentred = params.some(
      (param) => listIn(param, "mean_value").length > 0 || wordIn(param, "mean_file") !== undefined,
    );
    // From 0..255 to about 1: 1/255, 1/256, 1/127.5, 1/58.8 (their standard deviation).
    const isSmall = scale > 0 && scale < 0.05;
    if (isSmall) return { value: isCentred ? "standardised" : "unit", span };
    if (BYTES.test(type) || isCentred) return { value: "raw", span };
  }
  return assumedScale;
}
