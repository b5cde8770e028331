import { type Module, reusable, type Tensor } from "../tensor.ts";

/** Max pooling over squares that do not overlap; what is left over at the border is dropped, as by default everywhere. */
export function maxPool(side: number): Module {
  const [output, back] = [reusable(), reusable()];
  let from: Tensor;
  let chosen = new Int32Array(0);
  return {
    parameters: [],
    forward(x) {
      from = x;
      const [height, width] = [Math.floor(x.height / side), Math.floor(x.width / side)];
      const data = output(x.count * height * width * x.columns);
      if (chosen.length !== data.length) chosen = new Int32Array(data.length);
      let to = 0;
      for (let n = 0; n < x.count; n++) {
        for (let i = 0; i < height; i++) {
          for (let j = 0; j < width; j++) {
            for (let c = 0; c < x.columns; c++, to++) {
              let best = -1;
              for (let di = 0; di < side; di++) {
                for (let dj = 0; dj < side; dj++) {
                  const at = ((n * x.height + i * side + di) * x.width + j * side + dj) * x.columns + c;
                  // The negation lets a NaN win.
                  if (best < 0 || !(x.data[at]! <= x.data[best]!)) best = at;
                }
              }
              chosen[to] = best;
              data[to] = x.data[best]!;
            }
          }
        }
      }
      return { data, count: x.count, height, width, columns: x.columns };
    },
    backward(dy) {
      const dx = back(from.count * from.height * from.width * from.columns).fill(0);
      for (let i = 0; i < dy.length; i++) dx[chosen[i]!]! += dy[i]!;
      return dx;
    },
  };
}
