import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { selectBackend } from '../../../src-main/backend/select.ts';
import { tangramLoss } from '../../../src-main/methods/tangram-loss.ts';
import { TangramMapping } from '../../../src-main/methods/tangram-mapping.ts';
import { pearson } from '../../../src-shared/maths/metrics.ts';
import { median } from '../../../src-shared/maths/statistics.ts';
import { Random } from '../../../src-shared/maths/random.ts';
import { transposed } from '../../helpers/golden-checks/deviation.ts';
import { allRows, columnsOf, loadPeers, type PeersFixture } from '../../helpers/peers-fixture.ts';
import { hasData, hasFixtures, needsFixtures, readFixture } from '../../helpers/shared-folder.ts';
import { root } from '../../helpers/spagene.ts';

beforeAll(async () => {
  await selectBackend('wasm', { threads: 1 });
});

const basic = { genes: 1, cells: 0, density: 1, entropy: 0 };
const uniform = (count: number) => new Float64Array(count).fill(1 / count);

/** rows × columns, row-major, to its transpose. */
function turned(data: ArrayLike<number>, rows: number, columns: number): Float32Array {
  return Float32Array.from(transposed({ shape: [rows, columns], data: Array.from(data) }).data);
}

function largestDifference(a: ArrayLike<number>, b: ArrayLike<number>): number {
  expect(a.length).toBe(b.length);
  return Array.from(a).reduce((most, value, i) => Math.max(most, Math.abs(value - b[i]!)), 0);
}

interface MapperCase {
  readonly weights: Readonly<Record<'d' | 'g1' | 'g2' | 'r', number>>;
  readonly total: readonly number[];
  readonly mapping: readonly number[];
}
interface MapperReference {
  readonly sources: number;
  readonly spots: number;
  readonly genes: number;
  readonly epochs: number;
  readonly S: readonly number[];
  readonly G: readonly number[];
  readonly start: readonly number[];
  readonly density: readonly number[];
  readonly sourceDensity: readonly number[];
  readonly cases: Readonly<Record<string, MapperCase>>;
}

describe("Tangram's terms, against the authors' optimiser", () => {
  const path = join(root, 'test', 'reference', 'tangram-mapper.json');
  const reference = JSON.parse(readFileSync(path, 'utf8')) as MapperReference;
  const { sources, spots, genes } = reference;

  it.each(['cells', 'clusters', 'all terms'])('%s: losses and mapping', (name) => {
    const golden = reference.cases[name]!;
    const weights = {
      genes: golden.weights.g1,
      cells: golden.weights.g2,
      density: golden.weights.d,
      entropy: golden.weights.r,
    };
    const mapping = new TangramMapping(
      {
        genes,
        source: Float32Array.from(reference.S),
        spatial: turned(reference.G, spots, genes),
        sourceDensity: name === 'cells' ? uniform(sources) : Float64Array.from(reference.sourceDensity),
        density: Float64Array.from(reference.density),
      },
      Float32Array.from(reference.start),
      { weights, learningRate: 0.1 },
    );
    for (const total of golden.total) {
      const entropy = mapping.probabilities().reduce((sum, p) => sum - p * Math.log(p), 0);
      expect(mapping.step().total + weights.entropy * entropy).toBeCloseTo(total, 5);
    }
    expect(largestDifference(mapping.probabilities(), golden.mapping)).toBeLessThan(1e-5);
    mapping.dispose();
  });
});

