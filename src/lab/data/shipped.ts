/** The data sets that come with the extension. `packed/README.md` says where they are from. */
import type { Dataset } from "./dataset.ts";
import { absolute, gaussianMixture, spiral } from "./generated.ts";
import { type DataId, dataInfo } from "./infos.ts";
import cancer from "./packed/cancer.bin";
import diabetes from "./packed/diabetes.bin";
import digits from "./packed/digits.bin";
import mnist from "./packed/mnist.bin";

const loaded = new Map<DataId, Promise<Dataset>>();

export function loadData(id: DataId): Promise<Dataset> {
  const known = loaded.get(id) ?? load(id);
  loaded.set(id, known);
  return known;
}

async function load(id: DataId): Promise<Dataset> {
  switch (id) {
    case "mixture":
      return gaussianMixture();
    case "spiral":
      return spiral();
    case "absolute":
      return absolute();
    case "mnist":
      return unpacked(id, await inflate(mnist), 1);
    case "digits":
      // 0..16 in the file; images here are 0..255.
      return unpacked(id, await inflate(digits), 255 / 16);
    case "cancer":
      return unpacked(id, floats(await inflate(cancer)), 1);
    case "diabetes":
      return unpacked(id, floats(await inflate(diabetes)), 1);
  }
}

function unpacked(id: DataId, values: Uint8Array | Float32Array, factor: number): Dataset {
  const { title, kind, height, width, columns, classes } = dataInfo(id);
  const size = height * width * columns;
  const count = values.length / (size + 1);
  return {
    id,
    title,
    kind,
    shape: { height, width, columns },
    classes,
    inputs: Float32Array.from(values.subarray(0, count * size), (value) => value * factor),
    targets: Float32Array.from(values.subarray(count * size)),
  };
}

const floats = (bytes: Uint8Array): Float32Array => {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return Float32Array.from({ length: bytes.length / 4 }, (_, index) => view.getFloat32(index * 4, true));
};

async function inflate(packed: Uint8Array<ArrayBuffer>): Promise<Uint8Array> {
  const stream = new Blob([packed]).stream().pipeThrough(new DecompressionStream("deflate-raw"));
  return new Uint8Array(await new Response(stream).arrayBuffer());
}
