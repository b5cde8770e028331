import type { Clip } from "../engine/model.ts";
import type { OptimiserSpec } from "./spec.ts";
import type { Parameter } from "./tensor.ts";

/** Changes the parameters by their gradients. */
export type Step = () => void;

/** As PyTorch computes them; where epsilon and decay differ between frameworks the specification says which. */
export function optimiser(spec: OptimiserSpec, parameters: readonly Parameter[]): Step {
  const rules = parameters.map((parameter) => ruleOf(spec, parameter));
  return () => {
    if (spec.clip) clip(spec.clip, parameters);
    for (const rule of rules) rule();
  };
}

function ruleOf(spec: OptimiserSpec, parameter: Parameter): Step {
  switch (spec.kind) {
    case "sgd":
      return descent(spec.learningRate, parameter);
    case "momentum":
      return momentum(spec, parameter);
    case "adam":
      return adam(spec, parameter);
    case "rmsprop":
      return rmsprop(spec, parameter);
  }
}

function descent(rate: number, { value, gradient }: Parameter): Step {
  return () => {
    for (let i = 0; i < value.length; i++) value[i]! -= rate * gradient[i]!;
  };
}

/** Polyak 1964. Keras multiplies the rate in before it adds up, which for a constant rate is the same. */
function momentum({ learningRate, momentum: kept }: OptimiserSpec, { value, gradient }: Parameter): Step {
  const velocity = new Float32Array(value.length);
  return () => {
    for (let i = 0; i < value.length; i++) {
      const next = kept * velocity[i]! + gradient[i]!;
      velocity[i] = next;
      value[i]! -= learningRate * next;
    }
  };
}

const [BETA_1, BETA_2] = [0.9, 0.999];

/** Kingma and Ba 2014, with the defaults that all frameworks share. */
function adam({ learningRate, epsilon }: OptimiserSpec, { value, gradient }: Parameter): Step {
  const [mean, square] = [new Float32Array(value.length), new Float32Array(value.length)];
  let [decayed1, decayed2] = [1, 1];
  return () => {
    decayed1 *= BETA_1;
    decayed2 *= BETA_2;
    const rate = learningRate / (1 - decayed1);
    const scale = 1 / Math.sqrt(1 - decayed2);
    for (let i = 0; i < value.length; i++) {
      const g = gradient[i]!;
      const m = BETA_1 * mean[i]! + (1 - BETA_1) * g;
      const v = BETA_2 * square[i]! + (1 - BETA_2) * g * g;
      mean[i] = m;
      square[i] = v;
      value[i]! -= (rate * m) / (Math.sqrt(v) * scale + epsilon);
    }
  };
}

/** Tieleman and Hinton 2012. */
function rmsprop(spec: OptimiserSpec, { value, gradient }: Parameter): Step {
  const { learningRate, epsilon, decay } = spec;
  const square = new Float32Array(value.length);
  return () => {
    for (let i = 0; i < value.length; i++) {
      const g = gradient[i]!;
      const v = decay * square[i]! + (1 - decay) * g * g;
      square[i] = v;
      value[i]! -= (learningRate * g) / (Math.sqrt(v) + epsilon);
    }
  };
}

/** By norm: all gradients together (Pascanu et al. 2013). */
function clip({ by, limit }: Clip, parameters: readonly Parameter[]): void {
  if (by === "value") {
    for (const { gradient } of parameters) {
      for (let i = 0; i < gradient.length; i++) gradient[i] = Math.max(-limit, Math.min(limit, gradient[i]!));
    }
    return;
  }
  let sum = 0;
  for (const { gradient } of parameters) for (const g of gradient) sum += g * g;
  const factor = limit / (Math.sqrt(sum) + 1e-6); // PyTorch's 1e-6.
  if (factor >= 1) return;
  for (const { gradient } of parameters) for (let i = 0; i < gradient.length; i++) gradient[i]! *= factor;
}
