import type { NichePoints } from '../../src-main/analysis/niche-points.ts';
import { Random } from '../../src-shared/maths/random.ts';

/** Niche points around `kinds` compositions that lie well apart, cell i of kind i mod `kinds`. */
export function madeNiches(cells: number, kinds: number, noise: number): NichePoints {
  const random = new Random(kinds, 'made niches');
  const types = kinds;
  const values = Float64Array.from({ length: cells * types }, (_, at) => {
    const own = Math.floor(at / types) % kinds === at % types;
    return (own ? 2 : -0.5) + noise * random.normal();
  });
  const shares = Float32Array.from(values, (_, at) =>
    Math.floor(at / types) % kinds === at % types ? 0.6 : 0.4 / (types - 1),
  );
  return { size: cells, cells: Int32Array.from({ length: cells }, (_, i) => i), types, shares, values };
}
