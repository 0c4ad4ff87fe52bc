import { checkedLabels } from './composition.ts';
import type { Labels } from './composition.ts';
import type { NeighbourGraph } from './neighbour-graph.ts';

/** Groups of a proportion p: none for p = 0, low for p ≤ 0.2, moderate for p ≤ 0.6, high above. */
export const PROPORTION_GROUPS = ['none', 'low', 'moderate', 'high'] as const;

const LOW = 0.2;
const MODERATE = 0.6;

/**
 * Proportion of one or several types together among a cell's neighbours with a type, each with the same weight. NaN
 * where no neighbour has one.
 *
 * @param chosen types that are looked for
 * @param options.self whether a cell counts among its own neighbours
 * Throws a RangeError unless there is one type a cell, each below `types`, the chosen ones too.
 */
export function neighbourProportion(
  graph: NeighbourGraph,
  labels: Labels,
  chosen: readonly number[],
  options: { readonly self: boolean },
): Float64Array {
  const { size, starts, neighbours } = graph;
  const of = checkedLabels(graph, labels);
  const isChosen = new Uint8Array(labels.types);
  for (const type of chosen) {
    if (!(type in isChosen)) throw new RangeError(`type ${type} of ${labels.types}`);
    isChosen[type] = 1;
  }
  // Doubles, so that 4 of 20 is not above 0.2.
  const proportions = new Float64Array(size);
  for (let cell = 0; cell < size; cell++) {
    const own = options.self ? of[cell]! : -1;
    let typed = own < 0 ? 0 : 1;
    let found = own < 0 ? 0 : isChosen[own]!;
    for (let entry = starts[cell]!; entry < starts[cell + 1]!; entry++) {
      const type = of[neighbours[entry]!]!;
      if (type < 0) continue;
      typed++;
      found += isChosen[type]!;
    }
    proportions[cell] = found / typed;
  }
  return proportions;
}

/** Index among {@link PROPORTION_GROUPS} of each proportion; −1 of NaN. */
export function proportionGroups(proportions: Float64Array): Int8Array {
  return Int8Array.from(proportions, (p) => {
    if (Number.isNaN(p)) return -1;
    if (p === 0) return 0;
    if (p <= LOW) return 1;
    return p <= MODERATE ? 2 : 3;
  });
}
