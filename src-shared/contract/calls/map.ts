import { z } from 'zod';
import { lengthUnit } from '../../domain/project.ts';
import { call } from '../call.ts';
import { count, float32, geneName, id, nothing, uint16, uint32, uint8 } from '../schemas.ts';

/** Vectors have one entry a cell of the spatial dataset, in its order; NaN where there is no value. */

export const layer = z.enum(['measured', 'imputed', 'difference']);
export type Layer = z.infer<typeof layer>;

/** An image under the cells; `toUnits` maps pixel (x, y) to the unit of the positions: [a, b, c, d, e, f]. */
export const underlay = z.strictObject({
  id: z.string(),
  name: z.string(),
  width: count,
  height: count,
  toUnits: z.tuple([z.number(), z.number(), z.number(), z.number(), z.number(), z.number()]),
});
export type Underlay = z.infer<typeof underlay>;

export const cellColumn = z.strictObject({
  name: z.string(),
  /** What to call it, where that is not its name: columns of finished analyses. */
  title: z.string().exactOptional(),
  kind: z.enum(['category', 'number']),
  distinct: count,
});

export const mapCalls = {
  'map:cells': call(
    nothing,
    z.strictObject({
      cells: count,
      unit: lengthUnit.nullable(),
      /** Names of the tissue sections; one unnamed when the data tell of none. */
      sections: z.array(z.strictObject({ name: z.string(), cells: count })),
      columns: z.array(cellColumn),
      images: z.array(underlay),
    }),
  ),
  /** Interleaved x y relative to `origin`, with y growing downwards as on a slide; and the section of each cell. */
  'map:positions': call(
    nothing,
    z.strictObject({
      xy: float32,
      origin: z.tuple([z.number(), z.number()]),
      sections: uint16.nullable(),
      /** Median distance of a cell to its nearest neighbour, in the unit of the positions. */
      spacing: z.number(),
    }),
  ),
  /** Every gene that can be shown: of the panel, and of a run's result. Flags are 0 or 1; NaN is unknown. */
  'map:genes': call(
    z.strictObject({ run: id.nullable() }),
    z.strictObject({
      names: z.array(geneName),
      measured: uint8,
      imputed: uint8,
      /** Expected correlation of the imputed gene with the truth. */
      expected: float32,
      /** Mean of the measured values where measured, else of the imputed. */
      mean: float32,
      /** Share of cells with a count, where measured. */
      detected: float32,
    }),
  ),
  /** One gene over all cells. Without a run the values are as in the file, with one in the run's processed units. */
  'map:gene': call(
    z.strictObject({ run: id.nullable(), gene: geneName, layer }),
    z.strictObject({ values: float32, unit: z.string() }),
  ),
  'map:column': call(
    z.strictObject({ name: z.string().max(256) }),
    z.discriminatedUnion('kind', [
      z.strictObject({ kind: z.literal('category'), names: z.array(z.string()), codes: uint16 }),
      z.strictObject({ kind: z.literal('number'), values: float32 }),
    ]),
  ),
  'map:image': call(
    z.strictObject({ id: z.string().max(256) }),
    z.strictObject({ type: z.string(), bytes: uint8 }),
  ),
  /** Names of some cells, for tables that leave the page. */
  'map:cell-names': call(z.strictObject({ cells: uint32 }), z.strictObject({ names: z.array(z.string()) })),
} as const;
