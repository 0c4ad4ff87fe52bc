/** Share of the slider's way that stands for 0. */
const ZERO = 0.04;

/** Place of a value on a slider, 0 … 1: 0 at the left end, `low` … `high` logarithmic over the rest. */
export function toSlider(value: number, low: number, high: number): number {
  if (value <= 0) return 0;
  const place = Math.log(value / low) / Math.log(high / low);
  return ZERO + (1 - ZERO) * Math.min(1, Math.max(0, place));
}

/** Value at a place of the slider, in two significant digits. */
export function fromSlider(place: number, low: number, high: number): number {
  if (place < ZERO / 2) return 0;
  const share = Math.max(0, (place - ZERO) / (1 - ZERO));
  return Number((low * (high / low) ** share).toPrecision(2));
}
