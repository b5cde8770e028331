import { reusable, type Tensor } from "../tensor.ts";

/** How a convolution's window moves. */
export interface Patches {
  readonly kernel: number;
  readonly stride: number;
  readonly padding: number;
}

export interface Gathering {
  shape(x: Tensor): { readonly count: number; readonly height: number; readonly width: number };
  /** A row for each position of the window, (kernel row, kernel column, channel) in it; zeros beyond the border. */
  take(x: Tensor): Float32Array;
  /** The transpose of `take`: adds the entries of each row to where they came from. */
  put(rows: Float32Array, x: Tensor): Float32Array;
}

export const sizeAfter = (size: number, { kernel, stride, padding }: Patches): number =>
  Math.floor((size + 2 * padding - kernel) / stride) + 1;

export function patches(window: Patches): Gathering {
  const { kernel, stride, padding } = window;
  const [taken, returned] = [reusable(), reusable()];

  /** Calls for each piece of a row of the window that lies inside: offsets in the rows and in the image, and length. */
  const each = (x: Tensor, visit: (inRows: number, inImage: number, length: number) => void) => {
    const [height, width, channels] = [sizeAfter(x.height, window), sizeAfter(x.width, window), x.columns];
    let row = 0;
    for (let n = 0; n < x.count; n++) {
      for (let i = 0; i < height; i++) {
        for (let j = 0; j < width; j++) {
          const left = j * stride - padding;
          const first = Math.max(0, -left);
          const length = (Math.min(kernel, x.width - left) - first) * channels;
          for (let ki = 0; ki < kernel; ki++) {
            const y = i * stride - padding + ki;
            if (y < 0 || y >= x.height) continue;
            const inImage = ((n * x.height + y) * x.width + left + first) * channels;
            visit(row + (ki * kernel + first) * channels, inImage, length);
          }
          row += kernel * kernel * channels;
        }
      }
    }
  };

  const rowsLength = (x: Tensor) =>
    x.count * sizeAfter(x.height, window) * sizeAfter(x.width, window) * kernel * kernel * x.columns;

  return {
    shape: (x) => ({
      count: x.count,
      height: sizeAfter(x.height, window),
      width: sizeAfter(x.width, window),
    }),
    take(x) {
      const rows = taken(rowsLength(x)).fill(0);
      each(x, (to, from, length) => {
        for (let i = 0; i < length; i++) rows[to + i] = x.data[from + i]!;
      });
      return rows;
    },
    put(rows, x) {
      const image = returned(x.count * x.height * x.width * x.columns).fill(0);
      each(x, (from, to, length) => {
        for (let i = 0; i < length; i++) image[to + i]! += rows[from + i]!;
      });
      return image;
    },
  };
}
