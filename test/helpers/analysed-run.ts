import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { writeReferenceCodes } from '../../src-main/engine/analyse/reference-codes.ts';
import type { Csr } from '../../src-main/matrix/csr.ts';
import { createH5ad } from '../../src-main/io/h5ad-writer.ts';
import { simulateTissue, type Tissue } from '../../src-main/simulate/tissue.ts';
import type { SimulationOptions } from '../../src-main/simulate/options.ts';

/** A run's folder whose imputed values are the truth, so that what is found can be told from what was imputed. */
export interface AnalysedRun {
  readonly folder: string;
  readonly tissue: Tissue;
  /** Planted niche of each cell. */
  readonly niche: Int32Array;
}

/** Sides of the codes that label transfer gets: one a cell type, so that it can hardly err. */
const CODES = 12;
const BLOCK = 1000;

/** Simulates a tumour and writes imputed.h5ad as a run would: X the square roots of the expected counts. */
export async function analysedRun(options: Partial<SimulationOptions> = {}): Promise<AnalysedRun> {
  const tissue = simulateTissue({
    scenario: 'tumour',
    cells: 3000,
    genes: 400,
    referenceCells: 300,
    panelGenes: 80,
    seed: 1,
    ...options,
  });
  const folder = mkdtempSync(join(tmpdir(), 'spagene-analysed-'));
  await writeImputed(folder, tissue);
  await writeCodes(folder, tissue);
  return { folder, tissue, niche: tissue.spatial.region };
}

async function writeImputed(folder: string, tissue: Tissue): Promise<void> {
  const { genes, spatial, anatomy } = tissue;
  const writer = await createH5ad(join(folder, 'imputed.h5ad'), {
    obsNames: cellNames(spatial.count),
    varNames: genes.names,
    obs: [
      { name: 'cell_type', kind: 'category', categories: anatomy.cellTypes, codes: spatial.type },
      {
        name: 'slice',
        kind: 'category',
        categories: ['left', 'right'],
        codes: spatial.region.map((_, i) => i % 2),
      },
    ],
    obsm: {
      spatial: { columns: 2, type: 'float64', values: spatial.positions },
      measured: { columns: genes.panel.length },
      X_spagene: { columns: CODES, values: codesOf(spatial.type) },
    },
    uns: {
      measured_genes: Array.from(genes.panel, (gene) => genes.names[gene]!),
      spatial_unit: 'micrometre',
      spagene: { units: 'square roots' },
    },
  });
  let first = 0;
  for (const { expected, drawn } of tissue.truthBlocks(BLOCK)) {
    writer.writeX(
      first,
      expected.map((value) => Math.sqrt(value)),
    );
    writer.writeObsm('measured', first, measuredOf(drawn, genes.panel));
    first += drawn.rows;
  }
  await writer.finish();
}

function measuredOf(drawn: Csr, panel: Int32Array): Float32Array {
  const measured = new Float32Array(drawn.rows * panel.length);
  const column = new Map(Array.from(panel, (gene, i) => [gene, i]));
  for (let cell = 0; cell < drawn.rows; cell++) {
    for (let at = drawn.indptr[cell]!; at < drawn.indptr[cell + 1]!; at++) {
      const place = column.get(drawn.indices[at]!);
      if (place !== undefined) measured[cell * panel.length + place] = Math.sqrt(drawn.values[at]!);
    }
  }
  return measured;
}

async function writeCodes(folder: string, { anatomy, reference }: Tissue): Promise<void> {
  const labels = Array.from(reference.type, (type) => anatomy.cellTypes[type]!);
  const codes = { dimensions: CODES, values: codesOf(reference.type) };
  await writeReferenceCodes(folder, cellNames(reference.count), labels, codes);
}

function codesOf(types: Int32Array): Float32Array {
  const codes = new Float32Array(types.length * CODES);
  types.forEach((type, cell) => {
    for (let d = 0; d < CODES; d++) {
      codes[cell * CODES + d] = (d === type ? 1 : 0) + 0.01 * Math.sin(cell * (d + 1));
    }
  });
  return codes;
}

export function cellNames(count: number): string[] {
  return Array.from({ length: count }, (_, i) => `cell-${i}`);
}
