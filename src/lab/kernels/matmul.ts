import { matmulCode } from "./matmulCode.ts";

/** A matrix in row-major order; `transposed`: it is used as its transpose, sizes being those after that. */
export interface Factor {
  readonly data: Float32Array;
  readonly transposed?: boolean;
}

/** `out[m, n] = a[m, k] b[k, n]`. `out` must be neither of the factors. */
export type Matmul = (a: Factor, b: Factor, out: Float32Array, m: number, n: number, k: number) => void;

const PAGE = 65_536;
/** The same as in matmul.as. */
const BLOCK = 256;
/** Rows of a tall first factor that are copied at a time: keeps the copy within a few megabytes. */
const MAX_FLOATS = 1 << 20;

let shared: Matmul | undefined;

/** One instance for each thread: it has a memory of its own that grows to the largest product. */
export function matmulKernel(): Matmul {
  shared ??= createMatmul();
  return shared;
}

function createMatmul(): Matmul {
  const memory = new WebAssembly.Memory({ initial: 1 });
  const bytes = Uint8Array.from(atob(matmulCode), (character) => character.charCodeAt(0));
  const { exports } = new WebAssembly.Instance(new WebAssembly.Module(bytes), { env: { memory } });
  const run = exports.matmul as (...numbers: number[]) => void;
  let floats = new Float32Array(memory.buffer);

  const reserve = (count: number) => {
    const missing = count * 4 - memory.buffer.byteLength;
    if (missing > 0) memory.grow(Math.ceil(missing / PAGE));
    if (floats.buffer !== memory.buffer) floats = new Float32Array(memory.buffer);
  };

  return (a, b, out, m, n, k) => {
    // A tall matrix (a convolution's patches) goes in slices; a transposed one cannot be sliced by copying.
    const rows = a.transposed ? m : Math.min(m, Math.max(4, Math.floor(MAX_FLOATS / Math.max(k, n)) & ~3));
    const depth = Math.min(BLOCK, k);
    const atB = rows * k;
    const atOut = atB + k * n;
    const atPackedA = align(atOut + rows * n);
    const atPackedB = align(atPackedA + (rows + 4) * depth);
    reserve(atPackedB + 8 * depth);
    floats.set(b.data.length === k * n ? b.data : b.data.subarray(0, k * n), atB);
    for (let from = 0; from < m; from += rows) {
      const height = Math.min(rows, m - from);
      floats.set(a.data.subarray(from * k, (from + height) * k), 0);
      const [aRow, aColumn] = a.transposed ? [1, m] : [k, 1];
      const [bRow, bColumn] = b.transposed ? [1, k] : [n, 1];
      run(0, aRow, aColumn, atB * 4, bRow, bColumn, atOut * 4, height, n, k, atPackedA * 4, atPackedB * 4);
      out.set(floats.subarray(atOut, atOut + height * n), from * n);
    }
  };
}

const align = (count: number): number => (count + 3) & ~3;
