import { describe, expect, it } from 'vitest';
import { gatherRows, rowRange } from '../../../src-main/matrix/affine-view.ts';
import { memberData } from '../../../src-main/methods/member.ts';
import type { PairData } from '../../../src-main/preprocess/process-pair.ts';
import { trainingSample } from '../../../src-main/methods/training-sample.ts';
import { presetParameters } from '../../../src-shared/domain/run-config.ts';
import { Random } from '../../../src-shared/maths/random.ts';
import { mean, standardDeviation } from '../../../src-shared/maths/statistics.ts';

const random = new Random(3);

/** A processed dataset of random values with the moments that processing would give it. */
function domain(rows: number, columns: number, scale: number) {
  const values = Float32Array.from({ length: rows * columns }, () => scale * (1 + random.uniform()));
  const column = (j: number) => Float64Array.from({ length: rows }, (_, i) => values[i * columns + j]!);
  return {
    values: { rows, columns, values },
    mean: Float64Array.from({ length: columns }, (_, j) => mean(column(j))),
    sd: Float64Array.from({ length: columns }, (_, j) => standardDeviation(column(j), 0)),
  };
}

// Spatial genes 0 … 11; 10 of them are shared, genes 3 and 7 are in the spatial data alone.
const spatialShared = [0, 1, 2, 4, 5, 6, 8, 9, 10, 11];
const referenceShared = [14, 2, 9, 0, 7, 3, 11, 5, 1, 13];
const data = {
  spatial: domain(40, 12, 5),
  reference: domain(30, 15, 2),
  shared: {
    names: spatialShared.map((i) => `g${i}`),
    spatial: Int32Array.from(spatialShared),
    reference: Int32Array.from(referenceShared),
  },
} as unknown as PairData;

const columnOf = (values: Float32Array, width: number, j: number) => values.filter((_, i) => i % width === j);

describe.each(['recommended', 'paper'])('data of a member, %s', (preset) => {
  const parameters = presetParameters(preset);
  const member = memberData(data, parameters, 1, 5);
  const width = member.st.columns.length;

  it('hides the inner genes from the encoder and from the shared training genes', () => {
    expect(member.inner).toHaveLength(2);
    expect(width).toBe(10);
    const hidden = [...member.inner].map((i) => spatialShared[i]!);
    expect([...member.st.columns].some((column) => hidden.includes(column))).toBe(false);
    expect([...member.training, ...member.inner].sort((a, b) => a - b)).toEqual([...rowRange(0, 10)]);
    for (const [i, gene] of member.training.entries()) {
      expect(member.st.columns[member.shared.st[i]!]).toBe(spatialShared[gene]);
      expect(member.shared.sc[i]).toBe(referenceShared[gene]);
    }
  });

  it('shows reference cells as the spatial assay would have measured them', () => {
    const panel = gatherRows(member.panel, rowRange(0, 30));
    const zscore = preset === 'recommended';
    for (const [j, column] of member.st.columns.entries()) {
      const values = columnOf(panel, width, j);
      const shared = spatialShared.indexOf(column);
      const expectedMean = zscore ? 0 : data.spatial.mean[column]!;
      const expectedSd = shared < 0 ? 0 : zscore ? 1 : data.spatial.sd[column]!;
      expect(mean(Float64Array.from(values))).toBeCloseTo(expectedMean, 4);
      expect(standardDeviation(Float64Array.from(values), 0)).toBeCloseTo(expectedSd, 4);
      if (shared < 0) continue;
      // The same cell stands highest on both sides.
      const original = columnOf(data.reference.values.values, 15, referenceShared[shared]!);
      expect(values.indexOf(Math.max(...values))).toBe(original.indexOf(Math.max(...original)));
    }
  });
});

describe('trainingSample', () => {
  it('takes whole cells at random, each once, and leaves small data alone', () => {
    const sample = trainingSample(data, 20, 1) as PairData;
    expect([sample.spatial.values.rows, sample.reference.values.rows]).toEqual([20, 20]);
    const rows = (d: PairData) =>
      Array.from({ length: d.spatial.values.rows }, (_, i) =>
        d.spatial.values.values.slice(12 * i, 12 * (i + 1)).join(),
      );
    const all = rows(data);
    const positions = rows(sample).map((row) => all.indexOf(row));
    expect(new Set(positions).size).toBe(20);
    expect(positions).toEqual([...positions].sort((a, b) => a - b));
    expect(positions).not.toContain(-1);
    expect(trainingSample(data, 0, 1).spatial.values).toBe(data.spatial.values);
    expect(sample.spatial.mean).toBe(data.spatial.mean);
  });
});
