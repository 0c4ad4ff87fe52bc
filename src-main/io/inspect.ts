import type { StopSignal, Warning } from '../../src-shared/contract/errors.ts';
import type { Dataset, MatrixInfo, OpenMatrix } from '../matrix/dataset.ts';
import { checkMatrix } from './checks.ts';
import type { MatrixChecks } from './checks.ts';
import { geneNaming } from './gene-names.ts';
import type { GeneNaming } from './gene-names.ts';
import { openDataset } from './registry.ts';
import type { OpenOptions } from './registry.ts';

/** What values a matrix seems to hold. */
export type Units = 'counts' | 'log' | 'normalised' | 'scaled' | 'unknown';

/** What `spagene inspect` says about a file or folder. */
export interface Inspection {
  readonly path: string;
  readonly format: string;
  readonly detail: string;
  readonly cells: number | null;
  readonly genes: number | null;
  /** Sum over the main matrix. */
  readonly sum: number | null;
  readonly matrices: readonly MatrixInfo[];
  /** Where positions were found, how many dimensions, and their unit; null when the file has none. */
  readonly coordinates: {
    readonly source: string;
    readonly dimensions: number;
    readonly unit: string;
  } | null;
  readonly geneNames: GeneNaming;
  readonly units: Units;
  /** Share of values that are not 0. */
  readonly density: number | null;
  readonly warnings: readonly Warning[];
}

/** Opens a file or folder and reads its main matrix once, in blocks. Throws what {@link openDataset} throws. */
export async function inspectPath(
  path: string,
  options: OpenOptions = {},
  signal?: StopSignal,
): Promise<Inspection> {
  const dataset = await openDataset(path, options);
  try {
    const matrix = dataset.mainMatrix === undefined ? undefined : await dataset.open();
    const checks = matrix && (await checkMatrix(matrix, signal));
    return report(path, dataset, matrix, checks);
  } finally {
    await dataset.close();
  }
}

function report(
  path: string,
  dataset: Dataset,
  matrix: OpenMatrix | undefined,
  checks: MatrixChecks | undefined,
): Inspection {
  const { format, detail, matrices, coordinates } = dataset;
  const genes = matrix?.genes ?? dataset.genes;
  const found = checks
    ? [
        checks.notFinite,
        checks.negative,
        checks.empty,
        checks.nonInteger,
        checks.duplicateGenes,
        checks.duplicateCells,
      ]
    : [];
  return {
    path,
    format,
    detail,
    cells: (matrix?.cells ?? dataset.cells)?.length ?? null,
    genes: genes?.length ?? null,
    sum: checks?.sum ?? null,
    matrices,
    coordinates: coordinates
      ? { source: coordinates.source, dimensions: coordinates.dimensions, unit: coordinates.unit }
      : null,
    geneNames: genes ? geneNaming(genes) : 'unknown',
    units: checks ? unitsOf(checks) : 'unknown',
    density: checks?.density ?? null,
    warnings: [...dataset.warnings, ...found.filter((one) => one !== undefined)],
  };
}

/** Counts are integers from 0 on; logarithms stay small; scaled values have both signs. */
function unitsOf({ empty, notFinite, negative, nonInteger, largest }: MatrixChecks): Units {
  if (empty ?? notFinite) return 'unknown';
  if (negative) return 'scaled';
  if (!nonInteger) return 'counts';
  return largest < 25 ? 'log' : 'normalised';
}
