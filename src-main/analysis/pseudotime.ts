import { UserError } from '../../src-shared/contract/errors.ts';
import { squaredDistance } from '../../src-shared/maths/distance.ts';
import { Random } from '../../src-shared/maths/random.ts';
import { jointSpace, nearlyDiameter } from './joint-space.ts';
import type { JointInput, JointSpace, JointWeights } from './joint-space.ts';
import { partOf, Turns } from './long-work.ts';
import type { LongWork } from './long-work.ts';
import { extendTransitions } from './out-of-sample-transitions.ts';
import { sinkhorn } from './sinkhorn.ts';
import { spreadSample } from './spread-sample.ts';

export interface PseudotimeInput extends JointInput {
  /** Cells at the origin, as indices; at least one. */
  readonly startCells: Int32Array;
}

export interface PseudotimeOptions extends LongWork {
  readonly weights?: JointWeights;
  /** ε of the transport, where the largest cost is 1. */
  readonly regularisation?: number;
  /** Most cells between which the transport is computed without landmarks. */
  readonly exactCells?: number;
  /** Landmarks where there are more cells. */
  readonly landmarks?: number;
  /** Of the choice of landmarks. */
  readonly seed?: number;
}

export interface Pseudotime {
  /** 0 … 1 of each cell. */
  readonly pseudotime: Float64Array;
  /** Probability of moving from the start cells to each cell, summed (or its scaled estimate with landmarks). */
  readonly transition: Float64Array;
  /** Cells between which the transport was computed. */
  readonly landmarks: number;
  readonly converged: boolean;
}

/** spaTrack's ε. */
const REGULARISATION = 0.1;
const EXACT_CELLS = 5000;
const LANDMARKS = 1000;
const FEWEST_CELLS = 3;
/** Share of the time that the transport takes. */
const TRANSPORT_SHARE = 0.3;

/**
 * Pseudotime by optimal transport as spaTrack defines it (Shen et al. 2025, github.com/yzf072/spaTrack): the cost between
 * two cells is the weighted sum of their squared distances on principal components and in space, each divided by its
 * sum over all pairs, and the whole divided by its maximum; no cell moves to itself; the transition matrix is the
 * entropic transport plan (ε = 0.1) between all cells with equal masses; cells are ordered by their summed transition
 * probability from the start cells, the largest first, and the pseudotime is rank / (n − 1). Unlike there, start cells
 * come first (among themselves by the same order): as no cell moves to itself, a single start cell would come last.
 *
 * With more than `exactCells` cells the transport is between landmarks, a {@link spreadSample} of the cells, and all
 * cells get their transitions by {@link extendTransitions}; the largest cost is then that of {@link nearlyDiameter}.
 *
 * Throws a UserError for fewer than three cells, no start cells, and what {@link jointSpace} refuses; a RangeError for
 * start cells out of range; a StoppedError when told to stop.
 */
export async function pseudotime(
  input: PseudotimeInput,
  options: PseudotimeOptions = {},
): Promise<Pseudotime> {
  const { weights = { expression: 0.5, space: 0.5 }, exactCells = EXACT_CELLS, seed = 0 } = options;
  const space = jointSpace(input, weights);
  const startCells = checkedStart(input.startCells, space.cells);
  const settings = { ...options, regularisation: options.regularisation ?? REGULARISATION };
  const random = new Random(seed, 'landmarks');
  const { transition, landmarks, converged } =
    space.cells <= exactCells
      ? await between(space, startCells, settings)
      : await byLandmarks(space, startCells, settings, random);
  return { pseudotime: order(transition, startCells), transition, landmarks, converged };
}

function checkedStart(startCells: Int32Array, cells: number): Int32Array {
  if (cells < FEWEST_CELLS) {
    throw new UserError(`Pseudotime needs at least ${FEWEST_CELLS} cells, and there are ${cells}.`);
  }
  if (startCells.length === 0) {
    throw new UserError('Pseudotime needs at least one start cell; choose where the trajectory begins.');
  }
  for (const cell of startCells) if (!(cell >= 0 && cell < cells)) throw new RangeError(`start cell ${cell}`);
  return Int32Array.from(new Set(startCells)).sort();
}

