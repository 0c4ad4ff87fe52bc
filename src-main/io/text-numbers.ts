const DIGIT_0 = 48;
const QUOTE = 34;

/** What stands for a missing value in tables. */
const missing = new Set(['', 'na', 'nan', 'n/a', 'null', 'none', '.', '-']);

/**
 * The number in bytes start … end − 1: NaN for a missing value, undefined for anything else that is no number.
 * Surrounding quotes and spaces do not count; `comma` accepts 1,5.
 */
export function parseNumber(
  bytes: Uint8Array,
  start: number,
  end: number,
  comma = false,
): number | undefined {
  while (start < end && (bytes[start]! <= 32 || bytes[start] === QUOTE)) start++;
  while (start < end && (bytes[end - 1]! <= 32 || bytes[end - 1] === QUOTE)) end--;
  let value = 0;
  let at = start;
  if (end - start <= 15)
    for (; at < end; at++) {
      const digit = bytes[at]! - DIGIT_0;
      if (digit < 0 || digit > 9) break;
      value = value * 10 + digit;
    }
  if (at === end && at > start) return value;
  let text = String.fromCharCode(...bytes.subarray(start, Math.min(end, start + 64)));
  if (missing.has(text.toLowerCase())) return NaN;
  if (comma) text = text.replace(',', '.');
  if (/^[-+]?inf(inity)?$/i.test(text)) return text.startsWith('-') ? -Infinity : Infinity;
  if (end - start > 64 || !/^[-+]?(\d+\.?\d*|\.\d+)(e[-+]?\d+)?$/i.test(text)) return undefined;
  return Number(text);
}
