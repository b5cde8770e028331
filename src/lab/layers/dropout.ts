import type { Random } from "../random.ts";
import { type Module, reusable } from "../tensor.ts";

/** Inverted dropout: what is kept is scaled up, so that nothing happens outside training. */
export function dropout(share: number, draw: Random): Module {
  const [output, back, factors] = [reusable(), reusable(), reusable()];
  let mask: Float32Array | undefined;
  return {
    parameters: [],
    forward(x, mode) {
      mask = undefined;
      if (mode !== "train") return x;
      mask = factors(x.data.length);
      const data = output(x.data.length);
      for (let i = 0; i < data.length; i++) {
        mask[i] = draw.uniform() < share ? 0 : 1 / (1 - share);
        data[i] = x.data[i]! * mask[i]!;
      }
      return { ...x, data };
    },
    backward(dy) {
      if (!mask) return dy;
      const dx = back(dy.length);
      for (let i = 0; i < dx.length; i++) dx[i] = dy[i]! * mask[i]!;
      return dx;
    },
  };
}
