import type { FuzzyGraph } from './fuzzy-graph.ts';

/** An undirected graph, every link in both directions and none from a node to itself. */
export interface WeightedGraph {
  /** Links of node i are entries offsets[i] … offsets[i + 1]. */
  readonly offsets: Int32Array;
  readonly targets: Int32Array;
  /** Above 0. */
  readonly weights: Float64Array;
  /** Weights of each node's links summed; those inside a node that stands for several count twice. */
  readonly strengths: Float64Array;
}

/** @param links each in both directions, weights above 0 */
export function weightedGraph(nodes: number, links: FuzzyGraph): WeightedGraph {
  const offsets = new Int32Array(nodes + 1);
  const strengths = new Float64Array(nodes);
  links.heads.forEach((head, link) => {
    offsets[head + 1] = offsets[head + 1]! + 1;
    strengths[head] = strengths[head]! + links.weights[link]!;
  });
  for (let node = 0; node < nodes; node++) offsets[node + 1] = offsets[node + 1]! + offsets[node]!;
  const next = offsets.slice();
  const targets = new Int32Array(links.heads.length);
  const weights = new Float64Array(links.heads.length);
  links.heads.forEach((head, link) => {
    const at = next[head]!;
    next[head] = at + 1;
    targets[at] = links.tails[link]!;
    weights[at] = links.weights[link]!;
  });
  return { offsets, targets, weights, strengths };
}

/** The graph whose nodes are the groups of another's: groups are 0 … count − 1, none empty. */
export function aggregate(graph: WeightedGraph, groups: Int32Array, count: number): WeightedGraph {
  const { members, starts } = membersOf(groups, count);
  const links = new LinksTo(count);
  const offsets = new Int32Array(count + 1);
  const strengths = new Float64Array(count);
  const targets = new Int32Array(graph.targets.length);
  const weights = new Float64Array(graph.targets.length);
  let at = 0;
  for (let group = 0; group < count; group++) {
    links.clear();
    for (let m = starts[group]!; m < starts[group + 1]!; m++) {
      strengths[group] = strengths[group]! + graph.strengths[members[m]!]!;
      links.add(graph, members[m]!, groups);
    }
    for (let t = 0; t < links.count; t++) {
      const target = links.touched[t]!;
      if (target === group) continue;
      targets[at] = target;
      weights[at++] = links.weights[target]!;
    }
    offsets[group + 1] = at;
  }
  return { offsets, targets: targets.slice(0, at), weights: weights.slice(0, at), strengths };
}

/** Nodes group by group: those of group g are members[starts[g]] … members[starts[g + 1] − 1], in increasing order. */
export function membersOf(
  groups: Int32Array,
  count: number,
): { readonly members: Int32Array; readonly starts: Int32Array } {
  const starts = new Int32Array(count + 1);
  for (const group of groups) starts[group + 1] = starts[group + 1]! + 1;
  for (let group = 0; group < count; group++) starts[group + 1] = starts[group + 1]! + starts[group]!;
  const next = starts.slice();
  const members = new Int32Array(groups.length);
  groups.forEach((group, node) => {
    members[next[group]!] = node;
    next[group] = next[group]! + 1;
  });
  return { members, starts };
}

/** Weights of the links from some nodes to each group. */
export class LinksTo {
  /** 0 for groups without a link. */
  readonly weights: Float64Array;
  /** The first `count` are the groups with a link, in the order in which they were met. */
  readonly touched: Int32Array;
  count = 0;

  constructor(groups: number) {
    this.weights = new Float64Array(groups);
    this.touched = new Int32Array(groups);
  }

  clear(): void {
    for (let t = 0; t < this.count; t++) this.weights[this.touched[t]!] = 0;
    this.count = 0;
  }

  add({ offsets, targets, weights }: WeightedGraph, node: number, groups: Int32Array): void {
    for (let at = offsets[node]!; at < offsets[node + 1]!; at++) {
      const group = groups[targets[at]!]!;
      if (this.weights[group] === 0) this.touched[this.count++] = group;
      this.weights[group] = this.weights[group]! + weights[at]!;
    }
  }
}
