import type { Random } from '../../src-shared/maths/random.ts';
import type { Turns } from './long-work.ts';
import { LinksTo } from './weighted-graph.ts';
import type { WeightedGraph } from './weighted-graph.ts';

const NODES_AT_ONCE = 256;

/**
 * Refinement (Traag, Waltman & van Eck 2019, MergeNodesSubset): inside every community S, nodes begin alone; each that
 * is still alone and well connected, k(v, S − v) ≥ γ kᵥ (K(S) − kᵥ) / 2m, joins in random order that well connected
 * part of S with which it gains most, if it loses nothing. The parts are connected, which communities need not be.
 * The best is taken as leidenalg does, and not a random one.
 *
 * @param communities of each node, 0 … nodes − 1
 * @param share γ / 2m
 * Returns the part of each node, 0 … nodes − 1.
 */
export async function refine(
  graph: WeightedGraph,
  communities: Int32Array,
  share: number,
  random: Random,
  turns: Turns,
): Promise<Int32Array> {
  const parts = new Parts(graph, communities, share);
  const order = random.permutation(communities.length);
  for (let i = 0; i < order.length; i++) {
    parts.merge(order[i]!);
    if (i % NODES_AT_ONCE === 0 && turns.due) await turns.take();
  }
  return parts.of;
}

class Parts {
  readonly of: Int32Array;
  readonly #graph: WeightedGraph;
  readonly #communities: Int32Array;
  readonly #share: number;
  readonly #communityStrengths: Float64Array;
  readonly #strengths: Float64Array;
  readonly #sizes: Int32Array;
  /** Weight of the links from each part to the rest of its community. */
  readonly #outside: Float64Array;
  readonly #links: LinksTo;

  constructor(graph: WeightedGraph, communities: Int32Array, share: number) {
    const nodes = communities.length;
    [this.#graph, this.#communities, this.#share] = [graph, communities, share];
    this.of = Int32Array.from({ length: nodes }, (_, node) => node);
    this.#communityStrengths = new Float64Array(nodes);
    this.#strengths = graph.strengths.slice();
    this.#sizes = new Int32Array(nodes).fill(1);
    this.#outside = new Float64Array(nodes);
    this.#links = new LinksTo(nodes);
    for (let node = 0; node < nodes; node++) {
      const community = communities[node]!;
      this.#communityStrengths[community] = this.#communityStrengths[community]! + graph.strengths[node]!;
      for (let at = graph.offsets[node]!; at < graph.offsets[node + 1]!; at++) {
        if (communities[graph.targets[at]!] !== community) continue;
        this.#outside[node] = this.#outside[node]! + graph.weights[at]!;
      }
    }
  }

  merge(node: number): void {
    const own = this.of[node]!;
    const community = this.#communities[node]!;
    if (this.#sizes[own] !== 1 || !this.#isWellConnected(own, community)) return;
    const links = this.#links;
    links.clear();
    links.add(this.#graph, node, this.of);
    const price = this.#share * this.#graph.strengths[node]!;
    let best = -1;
    let most = 0;
    for (let t = 0; t < links.count; t++) {
      const part = links.touched[t]!;
      // A part is named after one of its nodes.
      if (this.#communities[part] !== community || !this.#isWellConnected(part, community)) continue;
      const gain = links.weights[part]! - price * this.#strengths[part]!;
      if (gain > most || (best < 0 && gain >= 0)) {
        best = part;
        most = gain;
      }
    }
    if (best >= 0) this.#join(node, own, best);
  }

  #isWellConnected(part: number, community: number): boolean {
    const strength = this.#strengths[part]!;
    const rest = this.#communityStrengths[community]! - strength;
    return this.#outside[part]! >= this.#share * strength * rest;
  }

  #join(node: number, own: number, part: number): void {
    this.#outside[part] = this.#outside[part]! + this.#outside[own]! - 2 * this.#links.weights[part]!;
    this.#strengths[part] = this.#strengths[part]! + this.#strengths[own]!;
    this.#sizes[part] = this.#sizes[part]! + 1;
    this.#sizes[own] = 0;
    this.of[node] = part;
  }
}
