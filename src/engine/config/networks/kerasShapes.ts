/** Keras' layers that change nothing but the shape: pooling, padding, flattening. */
import { type DataMap, numberIn, wordIn } from "../../syntax/data.ts";
import { isSet, itemsOf, numberOf, perAxis, valueIn } from "./kerasFields.ts";
import type { KerasRead as Read } from "./kerasSteps.ts";
import { padded, spatialOf } from "./kerasWeights.ts";
import { known, sizeOrNull, volume } from "./shapes.ts";

export const keep: Read = ({ from, flow }) => flow.reshape(from, from.shape);

/** Changes the spatial axes, each by itself. */
const spatially =
  (change: (length: number | null, axis: number, axes: number, config: DataMap) => number | null): Read =>
  ({ config, from, flow }) => {
    const places = spatialOf(from, config);
    return flow.reshape(
      from,
      from.shape &&
        known(
          from.shape.map((size, at) => {
            const axis = places.indexOf(at);
            return axis < 0 ? size : change(size, axis, places.length, config);
          }),
        ),
    );
  };

const pooling = spatially((length, axis, axes, config) => {
  const size = perAxis(valueIn(config, "pool_size", "pool_length"), axes, 2)[axis] ?? null;
  const stride = perAxis(valueIn(config, "strides", "stride"), axes, null)[axis] ?? size;
  return padded(length, { size, stride }, wordIn(config, "padding")?.value);
});

const globalPooling: Read = ({ config, from, flow }) => {
  const places = spatialOf(from, config);
  const isKept = isSet(config, "keepdims", false);
  const shape = from.shape?.flatMap((size, at) => (!places.includes(at) ? size : isKept ? 1 : []));
  return flow.reshape(from, shape ?? null);
};

/** `1`, `[1, 2]` or `[[1, 1], [2, 2]]`: how much both ends of an axis get together. */
function atBothEnds(config: DataMap, name: string, axis: number, axes: number): number | null {
  const written = valueIn(config, name);
  const own = axes === 1 && itemsOf(written) ? written : (itemsOf(written)?.[axis] ?? written);
  const ends = itemsOf(own);
  const all = ends?.map((end) => numberIn(end)) ?? [numberIn(own), numberIn(own)];
  return all.reduce<number | null>((sum, end) => (sum === null || end === undefined ? null : sum + end), 0);
}

const grown = (length: number | null, by: number | null): number | null =>
  length === null || by === null ? null : length + by;

const zeroPadding = spatially((length, axis, axes, config) =>
  grown(length, atBothEnds(config, "padding", axis, axes)),
);

const cropping = spatially((length, axis, axes, config) => {
  const cut = atBothEnds(config, "cropping", axis, axes);
  return grown(length, cut === null ? null : -cut);
});

const upSampling = spatially((length, axis, axes, config) => {
  const factor = perAxis(valueIn(config, "size"), axes, 2)[axis] ?? null;
  return length === null || factor === null ? null : length * factor;
});

const resized = spatially((_length, axis, _axes, config) =>
  numberOf(config, axis === 0 ? "height" : "width"),
);

const reshape: Read = ({ config, from, flow }) => {
  const written = itemsOf(valueIn(config, "target_shape"))?.map((item) => numberIn(item) ?? null) ?? [null];
  const others = volume(written.filter((size) => size !== -1));
  const all = volume(from.shape);
  const rest = all === null || others === null ? null : all / others;
  return flow.reshape(from, known(written.map((size) => (size === -1 ? rest : size))));
};

const permute: Read = ({ config, from, flow }) => {
  const order = itemsOf(valueIn(config, "dims"))?.map((item) => numberIn(item) ?? 0) ?? [];
  return flow.reshape(from, from.shape && known(order.map((axis) => from.shape?.[axis - 1])));
};

const repeat: Read = ({ config, from, flow }) =>
  flow.reshape(from, [sizeOrNull(numberOf(config, "n")), ...(from.shape ?? [null])]);

const flatten: Read = ({ from, flow }) => flow.reshape(from, [volume(from.shape)]);

/** By class, without the number of dimensions. */
export const kerasShapeSteps: Readonly<Record<string, Read>> = {
  Flatten: flatten,
  Reshape: reshape,
  Permute: permute,
  RepeatVector: repeat,
  MaxPooling: pooling,
  AveragePooling: pooling,
  GlobalMaxPooling: globalPooling,
  GlobalAveragePooling: globalPooling,
  ZeroPadding: zeroPadding,
  Cropping: cropping,
  UpSampling: upSampling,
  Resizing: resized,
  CenterCrop: resized,
  RandomCrop: resized,
};