type Settings = PseudotimeOptions & { readonly regularisation: number };
type Transitions = Omit<Pseudotime, 'pseudotime'>;

async function between(space: JointSpace, startCells: Int32Array, settings: Settings): Promise<Transitions> {
  const { cells } = space;
  const all = Int32Array.from({ length: cells }, (_, i) => i);
  const cost = await squaredDistances(space, all, settings);
  divide(cost, cells, largestOf(cost));
  const { plan, converged } = await transport(cost, cells, settings, settings);
  const transition = new Float64Array(cells);
  for (const start of startCells) {
    for (let j = 0; j < cells; j++) transition[j] = transition[j]! + plan[start * cells + j]!;
  }
  return { transition, landmarks: cells, converged };
}

async function byLandmarks(
  space: JointSpace,
  startCells: Int32Array,
  settings: Settings,
  random: Random,
): Promise<Transitions> {
  const { landmarks: wanted = LANDMARKS, regularisation } = settings;
  if (!(wanted >= FEWEST_CELLS)) throw new RangeError(`${wanted} landmarks`);
  const landmarks = await spreadSample(space.points, space.dimensions, wanted, random, settings);
  const cost = await squaredDistances(space, landmarks, settings);
  const costUnit = Math.max(largestOf(cost), nearlyDiameter(space));
  divide(cost, landmarks.length, costUnit);
  const work = partOf(settings, 0, TRANSPORT_SHARE);
  const { rowPotentials, converged } = await transport(cost, landmarks.length, settings, work);
  const transition = await extendTransitions(
    { space, landmarks, potentials: rowPotentials, costUnit, regularisation, startCells },
    random,
    partOf(settings, TRANSPORT_SHARE, 1),
  );
  return { transition, landmarks: landmarks.length, converged };
}

function transport(cost: Float64Array, n: number, { regularisation }: Settings, work: LongWork) {
  const masses = new Float64Array(n).fill(1 / n);
  return sinkhorn(cost, masses, masses, { ...work, regularisation });
}

/** Squared distances between some cells, rows × rows. */
async function squaredDistances(
  { points, dimensions }: JointSpace,
  some: Int32Array,
  work: LongWork,
): Promise<Float64Array> {
  const turns = new Turns(work);
  const n = some.length;
  const result = new Float64Array(n * n);
  for (let i = 0; i < n; i++) {
    if (turns.due) await turns.take();
    const a = some[i]! * dimensions;
    for (let j = 0; j < i; j++) {
      const b = some[j]! * dimensions;
      const distance = squaredDistance(points, a, points, b, dimensions);
      result[i * n + j] = distance;
      result[j * n + i] = distance;
    }
  }
  return result;
}

function largestOf(values: Float64Array): number {
  let largest = 0;
  for (const value of values) if (value > largest) largest = value;
  return largest === 0 ? 1 : largest;
}

/** Costs: at most 1, infinite from each cell to itself. */
function divide(distances: Float64Array, n: number, unit: number): void {
  for (let entry = 0; entry < distances.length; entry++) distances[entry] = distances[entry]! / unit;
  for (let i = 0; i < n; i++) distances[i * n + i] = Infinity;
}

/** Ranks 0 … 1: start cells first, then by transition, the largest first, equal ones by index. */
function order(transition: Float64Array, startCells: Int32Array): Float64Array {
  const n = transition.length;
  const isStart = new Uint8Array(n);
  for (const cell of startCells) isStart[cell] = 1;
  const ordered = Int32Array.from({ length: n }, (_, i) => i).sort(
    (a, b) => isStart[b]! - isStart[a]! || transition[b]! - transition[a]! || a - b,
  );
  const result = new Float64Array(n);
  ordered.forEach((cell, rank) => (result[cell] = rank / (n - 1)));
  return result;
}
