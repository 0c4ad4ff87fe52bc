import { UserError } from '../contract/errors.ts';
import type { Random } from './random.ts';

/** Compares by Unicode code point, as Python does; JavaScript's `<` goes by UTF-16 unit. */
export function compareCodePoints(a: string, b: string): number {
  for (let i = 0; i < Math.min(a.length, b.length); i++) {
    // Inside a pair of surrogates whose first halves are equal, the second halves decide just as well.
    if (a.charCodeAt(i) !== b.charCodeAt(i)) return a.codePointAt(i)! - b.codePointAt(i)!;
  }
  return a.length - b.length;
}

/**
 * Positions of the names in the order that folds go by: upper-cased name, code-point order; names equal but for
 * case stay in the order given.
 */
export function sortedByName(names: readonly string[]): Int32Array {
  const keys = names.map((name) => name.toUpperCase());
  const order = Int32Array.from({ length: names.length }, (_, i) => i);
  return order.sort((a, b) => compareCodePoints(keys[a]!, keys[b]!) || a - b);
}

function checkFolds(genes: number, folds: number): void {
  if (Number.isInteger(folds) && folds >= 2 && folds <= genes) return;
  throw new UserError(
    `${folds} folds cannot be made of ${genes} genes; choose a whole number from 2 to ${genes}.`,
    {},
    'usage',
  );
}

/**
 * Fold of each name: sorted by {@link sortedByName}, gene i goes to fold i mod `folds`.
 * Throws a UserError unless 2 ≤ folds ≤ number of names.
 */
export function foldsByName(names: readonly string[], folds: number): Int32Array {
  checkFolds(names.length, folds);
  const result = new Int32Array(names.length);
  sortedByName(names).forEach((position, i) => (result[position] = i % folds));
  return result;
}

/**
 * Fold of each name at random: sorted by name (so that the columns' order does not matter), shuffled, gene i to
 * fold i mod `folds`. Fold sizes differ by one at most. Throws a UserError unless 2 ≤ folds ≤ number of names.
 */
export function foldsAtRandom(names: readonly string[], folds: number, random: Random): Int32Array {
  checkFolds(names.length, folds);
  const result = new Int32Array(names.length);
  random.shuffle(sortedByName(names)).forEach((position, i) => (result[position] = i % folds));
  return result;
}
