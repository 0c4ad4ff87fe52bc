import type { NeighbourGraph } from './neighbour-graph.ts';

/**
 * Sums over the weights of a graph with wᵢⱼ = 1 / |N(i)| for the neighbours j ∈ N(i) of i, so that the rows sum to 1.
 * Cells that neither have neighbours nor are any are left out.
 */
export interface GraphWeights {
  /** Cells that count, rising. */
  readonly cells: Int32Array;
  /** Σ wᵢⱼ. */
  readonly s0: number;
  /** ½ Σᵢⱼ (wᵢⱼ + wⱼᵢ)². */
  readonly s1: number;
  /** Σᵢ (Σⱼ wᵢⱼ + Σⱼ wⱼᵢ)². */
  readonly s2: number;
}

/** Sums over the weights, in time and memory proportional to the number of neighbours. */
export function graphWeights(graph: NeighbourGraph): GraphWeights {
  const { size, starts, neighbours } = graph;
  const incoming = new Int32Array(size);
  for (let entry = 0; entry < neighbours.length; entry++) {
    incoming[neighbours[entry]!] = incoming[neighbours[entry]!]! + 1;
  }
  const { firsts, sources } = turned(graph, incoming);
  const degree = (cell: number): number => starts[cell + 1]! - starts[cell]!;
  const cells: number[] = [];
  // Where a cell is a neighbour of the one looked at, that one.
  const marked = new Int32Array(size).fill(-1);
  let [s0, s1, s2] = [0, 0, 0];
  for (let cell = 0; cell < size; cell++) {
    const own = degree(cell);
    if (own === 0 && firsts[cell] === firsts[cell + 1]) continue;
    cells.push(cell);
    for (let entry = starts[cell]!; entry < starts[cell + 1]!; entry++) marked[neighbours[entry]!] = cell;
    let column = 0;
    let mutual = 0;
    for (let entry = firsts[cell]!; entry < firsts[cell + 1]!; entry++) {
      const weight = 1 / degree(sources[entry]!);
      column += weight;
      if (marked[sources[entry]!] === cell) mutual += weight;
    }
    const row = own === 0 ? 0 : 1;
    s0 += row;
    // ½ Σ (w + w′)² = Σ w² + Σ w w′.
    if (own > 0) s1 += (1 + mutual) / own;
    s2 += (row + column) ** 2;
  }
  return { cells: Int32Array.from(cells), s0, s1, s2 };
}

/** The graph the other way round: of which cells each is a neighbour. */
function turned(
  { size, starts, neighbours }: NeighbourGraph,
  incoming: Int32Array,
): { readonly firsts: Int32Array; readonly sources: Int32Array } {
  const firsts = new Int32Array(size + 1);
  for (let cell = 0; cell < size; cell++) firsts[cell + 1] = firsts[cell]! + incoming[cell]!;
  const next = firsts.slice();
  const sources = new Int32Array(neighbours.length);
  for (let cell = 0; cell < size; cell++) {
    for (let entry = starts[cell]!; entry < starts[cell + 1]!; entry++) {
      const to = neighbours[entry]!;
      sources[next[to]!] = cell;
      next[to] = next[to]! + 1;
    }
  }
  return { firsts, sources };
}
