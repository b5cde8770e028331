/** Networks that die as a whole at initialisation: Lu, Shin, Su, Karniadakis 2020, arXiv:1903.06733. */

/**
 * P(some layer is 0 for one given input) with symmetric weights and biases: a layer of N units is with probability
 * 2^-N, whatever the layers before it gave. An upper bound for any set of inputs; on few or similar inputs close to it.
 */
export const bornDead = (widths: readonly number[]): number =>
  1 - widths.reduce((alive, width) => alive * (1 - 2 ** -width), 1);
