import type { StopSignal } from '../../src-shared/contract/errors.ts';
import { throwIfStopped, type Warning } from '../../src-shared/contract/errors.ts';
import type { RunConfig } from '../../src-shared/domain/run-config.ts';
import type { ExpectedAccuracyParameters } from '../../src-shared/maths/expected-accuracy.ts';
import { createH5adInThread } from '../io/h5ad-writer-thread.ts';
import type { H5adContent, WritableColumn } from '../io/h5ad-writer.ts';
import { gatherRows, plainView, rowRange } from '../matrix/affine-view.ts';
import type { Column, Coordinates } from '../matrix/dataset.ts';
import type { MethodData, Predictor } from '../methods/predictor.ts';
import { UNITS, unscaled } from '../preprocess/scale.ts';

/** Everything that imputed.h5ad holds besides the imputed values. */
export interface ResultContent {
  readonly data: MethodData;
  /** 1 for every gene that the spatial file measures. */
  readonly measured: Uint8Array;
  /** Expected held-out correlation of each gene that comes out, where it could be learned, and how. */
  readonly expected: Float64Array | undefined;
  readonly forecast: ExpectedAccuracyParameters | undefined;
  readonly config: RunConfig;
  readonly obs: readonly Column[];
  readonly coordinates: Coordinates | undefined;
  readonly section: string | undefined;
  readonly counts: boolean;
  /** Latent codes of some cells, and their number of dimensions. */
  readonly codes: { readonly dimensions: number; readonly at: (rows: Int32Array) => Float32Array };
  readonly version: string;
}

const BLOCK_CELLS = 1024;
/** gzip's level for imputed values. */
const COMPRESSION = 1;

/**
 * Writes imputed.h5ad in blocks, one being compressed and written while the next ones are computed; the file appears
 * under its name when it is whole. X holds imputed values only, also of
 * measured genes, in processed units; the measured values stand in obsm/measured.
 *
 * @returns warnings about names that had to change
 */
export async function writeResult(
  path: string,
  content: ResultContent,
  predictor: Predictor,
  progress: (done: number, total: number) => void,
  stop?: StopSignal,
): Promise<readonly Warning[]> {
  const { data, codes } = content;
  const { spatial, reference } = data;
  const writer = await createH5adInThread(path, describe(content));
  const cells = spatial.values.rows;
  const genes = rowRange(0, reference.values.columns);
  const measured = plainView(spatial.values);
  try {
    for (let first = 0; first < cells; first += BLOCK_CELLS) {
      throwIfStopped(stop);
      const rows = rowRange(first, Math.min(BLOCK_CELLS, cells - first));
      const values = predictor.at(rows)(genes);
      const block = {
        '/X': values,
        ...(content.counts && { '/layers/counts': countScale(content, rows, values) }),
        '/obsm/measured': gatherRows(measured, rows),
        '/obsm/X_spagene': codes.at(rows),
      };
      await writer.append(first, block, stop);
      progress(first + rows.length, cells);
      await new Promise((resolve) => setImmediate(resolve));
    }
    await writer.finish();
  } catch (error) {
    await writer.abort();
    throw error;
  }
  return writer.warnings;
}

/** Back to counts: the square of max(0, x̂), or the inverse of the chosen normalisation. */
function countScale({ data, config }: ResultContent, rows: Int32Array, values: Float32Array): Float32Array {
  const { sizeFactors } = data.spatial;
  const normalisation = config.parameters['data.normalisation'];
  const width = values.length / rows.length;
  const counts = new Float32Array(values.length);
  for (let row = 0, i = 0; row < rows.length; row++) {
    const factor = sizeFactors?.[rows[row]!] ?? 1;
    for (const end = i + width; i < end; i++) {
      counts[i] = Math.max(0, unscaled(Math.max(0, values[i]!), normalisation, factor));
    }
  }
  return counts;
}

function describe(content: ResultContent): H5adContent {
  const { data, codes, coordinates, config, counts, forecast } = content;
  const { spatial, reference } = data;
  return {
    obsNames: spatial.cells.names,
    varNames: uniqueNames(reference.genes.names),
    obs: content.obs.map((column) => keptRows(column, spatial.cells.rows)),
    var: varColumns(content),
    x: { layout: 'dense', compression: COMPRESSION },
    ...(counts && { layers: { counts: { layout: 'dense' as const, compression: COMPRESSION } } }),
    obsm: {
      measured: { columns: spatial.values.columns, compression: COMPRESSION },
      X_spagene: { columns: codes.dimensions, compression: COMPRESSION },
      ...(coordinates && {
        spatial: {
          columns: coordinates.dimensions,
          type: 'float64' as const,
          values: keptPositions(coordinates, spatial.cells.rows),
        },
      }),
    },
    uns: {
      measured_genes: spatial.genes.names,
      ...(content.section !== undefined && { section_column: content.section }),
      ...(coordinates && { spatial_unit: coordinates.unit }),
      spagene: {
        version: content.version,
        units: UNITS[config.parameters['data.normalisation']],
        preset: config.preset,
        seed: config.seed,
        ...(forecast && {
          expected_pcc_genes: forecast.genes,
          expected_pcc_spearman: forecast.spearman ?? Number.NaN,
          expected_pcc_error: forecast.meanAbsoluteError ?? Number.NaN,
        }),
        note: 'X holds imputed values, also of measured genes; the measured values are in obsm/measured.',
      },
    },
  };
}

function varColumns({ data: { reference, shared }, measured, expected }: ResultContent): WritableColumn[] {
  const training = new Uint8Array(reference.values.columns);
  for (const column of shared.reference) training[column] = 1;
  return [
    { name: 'measured', kind: 'boolean', values: measured },
    { name: 'training', kind: 'boolean', values: training },
    { name: 'highly_variable', kind: 'boolean', values: reference.highlyVariable },
    { name: 'reference_mean', kind: 'number', values: reference.mean },
    { name: 'reference_sd', kind: 'number', values: reference.sd },
    ...(expected ? [{ name: 'expected_pcc', kind: 'number' as const, values: expected }] : []),
  ];
}

/** Later ones of equal names get -1, -2, …, as AnnData's own var_names_make_unique does. */
export function uniqueNames(names: readonly string[]): string[] {
  const taken = new Set(names);
  const seen = new Set<string>();
  return names.map((name) => {
    let unique = name;
    for (let i = 1; seen.has(unique) || (unique !== name && taken.has(unique)); i++) unique = `${name}-${i}`;
    seen.add(unique);
    return unique;
  });
}

function keptRows(column: Column, rows: Int32Array): WritableColumn {
  const { name } = column;
  if (column.kind === 'number') {
    return { name, kind: 'number', values: Float64Array.from(rows, (row) => column.values[row]!) };
  }
  if (column.kind === 'text') {
    return { name, kind: 'text', values: Array.from(rows, (row) => column.values[row]!) };
  }
  const codes = Int32Array.from(rows, (row) => column.codes[row]!);
  const isBoolean = column.categories.join() === 'False,True' && codes.every((code) => code >= 0);
  return isBoolean
    ? { name, kind: 'boolean', values: Uint8Array.from(codes) }
    : { name, kind: 'category', categories: column.categories, codes };
}

function keptPositions({ dimensions, values }: Coordinates, rows: Int32Array): Float64Array {
  const kept = new Float64Array(rows.length * dimensions);
  for (const [i, row] of rows.entries()) {
    kept.set(values.subarray(row * dimensions, (row + 1) * dimensions), i * dimensions);
  }
  return kept;
}
