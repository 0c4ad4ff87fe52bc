import { UserError, type StopSignal } from '../../../src-shared/contract/errors.ts';
import type { GeneOverlap } from '../../../src-shared/domain/preview.ts';
import type { DatasetChoice } from '../../../src-shared/domain/project.ts';
import type { OpenMatrix } from '../../matrix/dataset.ts';
import { matchPair } from '../../preprocess/process-pair.ts';
import type { GeneMatches } from '../../preprocess/match-genes.ts';
import { openChoice } from './open-choice.ts';
import { absolute } from './record-of.ts';

/**
 * How the genes of two datasets match, as a run would match them. Too few shared genes are a `problem`, no error.
 * @throws UserError for a dataset that cannot be read
 */
export async function overlapOf(
  spatial: DatasetChoice,
  reference: DatasetChoice,
  signal?: StopSignal,
): Promise<GeneOverlap> {
  const one = await openChoice(absolute(withoutTables(spatial)), 'spatial');
  try {
    const other = await openChoice(absolute(withoutTables(reference)), 'reference');
    try {
      if (signal?.aborted === true) throw new UserError('Stopped.', {}, 'stopped');
      return describe(one.matrix, other.matrix);
    } finally {
      await other.close();
    }
  } finally {
    await one.close();
  }
}

/** Only the names of the genes are of interest here. */
function withoutTables({ path, matrix }: DatasetChoice): DatasetChoice {
  return matrix === undefined ? { path } : { path, matrix };
}

function describe(spatial: OpenMatrix, reference: OpenMatrix): GeneOverlap {
  const found = matched(spatial, reference);
  if (typeof found === 'string')
    return {
      shared: [],
      onlySpatial: [...spatial.genes],
      referenceGenes: reference.genes.length,
      warnings: [],
      problem: found,
    };
  const ours = new Set(found.spatial);
  const shared = found.names.map((name, i): [string, string] => [
    name,
    reference.genes[found.reference[i]!]!,
  ]);
  return {
    shared,
    onlySpatial: spatial.genes.filter((_, column) => !ours.has(column)),
    referenceGenes: reference.genes.length,
    warnings: [...found.warnings, ...spellingWarning(shared)],
    problem: null,
  };
}

function matched(spatial: OpenMatrix, reference: OpenMatrix): GeneMatches | string {
  try {
    return matchPair(spatial, reference);
  } catch (error) {
    if (error instanceof UserError) return error.message;
    throw error;
  }
}

function spellingWarning(shared: readonly (readonly [string, string])[]): GeneOverlap['warnings'] {
  const different = shared.filter(([ours, theirs]) => ours !== theirs);
  if (different.length === 0) return [];
  const some = different.slice(0, 3).map(([ours, theirs]) => `${ours} = ${theirs}`);
  return [
    {
      code: 'differently-written',
      message: `${different.length} of the ${shared.length} shared genes are written differently in the two files (${some.join(', ')}); they are taken for the same.`,
    },
  ];
}