describe.skipIf(!hasFixtures)(`Tangram on the toy problem ${needsFixtures}`, () => {
  const { tangram_toy: toy } = hasFixtures ? readFixture<PeersFixture>('peers') : ({} as PeersFixture);
  const [sources, spots, genes] = [40, 30, 12];

  it('has the losses of every epoch and the mapping after the last', () => {
    const mapping = new TangramMapping(
      {
        genes,
        source: Float32Array.from(toy.S.data),
        spatial: turned(toy.G.data, spots, genes),
        sourceDensity: uniform(sources),
        density: uniform(spots),
      },
      Float32Array.from(toy.M0.data),
      { weights: basic, learningRate: 0.1 },
    );
    for (let epoch = 0; epoch < toy.epochs; epoch++) {
      const loss = mapping.step();
      expect(loss.total).toBeCloseTo(toy.losses.total[epoch]!, 6);
      expect(loss.genes).toBeCloseTo(toy.losses.cosine_mean[epoch]!, 6);
      expect(loss.divergence).toBeCloseTo(toy.losses.kl[epoch]!, 6);
    }
    expect(largestDifference(mapping.probabilities(), toy.mapping_after_50.data)).toBeLessThan(2e-6);
    mapping.dispose();
  });

  it('has the first gradient, carried to the logits by plain loops', () => {
    const softmax = Array.from({ length: sources }, (_, i) => {
      const row = toy.M0.data.slice(i * spots, (i + 1) * spots).map(Math.exp);
      const total = row.reduce((a, b) => a + b, 0);
      return row.map((value) => value / total);
    });
    // Values of each source: its genes, then its share in the density.
    const values = softmax.map((_, i) => [...toy.S.data.slice(i * genes, (i + 1) * genes), 1 / sources]);
    const predicted = Float32Array.from({ length: (genes + 1) * spots }, (_, n) => {
      const [g, j] = [Math.floor(n / spots), n % spots];
      return softmax.reduce((sum, row, i) => sum + row[j]! * values[i]![g]!, 0);
    });
    const byPrediction = new Float32Array(predicted.length);
    tangramLoss(predicted, turned(toy.G.data, spots, genes), uniform(spots), basic, byPrediction);
    const gradient = softmax.flatMap((row, i) => {
      const d = row.map((_, j) =>
        values[i]!.reduce((sum, value, g) => sum + value * byPrediction[g * spots + j]!, 0),
      );
      const centre = row.reduce((sum, p, j) => sum + p * d[j]!, 0);
      return row.map((p, j) => p * (d[j]! - centre));
    });
    const size = Math.max(...toy.gradient_epoch1.data.map(Math.abs));
    expect(largestDifference(gradient, toy.gradient_epoch1.data) / size).toBeLessThan(1e-5);
  });
});

describe.skipIf(!hasFixtures || !hasData)('Tangram on real cells (needs ../shared)', () => {
  it("predicts what the authors' code predicts, from another random start", async () => {
    const { golden, spatial, reference } = await loadPeers();
    const [spots, sources] = [golden.st_used, golden.sc_used];
    const genes = golden.training_genes.length;
    const random = new Random(5);
    const mapping = new TangramMapping(
      {
        genes,
        source: allRows(reference.training),
        spatial: turned(allRows(spatial.training), spots, genes),
        sourceDensity: uniform(sources),
        density: uniform(spots),
      },
      Float32Array.from({ length: sources * spots }, () => random.normal()),
      { weights: basic, learningRate: 0.1 },
    );
    for (let epoch = 0; epoch < golden.tangram.epochs; epoch++) mapping.step();
    const width = golden.held_out_genes.length;
    const predicted = turned(mapping.project(allRows(reference.heldOut), width), width, spots);
    mapping.dispose();
    const theirs = golden.tangram.predicted_first20.data;
    expect(pearson(predicted.slice(0, theirs.length), theirs)).toBeGreaterThan(0.99);
    const first20 = columnsOf(predicted.slice(0, theirs.length), width);
    const agreement = columnsOf(theirs, width).map((values, j) => pearson(values, first20[j]!));
    expect(median(agreement)).toBeGreaterThan(0.99);
    expect(Math.min(...agreement)).toBeGreaterThan(0.95);
    // Over all cells every gene is as near to the truth as theirs.
    const truth = columnsOf(allRows(spatial.heldOut), width);
    for (const [j, values] of columnsOf(predicted, width).entries()) {
      expect(Math.abs(pearson(truth[j]!, values) - golden.tangram.pcc[j]!)).toBeLessThan(0.02);
    }
  });
});
