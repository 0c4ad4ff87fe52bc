import type { Coordinates } from '../matrix/dataset.ts';
import type { Hdf5File } from './hdf5.ts';
import { compoundColumns, readTable } from './h5ad-table.ts';
import { coordinatesFromColumns, spatialKey } from './spatial-columns.ts';

const UNITS = ['micrometre', 'pixel'] as const;

/**
 * Positions from obsm/spatial or a key that says the same; 2 or 3 dimensions. Undefined when there are none. Their unit
 * is known where uns/spatial_unit says it, as in our own files.
 */
export async function obsmCoordinates(file: Hdf5File, cells: number): Promise<Coordinates | undefined> {
  const found = await positions(file, cells);
  return found && { ...found, unit: await unitOf(file) };
}

async function unitOf(file: Hdf5File): Promise<Coordinates['unit']> {
  const path = '/uns/spatial_unit';
  const dataset = await file.dataset(path);
  if (dataset?.shape.length !== 0) return 'unknown';
  const [said] = await file.strings(path);
  return UNITS.find((unit) => unit === said) ?? 'unknown';
}

async function positions(file: Hdf5File, cells: number): Promise<Coordinates | undefined> {
  const obsm = await file.node('/obsm');
  if (!obsm) return undefined;
  // anndata before 0.7 wrote all of obsm as one compound table.
  const members = obsm.kind === 'dataset' ? await compoundColumns(file, '/obsm', obsm) : undefined;
  const key = spatialKey(obsm.kind === 'group' ? obsm.keys : (members ?? []).map(({ name }) => name));
  if (key === undefined) return undefined;
  const source = `obsm/${key}`;
  const path = `/${source}`;
  const member = members?.find(({ name }) => name === key);
  if (member)
    return member.values instanceof Float64Array
      ? fit(file, path, member.values, member.width, cells)
      : undefined;
  if (await file.group(path))
    return coordinatesFromColumns(source, (await readTable(file, path, []))?.columns ?? []);
  const shape = (await file.dataset(path))?.shape;
  if (shape?.length !== 2) return undefined;
  return fit(file, path, await file.numbers(path), shape[1]!, cells);
}

function fit(
  file: Hdf5File,
  path: string,
  values: Float64Array,
  width: number,
  cells: number,
): Coordinates | undefined {
  if (values.length !== width * cells)
    throw file.damaged(path, `has ${values.length} values, which does not fit ${cells} cells`);
  if (width < 2) return undefined;
  const dimensions = Math.min(width, 3);
  const kept = new Float64Array(cells * dimensions);
  for (let cell = 0; cell < cells; cell++)
    for (let axis = 0; axis < dimensions; axis++)
      kept[cell * dimensions + axis] = values[cell * width + axis]!;
  return { source: path.slice(1), dimensions, values: kept, unit: 'unknown' };
}
