// Matrix product in WebAssembly SIMD, written in AssemblyScript: `node scripts/run.mjs lab-kernels` compiles it into
// matmulCode.ts. Why own kernels: docs/lab.md, "Engine".
//
// out[m, n] = A[m, k] B[k, n], blocked over k. Both sides are packed first (A in panels of 4 rows, B in panels of 8
// columns, padded with zeros), so that the inner loop reads in order whatever the strides are: a transposed factor
// is one with its strides exchanged. Strides count floats, addresses bytes. No fused multiply-add: results are the
// same on every machine.

const BLOCK: i32 = 256;

export function matmul(
  a: usize, aRow: i32, aColumn: i32,
  b: usize, bRow: i32, bColumn: i32,
  out: usize, m: i32, n: i32, k: i32,
  packedA: usize, packedB: usize,
): void {
  for (let from = 0; from < k; from += BLOCK) {
    const depth = min(BLOCK, k - from);
    packRows(a + (<usize>(from * aColumn) << 2), aRow, aColumn, m, depth, packedA);
    const add = from > 0;
    for (let j = 0; j < n; j += 8) {
      const width = min(8, n - j);
      packColumns(b + (<usize>(from * bRow + j * bColumn) << 2), bRow, bColumn, width, depth, packedB);
      for (let i = 0; i < m; i += 4) {
        const target = out + (<usize>(i * n + j) << 2);
        tile(packedA + (<usize>(i * depth) << 2), packedB, depth, target, n, min(4, m - i), width, add);
      }
    }
  }
}

function packRows(a: usize, row: i32, column: i32, m: i32, depth: i32, to: usize): void {
  for (let i = 0; i < m; i += 4) {
    const height = min(4, m - i);
    for (let p = 0; p < depth; p++) {
      for (let r = 0; r < 4; r++) {
        store<f32>(to, r < height ? load<f32>(a + (<usize>((i + r) * row + p * column) << 2)) : 0);
        to += 4;
      }
    }
  }
}

function packColumns(b: usize, row: i32, column: i32, width: i32, depth: i32, to: usize): void {
  if (column == 1 && width == 8) {
    for (let p = 0; p < depth; p++) {
      const from = b + (<usize>(p * row) << 2);
      v128.store(to, v128.load(from));
      v128.store(to, v128.load(from, 16), 16);
      to += 32;
    }
    return;
  }
  for (let p = 0; p < depth; p++) {
    for (let c = 0; c < 8; c++) {
      store<f32>(to, c < width ? load<f32>(b + (<usize>(p * row + c * column) << 2)) : 0);
      to += 4;
    }
  }
}

/** 4 x 8 of the result in eight registers. */
function tile(
  a: usize, b: usize, depth: i32, out: usize, n: i32, height: i32, width: i32, add: bool,
): void {
  let c00 = f32x4.splat(0), c01 = c00, c10 = c00, c11 = c00, c20 = c00, c21 = c00, c30 = c00, c31 = c00;
  const end = a + (<usize>depth << 4);
  while (a < end) {
    const b0 = v128.load(b), b1 = v128.load(b, 16);
    let x = v128.load32_splat(a);
    c00 = f32x4.add(c00, f32x4.mul(x, b0)); c01 = f32x4.add(c01, f32x4.mul(x, b1));
    x = v128.load32_splat(a, 4);
    c10 = f32x4.add(c10, f32x4.mul(x, b0)); c11 = f32x4.add(c11, f32x4.mul(x, b1));
    x = v128.load32_splat(a, 8);
    c20 = f32x4.add(c20, f32x4.mul(x, b0)); c21 = f32x4.add(c21, f32x4.mul(x, b1));
    x = v128.load32_splat(a, 12);
    c30 = f32x4.add(c30, f32x4.mul(x, b0)); c31 = f32x4.add(c31, f32x4.mul(x, b1));
    a += 16; b += 32;
  }
  const row = <usize>n << 2;
  put(out, c00, c01, width, add);
  if (height > 1) put(out + row, c10, c11, width, add);
  if (height > 2) put(out + 2 * row, c20, c21, width, add);
  if (height > 3) put(out + 3 * row, c30, c31, width, add);
}

function put(out: usize, left: v128, right: v128, width: i32, add: bool): void {
  if (width == 8) {
    v128.store(out, add ? f32x4.add(v128.load(out), left) : left);
    v128.store(out, add ? f32x4.add(v128.load(out, 16), right) : right, 16);
    return;
  }
  for (let c = 0; c < width; c++) {
    const value = lane(c < 4 ? left : right, c & 3);
    store<f32>(out + (<usize>c << 2), add ? load<f32>(out + (<usize>c << 2)) + value : value);
  }
}

function lane(v: v128, index: i32): f32 {
  if (index == 0) return f32x4.extract_lane(v, 0);
  if (index == 1) return f32x4.extract_lane(v, 1);
  if (index == 2) return f32x4.extract_lane(v, 2);
  return f32x4.extract_lane(v, 3);
}
