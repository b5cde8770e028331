/** Figures of merit, as the accuracy of the estimates is stated with. */

export const mean = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / values.length;

/** P(a random positive scores higher than a random negative), ties half. */
export function auroc(scores: readonly number[], positive: readonly boolean[]): number {
  const order = scores.map((_, index) => index).sort((a, b) => scores[a]! - scores[b]!);
  let rankSum = 0;
  for (let i = 0; i < order.length; ) {
    let j = i;
    while (j + 1 < order.length && scores[order[j + 1]!] === scores[order[i]!]) j++;
    for (let k = i; k <= j; k++) if (positive[order[k]!]) rankSum += (i + j) / 2 + 1;
    i = j + 1;
  }
  const count = positive.filter(Boolean).length;
  return (rankSum - (count * (count + 1)) / 2) / (count * (positive.length - count));
}

/** Expected calibration error over ten bins of equal count. */
export function calibrationError(probabilities: readonly number[], happened: readonly boolean[]): number {
  const order = probabilities.map((_, index) => index).sort((a, b) => probabilities[a]! - probabilities[b]!);
  let error = 0;
  for (let bin = 0; bin < 10; bin++) {
    const members = order.slice(
      Math.floor((bin * order.length) / 10),
      Math.floor(((bin + 1) * order.length) / 10),
    );
    if (members.length === 0) continue;
    const said = mean(members.map((index) => probabilities[index]!));
    const seen = mean(members.map((index) => +happened[index]!));
    error += (members.length / order.length) * Math.abs(said - seen);
  }
  return error;
}
