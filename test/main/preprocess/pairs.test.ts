import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import type { OpenMatrix } from '../../../src-main/matrix/dataset.ts';
import { alignDomains } from '../../../src-main/preprocess/align.ts';
import { matchGenes } from '../../../src-main/preprocess/match-genes.ts';
import { processDomain } from '../../../src-main/preprocess/pipeline.ts';
import type { ProcessedDomain } from '../../../src-main/preprocess/processed-domain.ts';
import { asDescribed, readCounts, shared } from './in-memory.ts';

const here = existsSync(path.join(shared, 'data/pairs')) && existsSync(path.join(shared, 'fixtures'));

async function processPair(spatial: OpenMatrix, reference: OpenMatrix) {
  const matches = matchGenes({ file: 'st', names: spatial.genes }, { file: 'sc', names: reference.genes });
  const st = await processDomain(spatial, {
    ...asDescribed,
    domain: 'spatial',
    sharedColumns: matches.spatial,
  });
  const sc = await processDomain(reference, {
    ...asDescribed,
    domain: 'reference',
    sharedColumns: matches.reference,
  });
  return { matches, st, sc, aligned: alignDomains(st, sc, matches) };
}

/** Sum and sum of squares of the shared genes over the first cells. */
function checksum({ values }: ProcessedDomain, columns: Int32Array, cells: number): [number, number] {
  let sum = 0;
  let squares = 0;
  for (let cell = 0; cell < cells; cell++) {
    for (const column of columns) {
      const value = values.values[cell * values.columns + column]!;
      sum += value;
      squares += value * value;
    }
  }
  return [sum, squares];
}

interface Golden {
  shared_genes_sorted: string[];
  st_cells_dropped: number[];
  sc_cells_dropped: number[];
  genes_kept_before_hvg: { st: number; sc: number };
  checksum: Record<'st_sum' | 'sc_sum' | 'st_sum_of_squares' | 'sc_sum_of_squares', number>;
}
const golden = (file: string): Golden =>
  JSON.parse(readFileSync(path.join(shared, 'fixtures', file), 'utf8')) as Golden;

function near(ours: readonly number[], theirs: readonly number[]): void {
  ours.forEach((value, i) => expect(Math.abs(value / theirs[i]! - 1)).toBeLessThan(1e-7));
}

describe.skipIf(!here)('real pairs (needs ../shared/data and ../shared/fixtures)', () => {
  it('osmfish_zeisel: cells, genes and checksums of the golden run', async () => {
    const expected = golden('ridge_knn.json');
    const { st, sc, aligned } = await processPair(
      readCounts('pairs/osmfish_zeisel/st_counts.csv.gz'),
      readCounts('pairs/reference_zeisel550/counts.csv.gz'),
    );
    const dropped = ({ cells, report }: ProcessedDomain): number[] =>
      Array.from({ length: report.cells.inFile }, (_, row) => row).filter((row) => !cells.rows.includes(row));
    expect(dropped(st)).toEqual(expected.st_cells_dropped);
    expect(dropped(sc)).toEqual(expected.sc_cells_dropped);
    expect(st.report.genes.afterDensity).toBe(expected.genes_kept_before_hvg.st);
    expect(sc.report.genes.afterDensity).toBe(expected.genes_kept_before_hvg.sc);
    expect(aligned.names).toEqual(expected.shared_genes_sorted);
    expect(sc.genes.columns.length).toBeGreaterThanOrEqual(2000);
    expect(sc.genes.columns.length).toBeLessThanOrEqual(2033);
    const { checksum: sums } = expected;
    near(checksum(st, aligned.spatial, st.values.rows), [sums.st_sum, sums.st_sum_of_squares]);
    near(checksum(sc, aligned.reference, sc.values.rows), [sums.sc_sum, sums.sc_sum_of_squares]);
  });

  it('merfish_moffitt: the panel-only reference keeps 459 of 1,308 cells, with a warning', async () => {
    const { st, sc, aligned } = await processPair(
      readCounts('pairs/merfish_moffitt/st_counts.csv.gz'),
      readCounts('pairs/merfish_moffitt/sc_counts.csv.gz'),
    );
    expect([st.values.rows, sc.values.rows, aligned.names.length]).toEqual([750, 459, 134]);
    expect(sc.report.warnings.map(({ code }) => code)).toEqual(['many-cells-dropped']);
    const sums = golden('peers.json').checksum;
    near(checksum(st, aligned.spatial, 300), [sums.st_sum, sums.st_sum_of_squares]);
    near(checksum(sc, aligned.reference, 459), [sums.sc_sum, sums.sc_sum_of_squares]);
  });

  it('pdac: 19,736 shared genes are ranked like others, and hundreds survive in both', async () => {
    const { matches, st, sc, aligned } = await processPair(
      readCounts('pairs/pdac/st_counts.csv.gz'),
      readCounts('pairs/pdac/sc_counts.csv.gz'),
    );
    expect(matches.names).toHaveLength(19_736);
    expect([st.report.shared.exempt, sc.report.shared.exempt]).toEqual([false, false]);
    expect([st.genes.columns.length, sc.genes.columns.length]).toEqual([2000, 2000]);
    // Both files have 1-Mar and 2-Mar twice, at the same columns; the second ones match nothing.
    expect(matches.warnings.map(({ code }) => code)).toEqual(['duplicate-genes', 'duplicate-genes']);
    const both = st.genes.columns.filter((c) => sc.genes.columns.includes(c) && c !== 9946 && c !== 9949);
    expect(aligned.names).toHaveLength(both.length);
    expect(both.length).toBeGreaterThan(200);
  });
});
