import type { Random } from '../../src-shared/maths/random.ts';
import type { Turns } from './long-work.ts';
import { LinksTo } from './weighted-graph.ts';
import type { WeightedGraph } from './weighted-graph.ts';

/** Less than this is no gain, in units of the weights: moves for rounding's sake would go on for ever. */
const LEAST_GAIN = 1e-9;

const NODES_AT_ONCE = 256;

/**
 * Fast local moving (Traag, Waltman & van Eck 2019, MoveNodesFast): nodes from a queue, in random order at first, go to
 * the community C with the largest k(v, C) − γ kᵥ K(C) / 2m, or to an empty one; neighbours of a moved node that are
 * not in its new community queue again.
 *
 * @param communities of each node, 0 … nodes − 1, changed in place
 * @param share γ / 2m
 */
export async function moveNodes(
  graph: WeightedGraph,
  communities: Int32Array,
  share: number,
  random: Random,
  turns: Turns,
): Promise<void> {
  const nodes = communities.length;
  const queue = new Queue(random.permutation(nodes));
  const state = new Communities(graph, communities, share);
  for (let taken = 1; queue.length > 0; taken++) {
    const node = queue.take();
    if (state.move(node)) {
      for (let at = graph.offsets[node]!; at < graph.offsets[node + 1]!; at++) {
        const neighbour = graph.targets[at]!;
        if (communities[neighbour] !== communities[node]) queue.add(neighbour);
      }
    }
    if (taken % NODES_AT_ONCE === 0 && turns.due) await turns.take();
  }
}

/** Each node once at most. */
class Queue {
  readonly #ring: Int32Array;
  readonly #isIn: Uint8Array;
  #first = 0;
  length: number;

  constructor(nodes: Int32Array) {
    this.#ring = nodes;
    this.#isIn = new Uint8Array(nodes.length).fill(1);
    this.length = nodes.length;
  }

  take(): number {
    const node = this.#ring[this.#first]!;
    this.#first = (this.#first + 1) % this.#ring.length;
    this.#isIn[node] = 0;
    this.length--;
    return node;
  }

  add(node: number): void {
    if (this.#isIn[node] === 1) return;
    this.#isIn[node] = 1;
    this.#ring[(this.#first + this.length++) % this.#ring.length] = node;
  }
}

class Communities {
  readonly #graph: WeightedGraph;
  readonly #of: Int32Array;
  readonly #share: number;
  readonly #strengths: Float64Array;
  readonly #sizes: Int32Array;
  readonly #empty: number[] = [];
  readonly #links: LinksTo;

  constructor(graph: WeightedGraph, of: Int32Array, share: number) {
    [this.#graph, this.#of, this.#share] = [graph, of, share];
    this.#strengths = new Float64Array(of.length);
    this.#sizes = new Int32Array(of.length);
    this.#links = new LinksTo(of.length);
    of.forEach((community, node) => {
      this.#strengths[community] = this.#strengths[community]! + graph.strengths[node]!;
      this.#sizes[community] = this.#sizes[community]! + 1;
    });
    this.#sizes.forEach((size, community) => {
      if (size === 0) this.#empty.push(community);
    });
  }

  /** Puts a node where it gains most; false where that is where it was. */
  move(node: number): boolean {
    const links = this.#links;
    const own = this.#of[node]!;
    const strength = this.#graph.strengths[node]!;
    this.#strengths[own] = this.#strengths[own]! - strength;
    links.clear();
    links.add(this.#graph, node, this.#of);
    const price = this.#share * strength;
    let best = own;
    let most = links.weights[own]! - price * this.#strengths[own] + LEAST_GAIN;
    for (let t = 0; t < links.count; t++) {
      const community = links.touched[t]!;
      const gain = links.weights[community]! - price * this.#strengths[community]!;
      if (gain > most) {
        best = community;
        most = gain;
      }
    }
    if (most < 0 && this.#sizes[own]! > 1) best = this.#empty.at(-1)!;
    this.#strengths[best] = this.#strengths[best]! + strength;
    if (best === own) return false;
    this.#resize(own, best);
    this.#of[node] = best;
    return true;
  }

  #resize(from: number, to: number): void {
    if (this.#sizes[to] === 0) this.#empty.pop();
    this.#sizes[to] = this.#sizes[to]! + 1;
    this.#sizes[from] = this.#sizes[from]! - 1;
    if (this.#sizes[from] === 0) {
      this.#strengths[from] = 0;
      this.#empty.push(from);
    }
  }
}
