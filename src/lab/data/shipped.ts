/** The data sets that come with the extension. `packed/README.md` says where they are from. */
import type { Dataset } from "./dataset.ts";
import { gaussianMixture, spiral } from "./generated.ts";
import cancer from "./packed/cancer.bin";
import diabetes from "./packed/diabetes.bin";
import digits from "./packed/digits.bin";
import mnist from "./packed/mnist.bin";

export interface DataInfo {
  readonly id: string;
  readonly title: string;
  /** One line: what it is. */
  readonly what: string;
  readonly kind: "image" | "table";
  readonly height: number;
  readonly width: number;
  readonly columns: number;
  /** 0: the target is a number. */
  readonly classes: number;
}

const table = { kind: "table", height: 1, width: 1 } as const;

export const dataInfos = [
  {
    id: "mnist",
    title: "MNIST digits",
    what: "3,000 handwritten digits of 28 x 28 pixels",
    kind: "image",
    height: 28,
    width: 28,
    columns: 1,
    classes: 10,
  },
  {
    id: "digits",
    title: "Small digits",
    what: "1,797 handwritten digits of 8 x 8 pixels",
    kind: "image",
    height: 8,
    width: 8,
    columns: 1,
    classes: 10,
  },
  {
    id: "cancer",
    title: "Breast cancer",
    what: "569 cases, 30 features, 2 classes",
    ...table,
    columns: 30,
    classes: 2,
  },
  {
    id: "diabetes",
    title: "Diabetes",
    what: "442 patients, 10 features, a number to predict",
    ...table,
    columns: 10,
    classes: 0,
  },
  {
    id: "mixture",
    title: "Gaussian mixture",
    what: "drawn: 20 features, 5 classes",
    ...table,
    columns: 20,
    classes: 5,
  },
  {
    id: "spiral",
    title: "Two spirals",
    what: "drawn: 2 features, 2 classes",
    ...table,
    columns: 2,
    classes: 2,
  },
] as const satisfies readonly DataInfo[];

export type DataId = (typeof dataInfos)[number]["id"];

export const isDataId = (id: string): id is DataId => dataInfos.some((info) => info.id === id);

export const dataInfo = (id: DataId): DataInfo => dataInfos.find((info) => info.id === id)!;

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
