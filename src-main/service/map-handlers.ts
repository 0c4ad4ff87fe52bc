import { readFile } from 'node:fs/promises';
import { UserError } from '../../src-shared/contract/errors.ts';
import type { Args, Handlers, Result } from '../../src-shared/contract/handlers.ts';
import { OpenAnalyses } from './analysis/open-analyses.ts';
import type { ServiceContext } from './context.ts';
import { imagesOf } from './dataset/images.ts';
import { columnNamed, describeColumns } from './map/cell-columns.ts';
import { OpenMap } from './map/open-map.ts';
import type { ColumnLimits, SpatialData } from './map/spatial-data.ts';

type MapCall = Extract<keyof Handlers, `map:${string}`>;

/** The spatial view's questions: cells, genes, columns and pictures of the open project. */
export function mapHandlers(
  context: ServiceContext,
  limits?: ColumnLimits,
  map = new OpenMap(context, limits),
  analyses = new OpenAnalyses(context, map),
): Pick<Handlers, MapCall> {
  context.onProject({ closing: () => map.close() });
  return {
    'map:cells': async () => {
      const cells = await describeCells(await map.data());
      return { ...cells, columns: [...cells.columns, ...(await analyses.columns())] };
    },
    'map:positions': async () => (await map.data()).positions(),
    'map:genes': (args) => map.genes(args),
    'map:gene': (args) => gene(map, args),
    'map:column': async ({ name }) =>
      (await analyses.column(name)) ?? columnNamed((await map.data()).obs, name),
    'map:image': async ({ id }) => image(await map.data(), id),
    'map:cell-names': async ({ cells }) => ({ names: cellNames(await map.data(), cells) }),
  };
}

async function describeCells(data: SpatialData): Promise<Result<'map:cells'>> {
  const { matrix, record, sections } = data;
  const counts = new Uint32Array(sections?.names.length ?? 0);
  for (const code of sections?.codes ?? []) if (code < counts.length) counts[code]!++;
  return {
    cells: matrix.cells.length,
    unit: data.coordinates ? (record.unit ?? data.coordinates.unit) : null,
    sections: sections
      ? sections.names.map((name, code) => ({ name, cells: counts[code]! }))
      : [{ name: '', cells: matrix.cells.length }],
    columns: describeColumns(data.obs),
    images: (await imagesOf(record.choice)).map(({ id, name, width, height, toUnits }) => {
      const [a, b, c, d, e, f] = toUnits;
      return { id, name, width, height, toUnits: [a, b, c, d, e, f] };
    }),
  };
}

async function gene(map: OpenMap, { run, gene: name, layer }: Args<'map:gene'>): Promise<Result<'map:gene'>> {
  const data = await map.data();
  const place = await map.place(run, name);
  if (layer === 'measured') {
    if (place.panel < 0)
      throw new UserError(`${name} was not measured; look at its imputed values.`, { element: name });
    if (run !== null && place.processed >= 0) {
      const { file } = await map.result(run);
      return { values: await file.gene('measured', place.processed), unit: file.facts.units };
    }
    const columns = await data.genes();
    return {
      values: await columns.column(place.panel),
      unit: data.record.values === 'counts' ? 'counts' : 'as in the file',
    };
  }
  if (run === null)
    throw new UserError('There are no imputed genes before a run has finished.', { element: name });
  const { file } = await map.result(run);
  if (place.imputed < 0) throw new UserError(`This run did not impute ${name}.`, { element: name });
  const values = await file.gene('imputed', place.imputed);
  if (layer === 'imputed') return { values, unit: file.facts.units };
  if (place.processed < 0) {
    throw new UserError(`${name} was not measured, so there is nothing to compare its imputed values with.`, {
      element: name,
    });
  }
  const measured = await file.gene('measured', place.processed);
  return { values: values.map((value, cell) => value - measured[cell]!), unit: file.facts.units };
}

async function image({ record }: SpatialData, id: string): Promise<Result<'map:image'>> {
  const found = (await imagesOf(record.choice)).find((one) => one.id === id);
  if (!found) throw new UserError(`The spatial data have no picture ${id}.`, { element: id });
  try {
    return { type: found.type, bytes: new Uint8Array(await readFile(found.path)) };
  } catch (error) {
    throw new UserError(`${found.path} cannot be read.`, { file: found.path }, 'input', error);
  }
}

function cellNames({ matrix }: SpatialData, cells: Uint32Array): string[] {
  return Array.from(cells, (cell) => {
    const name = matrix.cells[cell];
    if (name !== undefined) return name;
    throw new UserError(`There is no cell ${cell}; the data have ${matrix.cells.length}.`, {}, 'usage');
  });
}
