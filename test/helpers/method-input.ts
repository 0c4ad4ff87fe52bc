import type { Dense } from '../../src-main/matrix/dense.ts';
import type { CountData, Fit, Method, MethodInput } from '../../src-main/methods/method.ts';
import type { ProcessedDomain } from '../../src-main/preprocess/processed-domain.ts';
import { Random } from '../../src-shared/maths/random.ts';
import { mean, standardDeviation } from '../../src-shared/maths/statistics.ts';

/** Counts of a few cells, cells × genes; the shared genes are the first columns of both. */
export interface SmallPair {
  readonly spatial: readonly (readonly number[])[];
  readonly reference: readonly (readonly number[])[];
  readonly shared: number;
  readonly labels?: readonly string[];
  readonly seed?: number;
  readonly stop?: { readonly aborted: boolean };
}

function dense(rows: readonly (readonly number[])[]): Dense {
  return { rows: rows.length, columns: rows[0]!.length, values: Float32Array.from(rows.flat()) };
}

function domain(counts: readonly (readonly number[])[]): ProcessedDomain {
  const values = dense(counts.map((row) => row.map(Math.sqrt)));
  const column = (j: number) => counts.map((row) => Math.sqrt(row[j]!));
  const genes = Array.from({ length: values.columns }, (_, j) => j);
  return {
    values,
    mean: Float64Array.from(genes, (j) => mean(column(j))),
    sd: Float64Array.from(genes, (j) => standardDeviation(column(j))),
  } as ProcessedDomain;
}

function countData(counts: readonly (readonly number[])[]): CountData {
  return {
    values: dense(counts),
    totals: Float64Array.from(counts, (row) => row.reduce((sum, count) => sum + count, 0)),
  };
}

/** What a method sees of a small pair, processed by the square root; the targets are the genes that are not shared. */
export function methodInput(pair: SmallPair): MethodInput {
  const columns = Int32Array.from({ length: pair.shared }, (_, i) => i);
  const names = Array.from(columns, (i) => `gene${i}`);
  const targets = pair.reference[0]!.length - pair.shared;
  return {
    data: {
      spatial: domain(pair.spatial),
      reference: domain(pair.reference),
      shared: { names, spatial: columns, reference: columns },
    },
    targets: Int32Array.from({ length: targets }, (_, i) => pair.shared + i),
    counts: { spatial: countData(pair.spatial), reference: countData(pair.reference) },
    labels: pair.labels,
    processed: Math.sqrt,
    seed: pair.seed ?? 1,
    store: {} as MethodInput['store'],
    ...(pair.stop && { stop: pair.stop }),
  };
}

/** Fits to the end. */
export async function fitted(method: Method, input: MethodInput): Promise<Fit> {
  const run = method.fit(input);
  let next = await run.next();
  while (!next.done) next = await run.next();
  return next.value;
}

/** The targets' imputed values of every spatial cell, cells × targets. */
export async function imputed(method: Method, input: MethodInput): Promise<Float32Array> {
  const { predictor } = await fitted(method, input);
  const rows = Int32Array.from({ length: input.data.spatial.values.rows }, (_, i) => i);
  const values = predictor.at(rows)(input.targets);
  predictor.dispose();
  return values;
}

/** Two kinds of cells in turn, six genes; gene 4 is high in the first and gene 5 in the second kind. */
export function twoKinds(cells: number, seed: number, depth: number): number[][] {
  const random = new Random(seed);
  return Array.from({ length: cells }, (_, i) => {
    const high = i % 2 === 0 ? [9, 8, 1, 2, 12, 0] : [1, 2, 9, 7, 0, 12];
    return high.map((level) => Math.round(depth * level * (0.7 + 0.6 * random.uniform())));
  });
}
