import type { StopSignal } from '../../src-shared/contract/errors.ts';
import { pearson } from '../../src-shared/maths/metrics.ts';
import { mean } from '../../src-shared/maths/statistics.ts';
import { passOver, type Matrix } from '../matrix/dense.ts';
import { pause } from '../train/stage.ts';
import { clippedZ, columnsOf, type JudgedGene } from './out-of-sample.ts';
import type { MethodData, Predictor } from './predictor.ts';
import type { RidgeEquations } from './ridge.ts';

/** Genes whose predictions are compared at once. */
const GENES_AT_ONCE = 256;

/** Features of EXPECTED_ACCURACY_FEATURES that follow from the reference alone, and the agreement beside them. */
export function geneFeatures(
  data: MethodData,
  equations: RidgeEquations,
  inputs: Int32Array,
  genes: Int32Array,
  alpha: number,
  agreement: readonly number[],
): number[][] {
  const { mean: means, sd, values } = data.reference;
  const panel = equations.panelFit(inputs, genes, alpha);
  const zeros = zeroShares(values);
  return Array.from(genes, (gene, i) => [
    means[gene]!,
    zeros[gene]!,
    Math.log(sd[gene]! ** 2 / means[gene]!),
    agreement[i]!,
    panel.correlation[i]!,
    panel.r2[i]!,
  ]);
}

const knownShares = new WeakMap<Matrix, Float64Array>();

/** Share of reference cells without a count, per column; counted in one pass, once a matrix. */
function zeroShares(matrix: Matrix): Float64Array {
  const known = knownShares.get(matrix);
  if (known !== undefined) return known;
  const zeros = new Float64Array(matrix.columns);
  for (const { rows, values } of passOver(matrix)) {
    for (let row = 0, i = 0; row < rows; row++) {
      for (let j = 0; j < zeros.length; j++, i++) if (values[i] === 0) zeros[j] = zeros[j]! + 1;
    }
  }
  const shares = zeros.map((count) => count / matrix.rows);
  knownShares.set(matrix, shares);
  return shares;
}

/** Mean correlation among the candidates' predictions of a gene that none of them has seen; NaN of one candidate. */
export function agreementUnseen({ predictions }: JudgedGene): number {
  const [network, ...floors] = predictions;
  return meanOfPairs([network!], floors);
}

/**
 * The same for genes without a measurement: every network with every floor, the floors with one another, on the
 * given spatial cells. Networks are not compared with one another, so that it means what it means for genes that
 * only one network has not seen.
 */
export async function agreementOf(
  networks: readonly Predictor[],
  floors: readonly Predictor[],
  rows: Int32Array,
  genes: Int32Array,
  stop?: StopSignal,
): Promise<number[]> {
  if (floors.length === 0) return Array.from(genes, () => Number.NaN);
  const [ours, theirs] = [networks, floors].map((part) => part.map((predictor) => predictor.at(rows)));
  const result: number[] = [];
  for (let first = 0; first < genes.length; first += GENES_AT_ONCE) {
    await pause(stop);
    const some = genes.slice(first, first + GENES_AT_ONCE);
    const profiles = (predict: (wanted: Int32Array) => Float32Array) =>
      columnsOf(predict(some), rows.length, some.length).map(clippedZ);
    const [a, b] = [ours!.map(profiles), theirs!.map(profiles)];
    for (let i = 0; i < some.length; i++)
      result.push(
        meanOfPairs(
          a.map((p) => p[i]!),
          b.map((p) => p[i]!),
        ),
      );
  }
  return result;
}

function meanOfPairs(networks: readonly Float64Array[], floors: readonly Float64Array[]): number {
  const across = networks.flatMap((network) => floors.map((floor) => pearson(network, floor)));
  const among = floors.flatMap((a, i) => floors.slice(i + 1).map((b) => pearson(a, b)));
  // Each kind of pair once, however many networks there are.
  const pairs = [...floors.map((_, f) => mean(across.filter((_r, i) => i % floors.length === f))), ...among];
  return pairs.length === 0 ? Number.NaN : mean(pairs);
}
