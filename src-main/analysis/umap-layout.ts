import type { Random } from '../../src-shared/maths/random.ts';
import type { FuzzyGraph } from './fuzzy-graph.ts';
import { Turns } from './long-work.ts';
import type { LongWork } from './long-work.ts';

/** Of the similarity 1 / (1 + a d²ᵇ) in the plane: the fit to a smallest distance of 0.1 and a spread of 1. */
const A = 1.5769434602;
const B = 0.8950608779;

/** Points that a point is pushed away from for each time that it is drawn to a neighbour. */
const NEGATIVE_SAMPLES = 5;
/** Longest step along an axis, in units of the learning rate. */
const LONGEST = 4;

/**
 * UMAP's layout in the plane by stochastic gradient descent on the cross-entropy of the graph's weights and the
 * similarities 1 / (1 + a d²ᵇ) (McInnes, Healy & Melville 2018, algorithm 5): each link draws its ends together in a
 * share of the epochs that is its weight over the largest, and pushes its head away from five random points; the
 * learning rate falls from 1 to 0 in a straight line.
 *
 * @param layout points × 2, moved in place
 */
export async function optimiseLayout(
  layout: Float64Array,
  graph: FuzzyGraph,
  epochs: number,
  random: Random,
  work: LongWork,
): Promise<void> {
  const { heads, tails, weights } = graph;
  const largest = weights.reduce((most, weight) => Math.max(most, weight), 0);
  const intervals = weights.map((weight) => largest / weight);
  const due = intervals.slice();
  const points = layout.length / 2;
  const turns = new Turns(work);
  for (let epoch = 0; epoch < epochs; epoch++) {
    const rate = 1 - epoch / epochs;
    for (let link = 0; link < due.length; link++) {
      if (due[link]! > epoch + 1) continue;
      due[link] = due[link]! + intervals[link]!;
      attract(layout, 2 * heads[link]!, 2 * tails[link]!, rate);
      for (let n = 0; n < NEGATIVE_SAMPLES; n++) {
        const other = Math.floor(random.uint32() * (points / 0x100000000));
        repel(layout, 2 * heads[link]!, 2 * other, rate);
      }
    }
    if (turns.due) await turns.take(epoch / epochs);
  }
}

/** Step along −∂/∂y of −log(1 / (1 + a d²ᵇ)), on both ends. */
function attract(layout: Float64Array, i: number, j: number, rate: number): void {
  const x = layout[i]! - layout[j]!;
  const y = layout[i + 1]! - layout[j + 1]!;
  const square = x * x + y * y;
  if (square === 0) return;
  const power = powered(square);
  const pull = (-2 * B * power) / (square * (1 + power));
  const stepX = rate * clip(pull * x);
  const stepY = rate * clip(pull * y);
  layout[i] = layout[i]! + stepX;
  layout[i + 1] = layout[i + 1]! + stepY;
  layout[j] = layout[j]! - stepX;
  layout[j + 1] = layout[j + 1]! - stepY;
}

/** Step along −∂/∂y of −log(1 − 1 / (1 + a d²ᵇ)), with 0.001 against a division by 0, on one end. */
function repel(layout: Float64Array, i: number, j: number, rate: number): void {
  if (i === j) return;
  const x = layout[i]! - layout[j]!;
  const y = layout[i + 1]! - layout[j + 1]!;
  const square = x * x + y * y;
  const push = (2 * B) / ((0.001 + square) * (1 + powered(square)));
  layout[i] = layout[i]! + rate * clip(push * x);
  layout[i + 1] = layout[i + 1]! + rate * clip(push * y);
}

/** a d²ᵇ; this is half the time of Math.pow. */
function powered(square: number): number {
  return A * Math.exp(B * Math.log(square));
}

function clip(step: number): number {
  return step > LONGEST ? LONGEST : step < -LONGEST ? -LONGEST : step;
}
