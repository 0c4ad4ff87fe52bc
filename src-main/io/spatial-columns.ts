import type { Column, Coordinates } from '../matrix/dataset.ts';

/** Names (lower case) of columns that hold positions, best first: x, y, perhaps z, and their unit. */
const pairs: readonly (readonly [string, string, Coordinates['unit']])[] = [
  ['x', 'y', 'unknown'],
  ['x_centroid', 'y_centroid', 'micrometre'],
  ['center_x', 'center_y', 'micrometre'],
  ['centerx_global_px', 'centery_global_px', 'pixel'],
  ['x_global_px', 'y_global_px', 'pixel'],
  ['pxl_col_in_fullres', 'pxl_row_in_fullres', 'pixel'],
  ['pxl_col', 'pxl_row', 'pixel'],
  ['imagecol', 'imagerow', 'pixel'],
  ['x_um', 'y_um', 'micrometre'],
  ['x_micron', 'y_micron', 'micrometre'],
  ['x_location', 'y_location', 'unknown'],
  ['x_coord', 'y_coord', 'unknown'],
  ['xcoord', 'ycoord', 'unknown'],
  ['x_coordinate', 'y_coordinate', 'unknown'],
  ['coord_x', 'coord_y', 'unknown'],
  ['centroid_x', 'centroid_y', 'unknown'],
  ['spatial_x', 'spatial_y', 'unknown'],
  ['pos_x', 'pos_y', 'unknown'],
  ['x_pos', 'y_pos', 'unknown'],
  ['spatial1', 'spatial2', 'unknown'],
  ['spatial_1', 'spatial_2', 'unknown'],
  ['coord1', 'coord2', 'unknown'],
  ['centerx_local_px', 'centery_local_px', 'pixel'],
  ['array_col', 'array_row', 'unknown'],
  ['col', 'row', 'unknown'],
  ['column', 'row', 'unknown'],
];

/** The columns of a table that hold positions, and the rest; undefined when none do. */
export function findPositions(
  columns: readonly Column[],
): { x: Column; y: Column; unit: Coordinates['unit']; rest: Column[] } | undefined {
  for (const [first, second, unit] of pairs) {
    const x = columns.find((column) => column.name.toLowerCase() === first && column.kind === 'number');
    const y = columns.find((column) => column.name.toLowerCase() === second && column.kind === 'number');
    if (x && y) return { x, y, unit, rest: columns.filter((column) => column !== x && column !== y) };
  }
  return undefined;
}

/** A column that is named like a position, beside its partner, but holds something that is not a number. */
export function spoiltPosition(columns: readonly Column[]): Column | undefined {
  for (const [first, second] of pairs) {
    const both = [first, second].map((name) => columns.find((column) => column.name.toLowerCase() === name));
    if (both.every((column) => column !== undefined)) return both.find((column) => column.kind !== 'number');
  }
  return undefined;
}

/** Coordinates from two columns of a table about the cells; undefined when there are none. */
export function coordinatesFromColumns(source: string, columns: readonly Column[]): Coordinates | undefined {
  const found = findPositions(columns);
  if (found?.x.kind !== 'number' || found.y.kind !== 'number') return undefined;
  const values = new Float64Array(found.x.values.length * 2);
  for (let i = 0; i < found.x.values.length; i++) {
    values[2 * i] = found.x.values[i]!;
    values[2 * i + 1] = found.y.values[i]!;
  }
  return { source: `${source}/${found.x.name}, ${found.y.name}`, dimensions: 2, values, unit: found.unit };
}

/** The best of some names of embeddings for positions; undefined when none speaks of space. */
export function spatialKey(keys: readonly string[]): string | undefined {
  const preferred = [
    'spatial',
    'x_spatial',
    'spatial_coordinates',
    'spatial_coords',
    'coordinates',
    'x_xy',
    'xy',
    'xy_loc',
    'centroids',
    'location',
    'locations',
  ];
  for (const name of preferred) {
    const key = keys.find((one) => one.toLowerCase() === name);
    if (key !== undefined) return key;
  }
  return keys.find((key) => /spatial|coord/i.test(key));
}
