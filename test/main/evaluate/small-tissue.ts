import { presetParameters, type RunConfig } from '../../../src-shared/domain/run-config.ts';
import type { EvaluationInputs } from '../../../src-main/evaluate/evaluation.ts';
import type { Csr } from '../../../src-main/matrix/csr.ts';
import type { OpenMatrix } from '../../../src-main/matrix/dataset.ts';
import { simulationDefaults } from '../../../src-main/simulate/options.ts';
import { simulateTissue } from '../../../src-main/simulate/tissue.ts';
import { sourceOf } from '../preprocess/in-memory.ts';

/** A few steps of small networks: these tests are about what is seen, not about accuracy. */
export const quick: RunConfig = {
  preset: 'recommended',
  seed: 1,
  genes: [],
  parameters: {
    ...presetParameters('recommended'),
    'network.encoder': [24],
    'network.latentSt': 6,
    'network.latentSc': 6,
    'network.translatorStSc': [16],
    'network.translatorScSt': [16],
    'network.discriminator': [8],
    'train.maxStepsStage1': 12,
    'train.maxStepsStage2': 8,
    'train.evaluateEvery': 4,
    'ensemble.members': 2,
  },
};

export interface Tables {
  readonly spatial: Float64Array[];
  readonly reference: Float64Array[];
  readonly spatialGenes: readonly string[];
  readonly referenceGenes: readonly string[];
}

/** Counts of a small simulated tissue as plain rows, so that a test can change them. */
export function smallTissue(cells = 160, genes = 60, panelGenes = 26): Tables {
  const tissue = simulateTissue({
    ...simulationDefaults,
    cells,
    genes,
    panelGenes,
    referenceCells: 120,
    seed: 5,
  });
  const dense = (blocks: Iterable<Csr>) => [...blocks].flatMap(rowsOf);
  return {
    spatial: dense(tissue.spatialBlocks(64)),
    reference: dense(tissue.referenceBlocks(64)),
    spatialGenes: Array.from(tissue.genes.panel, (g) => tissue.genes.names[g]!),
    referenceGenes: tissue.genes.names,
  };
}

function rowsOf({ rows, columns, indptr, indices, values }: Csr): Float64Array[] {
  return Array.from({ length: rows }, (_, r) => {
    const row = new Float64Array(columns);
    for (let k = indptr[r]!; k < indptr[r + 1]!; k++) row[indices[k]!] = values[k]!;
    return row;
  });
}

export function openRows(rows: readonly Float64Array[], genes: readonly string[], name: string): OpenMatrix {
  return { name: 'X', source: sourceOf(rows, 50), genes, cells: rows.map((_, i) => `${name}${i}`) };
}

export function inputsOf(tables: Tables, more: Partial<EvaluationInputs> = {}): EvaluationInputs {
  return {
    spatial: openRows(tables.spatial, tables.spatialGenes, 'st'),
    reference: openRows(tables.reference, tables.referenceGenes, 'sc'),
    labels: undefined,
    coordinates: undefined,
    sections: undefined,
    ...more,
  };
}
