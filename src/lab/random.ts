/** Seeded random numbers: sfc32 (Chris Doty-Humphrey, PractRand), 32-bit integer arithmetic, so the same everywhere. */
export interface Random {
  /** Uniform in [0, 1), 32 bits of it. */
  uniform(): number;
  /** Standard normal. */
  normal(): number;
  /** A random order of 0..n-1. */
  permutation(n: number): Uint32Array;
}

/**
 * A stream of its own for each purpose of a seed ("weights", 2): what one part of a run draws must not shift what
 * another draws, or two activations would not start from the same weights.
 */
export function random(seed: number, ...purpose: readonly (string | number)[]): Random {
  let [a, b, c] = [seed | 0, hash(purpose.join(" ")), 0x9e3779b9 | 0];
  let counter = 1;
  const next = () => {
    const sum = (((a + b) | 0) + counter) | 0;
    counter = (counter + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = (((c << 21) | (c >>> 11)) + sum) | 0;
    return sum >>> 0;
  };
  for (let i = 0; i < 15; i++) next(); // The state is mixed after 12 rounds.
  let spare = Number.NaN;
  const uniform = () => next() / 4_294_967_296;
  return {
    uniform,
    normal() {
      if (!Number.isNaN(spare)) {
        const kept = spare;
        spare = Number.NaN;
        return kept;
      }
      // Box and Muller 1958; 1 - u is never 0.
      const radius = Math.sqrt(-2 * Math.log(1 - uniform()));
      const angle = 2 * Math.PI * uniform();
      spare = radius * Math.sin(angle);
      return radius * Math.cos(angle);
    },
    permutation(n) {
      const order = Uint32Array.from({ length: n }, (_, index) => index);
      for (let i = n - 1; i > 0; i--) {
        const j = Math.floor(uniform() * (i + 1));
        const kept = order[i]!;
        order[i] = order[j]!;
        order[j] = kept;
      }
      return order;
    },
  };
}

/** FNV-1a. */
function hash(text: string): number {
  let value = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) value = Math.imul(value ^ text.charCodeAt(i), 0x01000193);
  return value;
}
