import { UserError } from '../../src-shared/contract/errors.ts';
import type { Positions } from '../../src-shared/maths/neighbours.ts';
import type { Numbers } from '../../src-shared/maths/statistics.ts';
import { cellsBySection } from './neighbour-graph.ts';
import { STEPS, windows } from './window-sums.ts';

/** A rectangle of the tissue; cells at its left and lower sides belong to it, at the others not. */
export interface Field {
  /** Code of the section; 0 where there are none. */
  readonly section: number;
  /** Corner of the smallest coordinates, in the unit of the positions. */
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  /** Cells with a value inside, and the mean of their values. */
  readonly cells: number;
  readonly mean: number;
}

export interface FieldsOfView {
  /** Falling by mean. */
  readonly most: readonly Field[];
  /** Rising by mean. */
  readonly least: readonly Field[];
}

export interface FieldOptions {
  /** Sides of a field, in the unit of the positions. */
  readonly width: number;
  readonly height: number;
  /** Fields of each kind that are looked for. */
  readonly count: number;
  /** Cells with a value that a field holds at least; if left out, half of those in the fields of a typical cell. */
  readonly fewest?: number;
  /** Code of each cell's section; no field covers cells of two. */
  readonly sections?: Numbers | undefined;
}

/** Places of a field in one section, for the choice. */
type Place = Omit<Field, 'width' | 'height'>;

/**
 * Representative fields of view: those where the mean of a value over the cells is the largest, and the smallest.
 * Fields stand on a grid of a quarter of their sides, hold enough cells, and overlap none of the others. They are
 * taken in turns, largest and smallest, each the best that is left; among equal ones that with more cells, then the
 * first by section, y and x. Fewer come out where there is no room for more.
 *
 * @param positions cells × dimensions, of which the first two count
 * @param values of each cell, such as the proportion of a type among its neighbours, or a mask of 0 and 1; a cell
 * whose value is NaN does not count
 * Throws a RangeError for impossible options and a UserError where no field holds enough cells.
 */
export function fieldsOfView(positions: Positions, values: Numbers, options: FieldOptions): FieldsOfView {
  const { width, height, count } = options;
  if (!(width > 0 && height > 0 && Number.isInteger(count) && count >= 1)) {
    throw new RangeError(`${count} fields of ${width} × ${height}`);
  }
  if (positions.dimensions < 2) throw new RangeError('positions on a line have no fields');
  if (values.length * positions.dimensions !== positions.values.length) {
    throw new RangeError(
      `${values.length} values at ${positions.values.length / positions.dimensions} positions`,
    );
  }
  const places = allPlaces(positions, values, options);
  const fewest = options.fewest ?? usualCells(places) / 2;
  const rising = places.filter(({ cells }) => cells >= Math.max(1, fewest)).sort(byMean(1));
  if (rising.length === 0) {
    throw new UserError(
      `No field of ${width} × ${height} holds ${fewest} cells; make it larger or ask for fewer.`,
    );
  }
  return choose([...rising].sort(byMean(-1)), rising, options);
}

function allPlaces(
  positions: Positions,
  values: Numbers,
  { width, height, sections }: FieldOptions,
): Place[] {
  const places: Place[] = [];
  for (const part of cellsBySection(positions, sections)) {
    const cells = part.filter((cell) => !Number.isNaN(values[cell]!));
    if (cells.length === 0) continue;
    const section = sections?.[cells[0]!] ?? 0;
    const { x, y, columns, counts, sums } = windows(positions, values, cells, width, height);
    counts.forEach((inside, at) => {
      if (inside === 0) return;
      const left = x + ((at % columns) * width) / STEPS;
      const low = y + (Math.floor(at / columns) * height) / STEPS;
      places.push({ section, x: left, y: low, cells: inside, mean: sums[at]! / inside });
    });
  }
  return places;
}

/** Cells in the fields of a typical cell: the median over places, each as often as it has cells. */
function usualCells(places: readonly Place[]): number {
  const counts = Float64Array.from(places, ({ cells }) => cells).sort();
  const all = counts.reduce((sum, cells) => sum + cells, 0);
  let seen = 0;
  return counts.find((cells) => (seen += cells) * 2 >= all) ?? 0;
}

function byMean(sign: 1 | -1): (a: Place, b: Place) => number {
  return (a, b) =>
    sign * (a.mean - b.mean) || b.cells - a.cells || a.section - b.section || a.y - b.y || a.x - b.x;
}

/** Takes the first of each list in turns that overlaps none of those taken. */
function choose(
  falling: readonly Place[],
  rising: readonly Place[],
  { width, height, count }: FieldOptions,
): FieldsOfView {
  // Half a step more than nothing, so that fields that only touch do not overlap by rounding.
  const [across, along] = [width * (1 - 0.5 / STEPS), height * (1 - 0.5 / STEPS)];
  const taken: Place[] = [];
  const isFree = ({ section, x, y }: Place): boolean =>
    taken.every((other) => {
      return other.section !== section || Math.abs(other.x - x) > across || Math.abs(other.y - y) > along;
    });
  const lists = [falling, rising].map((places) => ({ places, next: 0, chosen: [] as Field[] }));
  for (let turn = 0; turn < 2 * count; turn++) {
    const list = lists[turn % 2]!;
    while (list.next < list.places.length && !isFree(list.places[list.next]!)) list.next++;
    const place = list.places[list.next];
    if (place === undefined) continue;
    taken.push(place);
    list.chosen.push({ ...place, width, height });
  }
  return { most: lists[0]!.chosen, least: lists[1]!.chosen };
}
