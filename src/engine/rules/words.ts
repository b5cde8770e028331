/** Shares in words: whole steps of 5 %, since an estimate does not carry two digits. */

export function percent(share: number): string {
  const value = 100 * share;
  if (value < 1) return "under 1 %";
  if (value < 7.5) return `${Math.round(value)} %`;
  return `${Math.min(99, 5 * Math.round(value / 5))} %`;
}

export function percentRange([low, high]: readonly [number, number]): string {
  const from = 5 * Math.floor((100 * low) / 5);
  const to = Math.min(100, 5 * Math.ceil((100 * high) / 5));
  return from === to ? `about ${to} %` : `${from} to ${to} %`;
}
