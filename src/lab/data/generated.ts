/** Data sets that are drawn, always the same. */
import { random } from "../random.ts";
import type { Dataset } from "./dataset.ts";

/** Five clouds of a standard normal in 20 dimensions, whose centres are drawn from another. */
export function gaussianMixture(): Dataset {
  const [dimensions, classes, count] = [20, 5, 2000];
  const draw = random(3, "mixture");
  const centres = Float32Array.from({ length: classes * dimensions }, () => draw.normal());
  const inputs = new Float32Array(count * dimensions);
  const targets = new Float32Array(count);
  for (let row = 0; row < count; row++) {
    const label = Math.floor(draw.uniform() * classes);
    targets[row] = label;
    for (let d = 0; d < dimensions; d++) {
      inputs[row * dimensions + d] = centres[label * dimensions + d]! + draw.normal();
    }
  }
  const shape = { height: 1, width: 1, columns: dimensions };
  return { id: "mixture", title: "Gaussian mixture", kind: "table", shape, classes, inputs, targets };
}

/** Two arms that wind around each other 1.5 times; the radius is the angle, as it is usually drawn. */
export function spiral(): Dataset {
  const count = 2000;
  const draw = random(4, "spiral");
  const inputs = new Float32Array(count * 2);
  const targets = new Float32Array(count);
  for (let row = 0; row < count; row++) {
    const arm = row % 2;
    // The root, so that points are no rarer outside.
    const radius = 3 * Math.PI * Math.sqrt(draw.uniform());
    const angle = radius + arm * Math.PI;
    inputs[row * 2] = radius * Math.cos(angle) + 0.3 * draw.normal();
    inputs[row * 2 + 1] = radius * Math.sin(angle) + 0.3 * draw.normal();
    targets[row] = arm;
  }
  const shape = { height: 1, width: 1, columns: 2 };
  return { id: "spiral", title: "Two spirals", kind: "table", shape, classes: 2, inputs, targets };
}

/** |x| for x in -sqrt 3 .. sqrt 3: what Lu et al. 2019 let narrow networks learn. */
export function absolute(): Dataset {
  const count = 1200;
  const draw = random(5, "absolute");
  const inputs = Float32Array.from({ length: count }, () => Math.sqrt(3) * (2 * draw.uniform() - 1));
  const shape = { height: 1, width: 1, columns: 1 };
  const targets = inputs.map(Math.abs);
  return { id: "absolute", title: "|x|", kind: "table", shape, classes: 0, inputs, targets };
}
