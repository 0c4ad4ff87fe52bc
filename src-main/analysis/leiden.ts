import { Random } from '../../src-shared/maths/random.ts';
import { moveNodes } from './leiden-move.ts';
import { refine } from './leiden-refine.ts';
import { Turns } from './long-work.ts';
import type { LongWork } from './long-work.ts';
import { aggregate } from './weighted-graph.ts';
import type { WeightedGraph } from './weighted-graph.ts';

export interface LeidenOptions extends LongWork {
  /** γ: more gives more, smaller communities. */
  readonly resolution?: number;
  readonly seed?: number;
  /** Most times that the communities found are the start of another run. */
  readonly iterations?: number;
}

export interface Communities {
  /** Of each node, 0 … count − 1; the largest community is 0. */
  readonly of: Int32Array;
  readonly count: number;
  /** Q below; at γ = 1 the modularity. */
  readonly quality: number;
}

const ITERATIONS = 10;
const LEAST_IMPROVEMENT = 1e-10;

/**
 * Communities of a graph by the Leiden algorithm (Traag, Waltman & van Eck 2019), which maximises
 * Q = Σ over communities of (weight inside, both directions) / 2m − γ (K / 2m)², K the sum of the strengths and 2m that
 * of all (Reichardt & Bornholdt 2006): local moving, refinement, aggregation by the refined parts, again and again until
 * every community is one node; the whole is repeated from its result until Q no longer grows.
 *
 * Throws a RangeError unless γ ≥ 0 is finite.
 */
export async function leiden(graph: WeightedGraph, options: LeidenOptions = {}): Promise<Communities> {
  const { resolution = 1, seed = 0, iterations = ITERATIONS, progress } = options;
  if (!(resolution >= 0 && resolution < Infinity)) throw new RangeError(`a resolution of ${resolution}`);
  const random = new Random(seed, 'leiden');
  const turns = new Turns(options);
  let of: Int32Array = Int32Array.from(graph.strengths.keys());
  let best = quality(graph, of, resolution);
  for (let iteration = 0; iteration < iterations; iteration++) {
    const found = await improve(graph, of, resolution, random, turns);
    const reached = quality(graph, found, resolution);
    progress?.((iteration + 1) / iterations);
    if (!(reached > best + LEAST_IMPROVEMENT)) break;
    [of, best] = [found, reached];
  }
  return { ...bySize(of), quality: best };
}

/** One run over all levels from given communities. */
async function improve(
  graph: WeightedGraph,
  start: Int32Array,
  resolution: number,
  random: Random,
  turns: Turns,
): Promise<Int32Array> {
  const share = resolution / totalStrength(graph);
  // Of each node of the graph its node on the level, and of each of those its community.
  let place: Int32Array = Int32Array.from(start.keys());
  let communities = numbered(start).of;
  for (let level = graph; ;) {
    await moveNodes(level, communities, share, random, turns);
    const moved = numbered(communities);
    if (moved.count === communities.length) return place.map((node) => moved.of[node]!);
    const parts = numbered(await refine(level, moved.of, share, random, turns));
    const isStuck = parts.count === communities.length;
    const groups = isStuck ? moved : parts;
    communities = new Int32Array(groups.count);
    groups.of.forEach((group, node) => (communities[group] = moved.of[node]!));
    place = place.map((node) => groups.of[node]!);
    level = aggregate(level, groups.of, groups.count);
  }
}

function totalStrength({ strengths }: WeightedGraph): number {
  return strengths.reduce((sum, strength) => sum + strength, 0) || 1;
}

/** Names 0 … count − 1 in the order in which they are met. */
function numbered(names: Int32Array): { readonly of: Int32Array; readonly count: number } {
  const numbers = new Int32Array(names.length).fill(-1);
  let count = 0;
  const of = names.map((name) => {
    if (numbers[name] === -1) numbers[name] = count++;
    return numbers[name]!;
  });
  return { of, count };
}

function quality(graph: WeightedGraph, of: Int32Array, resolution: number): number {
  const total = totalStrength(graph);
  const strengths = new Float64Array(of.length);
  let inside = 0;
  for (let node = 0; node < of.length; node++) {
    strengths[of[node]!] = strengths[of[node]!]! + graph.strengths[node]!;
    for (let at = graph.offsets[node]!; at < graph.offsets[node + 1]!; at++) {
      if (of[graph.targets[at]!] === of[node]) inside += graph.weights[at]!;
    }
  }
  return inside / total - resolution * strengths.reduce((sum, strength) => sum + (strength / total) ** 2, 0);
}

/** Numbers communities by size, the largest first; equally large ones by their first node. */
function bySize(names: Int32Array): { readonly of: Int32Array; readonly count: number } {
  const { of, count } = numbered(names);
  const sizes = new Int32Array(count);
  for (const community of of) sizes[community] = sizes[community]! + 1;
  const order = Int32Array.from(sizes.keys()).sort((a, b) => sizes[b]! - sizes[a]! || a - b);
  const rank = new Int32Array(count);
  order.forEach((community, at) => (rank[community] = at));
  return { of: of.map((community) => rank[community]!), count };
}
