import { describe, expect, it } from 'vitest';
import type { ColumnReader } from '../../../src-main/analysis/column-reader.ts';
import { moranGenes } from '../../../src-main/analysis/moran-genes.ts';
import type { MoranOfGenes } from '../../../src-main/analysis/moran-genes.ts';
import { nearestGraph } from '../../../src-main/analysis/neighbour-graph.ts';
import { radiusGraph } from '../../../src-main/analysis/radius-graph.ts';
import { StoppedError } from '../../../src-shared/contract/errors.ts';
import { moran, spatialWeights } from '../../../src-shared/maths/moran.ts';
import { Random } from '../../../src-shared/maths/random.ts';
import { realPair } from '../../helpers/real-pair.ts';
import { hasData, needsData } from '../../helpers/shared-folder.ts';
import { madeUp, spatialReference } from '../../helpers/spatial-reference.ts';
import { relativeError } from '../../helpers/statistics-reference.ts';

const dense = (values: Float32Array, genes: number): ColumnReader => ({
  genes,
  read: (first, count) => values.filter((_, at) => at % genes >= first && at % genes < first + count),
});

function expectAgreement(found: MoranOfGenes, wanted: typeof spatialReference.moran): void {
  expect(found.i).toHaveLength(wanted.i.length);
  expect(relativeError(found.variance, wanted.variance)).toBeLessThan(1e-9);
  for (const [gene, i] of wanted.i.entries()) {
    expect(Math.abs(found.i[gene]! - i)).toBeLessThan(1e-9);
    expect(Math.abs(found.p[gene]! - wanted.p[gene]!)).toBeLessThan(1e-9);
    expect(Math.abs(found.q[gene]! - wanted.q[gene]!)).toBeLessThan(1e-9);
  }
}

describe("Moran's I of genes against Squidpy and esda", () => {
  it('in two sections', async () => {
    const graph = await nearestGraph(madeUp.positions, 6, madeUp.sections);
    const found = await moranGenes(graph, dense(Float32Array.from(spatialReference.genes), 4));
    expectAgreement(found, spatialReference.moran);
  });

  it.skipIf(!hasData).each(spatialReference.real.filter(({ tiedBySix }) => tiedBySix === 0))(
    `of $pair ${needsData}`,
    async ({ pair, moran: wanted }) => {
      const { positions, counts, genes } = realPair(pair);
      expectAgreement(await moranGenes(await nearestGraph(positions, 6), dense(counts, genes)), wanted);
    },
  );
});

describe("Moran's I of genes", () => {
  const random = new Random(5);
  const values = Float32Array.from(madeUp.labels, (type) => type + random.normal());

  it('is that of one gene at a time, whatever the blocks', async () => {
    // As many cells as make blocks of four genes.
    const n = 4_000_000;
    const positions = {
      dimensions: 1,
      values: Float64Array.from({ length: 900 }, (_, i) => i + (i % 3) / 4),
    };
    const small = await nearestGraph(positions, 2);
    const graph = { ...small, size: n, starts: new Int32Array(n + 1).fill(small.neighbours.length) };
    graph.starts.set(small.starts);
    const read: number[] = [];
    const columns = {
      genes: 6,
      read(first: number, count: number) {
        read.push(first, count);
        const block = new Float32Array(n * count);
        for (let at = 0; at < 900 * count; at++) {
          const gene = first + (at % count);
          block[at] = gene === 3 ? 7 : values[(Math.floor(at / count) * (gene + 1)) % 900]!;
        }
        return block;
      },
    };
    const found = await moranGenes(graph, columns);
    expect(read).toEqual([0, 4, 4, 2]);
    expect(found.cells).toBe(900);
    const weights = spatialWeights(positions, 2);
    for (const gene of [0, 1, 2, 4, 5]) {
      const own = moran(
        Array.from(weights.cells, (cell) => values[(cell * (gene + 1)) % 900]!),
        weights,
      )!;
      expect(relativeError(found.i[gene]!, own.i)).toBeLessThan(1e-9);
      expect(relativeError(found.z[gene]!, own.z)).toBeLessThan(1e-9);
      expect(relativeError(found.p[gene]!, own.pGreater)).toBeLessThan(1e-9);
    }
    for (const numbers of [found.i, found.z, found.p, found.q]) expect(numbers[3]).toBeNaN();
  });

  it('leaves out cells without neighbours', async () => {
    const line = [0, 1, 2, 3, 4];
    const holed = await radiusGraph({ dimensions: 1, values: [...line, 100, Number.NaN] }, 1);
    const whole = await radiusGraph({ dimensions: 1, values: line }, 1);
    const gene = [1, 2, 4, 3, 9];
    const found = await moranGenes(holed, dense(Float32Array.from([...gene, 1000, Number.NaN]), 1));
    expect(found).toEqual(await moranGenes(whole, dense(Float32Array.from(gene), 1)));
    // z = −2.8 −1.8 0.2 −0.8 5.2; around: −1.8, −1.3, −1.3, 2.7, −0.8.
    const cross = 2.8 * 1.8 + 1.8 * 1.3 - 0.2 * 1.3 - 0.8 * 2.7 - 5.2 * 0.8;
    expect(found.i[0]).toBeCloseTo(cross / (2.8 ** 2 + 1.8 ** 2 + 0.2 ** 2 + 0.8 ** 2 + 5.2 ** 2), 7);
  });

  it('has no value where one is not finite', async () => {
    const graph = await nearestGraph({ dimensions: 1, values: [0, 1, 2, 3, 4] }, 1);
    const { i, q } = await moranGenes(graph, dense(Float32Array.of(1, 1, 2, Infinity, 3, 2, 5, 1, 4, 1), 2));
    expect(i[0]).not.toBeNaN();
    expect(i[1]).toBeNaN();
    expect(q[1]).toBeNaN();
  });

  it('refuses another number of cells, and stops', async () => {
    const graph = await nearestGraph(madeUp.positions, 6);
    await expect(moranGenes(graph, dense(new Float32Array(10), 1))).rejects.toThrow(RangeError);
    const large = await nearestGraph({ dimensions: 1, values: Float64Array.from({ length: 20_000 }, (_, i) => i) }, 6); // prettier-ignore
    const reader = { genes: 2000, read: (_: number, count: number) => new Float32Array(20_000 * count) };
    const stop = { aborted: false };
    const progress = () => (stop.aborted = true);
    await expect(moranGenes(large, reader, { stop, progress })).rejects.toThrow(StoppedError);
  });
});
