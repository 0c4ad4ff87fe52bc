import { z } from 'zod';
import type { AnalysisTable } from '../../../../src-shared/domain/analysis-result.ts';
import { pointsInside, rectangle } from '../../../../src-shared/plot/inside-polygon.ts';
import type { PointGrid } from '../../../../src-shared/plot/point-grid.ts';
import type { MapCells, MapLayout } from '../../spatial/use-map-data.ts';
import { numbersIn, textsIn } from '../result-parts.ts';

/** A square of the tissue that is looked at closely; its middle is where cells are drawn on the map. */
export const field = z.object({
  name: z.string(),
  x: z.number(),
  y: z.number(),
  side: z.number().positive(),
  /** Chosen on the map rather than by the analysis. */
  byHand: z.boolean(),
});
export type Field = z.infer<typeof field>;

/** Fields that were chosen by hand, by analysis; kept in the project. */
export const savedFields = z.record(z.string(), z.array(field));

/** Cells in a field, and the mean share of the chosen types among their neighbours. */
export interface FieldFacts {
  readonly cells: Uint32Array;
  readonly mean: number;
}

/**
 * Fields of a result. The table has their corners of the smallest coordinates, as the file has positions; the map draws
 * relative to its origin, and may have set sections beside each other.
 */
export function fieldsOf(table: AnalysisTable | undefined, layout: MapLayout, cells: MapCells): Field[] {
  const names = namesIn(table, 'field');
  const [xs, ys, sides] = [numbersIn(table, 'x'), numbersIn(table, 'y'), numbersIn(table, 'side')];
  const sections = namesIn(table, 'section');
  return names.flatMap((name, i) => {
    const [x, y, side] = [xs[i] ?? NaN, ys[i] ?? NaN, sides[i] ?? NaN];
    if (!Number.isFinite(x + y) || !(side > 0)) return [];
    const [dx, dy] = shiftOf(layout, sectionAt(sections[i], cells));
    const [left, top] = [x - layout.origin[0] + dx, y - layout.origin[1] + dy];
    return [{ name, x: left + side / 2, y: top + side / 2, side, byHand: false }];
  });
}

/** The corner of a field as the file has positions, as in the table of a result. */
export function filedCorner(place: Field, layout: MapLayout, grid: PointGrid): [number, number] {
  const { x, y, side } = place;
  const [first] = cellsIn(grid, place);
  const section = first === undefined ? undefined : layout.sections?.[first];
  const [dx, dy] = shiftOf(layout, section);
  return [x - side / 2 - dx + layout.origin[0], y - side / 2 - dy + layout.origin[1]];
}

export function factsOf(grid: PointGrid, place: Field, proportion: Float32Array): FieldFacts {
  const cells = cellsIn(grid, place);
  let [sum, count] = [0, 0];
  for (const cell of cells) {
    const value = proportion[cell]!;
    if (Number.isNaN(value)) continue;
    sum += value;
    count++;
  }
  return { cells, mean: count === 0 ? NaN : sum / count };
}

export function cellsIn(grid: PointGrid, { x, y, side }: Pick<Field, 'x' | 'y' | 'side'>): Uint32Array {
  const half = side / 2;
  return pointsInside(grid, rectangle(x - half, y - half, x + half, y + half));
}

/** A name that no field has: letters after those of the analysis. */
export function nextName(fields: readonly Field[]): string {
  const taken = new Set(fields.map(({ name }) => name));
  for (let i = 1; ; i++) if (!taken.has(`Own ${i}`)) return `Own ${i}`;
}

function namesIn(table: AnalysisTable | undefined, name: string): readonly string[] {
  const texts = textsIn(table, name);
  return texts.length > 0 ? texts : numbersIn(table, name).map(String);
}

function sectionAt(name: string | undefined, { sections }: MapCells): number | undefined {
  const at = sections.findIndex((section) => section.name === name);
  return at < 0 ? undefined : at;
}

/** How far a section was moved on the map. */
function shiftOf({ xy, filed, sections, isMoved }: MapLayout, section: number | undefined): [number, number] {
  if (!isMoved || sections === null || section === undefined) return [0, 0];
  for (let cell = 0; cell < sections.length; cell++) {
    const [dx, dy] = [xy[2 * cell]! - filed[2 * cell]!, xy[2 * cell + 1]! - filed[2 * cell + 1]!];
    if (sections[cell] === section && Number.isFinite(dx + dy)) return [dx, dy];
  }
  return [0, 0];
}
