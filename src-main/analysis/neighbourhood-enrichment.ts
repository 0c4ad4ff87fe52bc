import { UserError } from '../../src-shared/contract/errors.ts';
import { Random } from '../../src-shared/maths/random.ts';
import type { Numbers } from '../../src-shared/maths/statistics.ts';
import { checkedLabels } from './composition.ts';
import type { Labels } from './composition.ts';
import { Turns } from './long-work.ts';
import type { LongWork } from './long-work.ts';
import type { NeighbourGraph } from './neighbour-graph.ts';

/** Which types lie beside which more often than by chance; all tables are types × types, row-major. */
export interface Enrichment {
  readonly types: number;
  /** Pairs of a cell of the row's type and a neighbour of the column's type. */
  readonly counts: Float64Array;
  /** Mean and population standard deviation of the counts over the permutations. */
  readonly expected: Float64Array;
  readonly deviation: Float64Array;
  /** (count − mean) / standard deviation; NaN where the count is the same in every permutation. */
  readonly z: Float64Array;
  readonly permutations: number;
}

export interface EnrichmentOptions extends LongWork {
  readonly seed: number;
  /** If left out {@link defaultPermutations}. */
  readonly permutations?: number;
  /** Code of each cell's section; labels are permuted within sections. */
  readonly sections?: Numbers | undefined;
}

const PERMUTATIONS = 1000;
/** Pairs that all permutations together look at where their number is not given: about a minute. */
const MOST_PAIRS = 1e10;
const FEWEST = 100;
/** Types that can be told in a table of counts that stays small. */
const MOST_TYPES = 1000;

/** 1,000, for graphs of more than 10⁷ neighbours so many that 10¹⁰ are looked at, and 100 at least. */
export function defaultPermutations({ neighbours }: NeighbourGraph): number {
  const affordable = Math.floor(MOST_PAIRS / Math.max(1, neighbours.length));
  return Math.max(FEWEST, Math.min(PERMUTATIONS, affordable));
}

/**
 * Neighbourhood enrichment (Schapiro et al. 2017; Palla et al. 2022): z = (n − mean) / sd of the number n of
 * neighbours of each type of the cells of each type, mean and sd over random permutations of the types among the
 * cells with a type, within sections. Cells without a type count nowhere. The same for a seed.
 *
 * Throws a RangeError unless there is a type (and a section) a cell, and a UserError for more than 1,000 types.
 */
export async function neighbourhoodEnrichment(
  graph: NeighbourGraph,
  labels: Labels,
  options: EnrichmentOptions,
): Promise<Enrichment> {
  const { types } = labels;
  const { sections, permutations = defaultPermutations(graph) } = options;
  if (types > MOST_TYPES)
    throw new UserError(`${types} cell types are too many; group them to ${MOST_TYPES}.`);
  if (!(Number.isInteger(permutations) && permutations >= 1)) {
    throw new RangeError(`${permutations} permutations`);
  }
  if (sections !== undefined && sections.length !== graph.size) {
    throw new RangeError(`${sections.length} sections of ${graph.size} cells`);
  }
  const of = slots(checkedLabels(graph, labels), types);
  const counter = new PairCounter(graph, types);
  const turns = new Turns(options);
  const counts = await counter.count(of, turns, 0);
  const shuffle = shuffler(of, types, sections, new Random(options.seed, 'enrichment'));
  const sums = new Sums(counts);
  for (let done = 0; done < permutations; done++) {
    shuffle();
    sums.add(await counter.count(of, turns, done / permutations));
  }
  return { types, counts, permutations, ...sums.scores() };
}

/** Types of the cells in little room; those without one get a type of their own, the last. */
type Slots = Uint8Array | Uint16Array;

function slots(of: Int32Array, types: number): Slots {
  const typed = of.map((type) => (type < 0 ? types : type));
  return types < 256 ? Uint8Array.from(typed) : Uint16Array.from(typed);
}

/** Cells that are counted between two looks at the clock. */
const STRETCH = 1 << 14;

class PairCounter {
  readonly #graph: NeighbourGraph;
  readonly #types: number;
  readonly #table: Int32Array;

  constructor(graph: NeighbourGraph, types: number) {
    this.#graph = graph;
    this.#types = types;
    this.#table = new Int32Array((types + 1) ** 2);
  }

  /** Pairs of neighbours by their types: types × types, row-major, without those that have none. */
  async count(of: Slots, turns: Turns, share: number): Promise<Float64Array> {
    const { size } = this.#graph;
    this.#table.fill(0);
    for (let first = 0; first < size; first += STRETCH) {
      countRows(this.#graph, of, this.#table, this.#types + 1, first, Math.min(size, first + STRETCH));
      if (turns.due) await turns.take(share);
    }
    const types = this.#types;
    return Float64Array.from({ length: types * types }, (_, at) => {
      return this.#table[Math.floor(at / types) * (types + 1) + (at % types)]!;
    });
  }
}

function countRows(
  { starts, neighbours }: NeighbourGraph,
  of: Slots,
  table: Int32Array,
  width: number,
  first: number,
  end: number,
): void {
  for (let cell = first; cell < end; cell++) {
    const row = of[cell]! * width;
    const stop = starts[cell + 1]!;
    for (let entry = starts[cell]!; entry < stop; entry++) {
      const at = row + of[neighbours[entry]!]!;
      table[at] = table[at]! + 1;
    }
  }
}

/** Permutes the types among the cells of a section that have one, in place. */
function shuffler(of: Slots, types: number, sections: Numbers | undefined, random: Random): () => void {
  const members = new Map<number, number[]>();
  of.forEach((type, cell) => {
    if (type === types) return;
    const section = sections?.[cell] ?? 0;
    const others = members.get(section);
    if (others === undefined) members.set(section, [cell]);
    else others.push(cell);
  });
  const groups = Array.from(members.values(), (cells) => Int32Array.from(cells));
  return () => {
    for (const cells of groups) {
      for (let i = cells.length - 1; i > 0; i--) {
        const a = cells[i]!;
        const b = cells[random.below(i + 1)]!;
        const kept = of[a]!;
        of[a] = of[b]!;
        of[b] = kept;
      }
    }
  };
}

/** Sums over permutations of how far the counts are from those observed; whole numbers, so exact. */
class Sums {
  readonly #observed: Float64Array;
  readonly #differences: Float64Array;
  readonly #squares: Float64Array;
  #count = 0;

  constructor(observed: Float64Array) {
    this.#observed = observed;
    this.#differences = new Float64Array(observed.length);
    this.#squares = new Float64Array(observed.length);
  }

  add(counts: Float64Array): void {
    this.#count++;
    for (let at = 0; at < counts.length; at++) {
      const difference = counts[at]! - this.#observed[at]!;
      this.#differences[at] = this.#differences[at]! + difference;
      this.#squares[at] = this.#squares[at]! + difference * difference;
    }
  }

  scores(): Pick<Enrichment, 'expected' | 'deviation' | 'z'> {
    const n = this.#count;
    const offset = this.#differences.map((sum) => sum / n);
    const deviation = this.#squares.map((sum, at) => Math.sqrt(Math.max(0, sum / n - offset[at]! ** 2)));
    return {
      expected: offset.map((shift, at) => this.#observed[at]! + shift),
      deviation,
      z: offset.map((shift, at) => (deviation[at] === 0 ? Number.NaN : -shift / deviation[at]!)),
    };
  }
}
