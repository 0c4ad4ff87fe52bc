/** With a true minus sign, which lines up with digits; an en dash where there is no number. */
export function fixed(value: number, digits: number): string {
  if (!Number.isFinite(value)) return '–';
  const text = Math.abs(value).toFixed(digits);
  return value < 0 && Number(text) !== 0 ? `−${text}` : text;
}

/** A p-value as a reader expects it: `p < 0.001`, `p = 0.012`, `p = 0.21`, `p > 0.99`. */
export function formatP(p: number): string {
  if (!Number.isFinite(p)) return 'p –';
  if (p < 0.001) return 'p < 0.001';
  if (p > 0.99) return 'p > 0.99';
  // 0.0496 must not read as the 0.050 that it is below.
  if (Math.abs(p - 0.05) < 0.0005) return `p = ${p.toPrecision(3)}`;
  return `p = ${p.toFixed(p < 0.1 ? 3 : 2)}`;
}

/** Thousands apart by a thin space, from five digits on, as scientific style asks. */
export function formatCount(count: number): string {
  const digits = String(Math.round(count));
  return digits.length < 5 ? digits : digits.replace(/\B(?=(\d{3})+$)/gu, '\u2009');
}

/** A tick label: no more digits than the ticks' spacing needs. */
export function formatTick(value: number): string {
  const text =
    Math.abs(value) >= 1e5 || (value !== 0 && Math.abs(value) < 1e-4) ? value.toExponential() : String(value);
  return text.replace('-', '−');
}

/** The names as a sentence lists them: `a`, `a and b`, `a, b and c`; `a; b, c; and d` where a name has a comma. */
export function listed(names: readonly string[]): string {
  const last = names[names.length - 1] ?? '';
  if (names.length < 2) return last;
  const before = names.slice(0, -1);
  return names.some((name) => name.includes(','))
    ? `${before.join('; ')}; and ${last}`
    : `${before.join(', ')} and ${last}`;
}
