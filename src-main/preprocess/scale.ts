import { median } from '../../src-shared/maths/statistics.ts';

/** How clipped counts become expression. All of them map 0 to 0. */
export type Normalisation = 'sqrt' | 'log' | 'library-sqrt' | 'library-log' | 'none';

/** What the processed values are, for people and for files. */
export const UNITS: Readonly<Record<Normalisation, string>> = {
  sqrt: 'square root of counts',
  log: 'log(1 + counts)',
  'library-sqrt': 'square root of library-size normalised counts',
  'library-log': 'log(1 + library-size normalised counts)',
  none: 'as in the file',
};

export function usesLibrarySize(normalisation: Normalisation): boolean {
  return normalisation === 'library-sqrt' || normalisation === 'library-log';
}

/**
 * Factor that each cell's counts are multiplied by, so that totals become `target`: a number, or the median total
 * of the cells given. 1 for a cell without counts.
 */
export function sizeFactors(totals: Float64Array, target: 'median' | number): Float64Array {
  const aim = target === 'median' ? median(totals) : target;
  return totals.map((total) => (total > 0 ? aim / total : 1));
}

/** A count (clipped where that is wanted) in processed units. */
export function scaled(count: number, normalisation: Normalisation, sizeFactor: number): number {
  switch (normalisation) {
    case 'sqrt':
      return Math.sqrt(count);
    case 'log':
      return Math.log1p(count);
    case 'library-sqrt':
      return Math.sqrt(count * sizeFactor);
    case 'library-log':
      return Math.log1p(count * sizeFactor);
    case 'none':
      return count;
  }
}

/** Back to the scale of counts; a value below zero, as a network may give, becomes 0. */
export function unscaled(value: number, normalisation: Normalisation, sizeFactor: number): number {
  const positive = Math.max(0, value);
  switch (normalisation) {
    case 'sqrt':
      return positive ** 2;
    case 'log':
      return Math.expm1(positive);
    case 'library-sqrt':
      return positive ** 2 / sizeFactor;
    case 'library-log':
      return Math.expm1(positive) / sizeFactor;
    case 'none':
      return positive;
  }
}
