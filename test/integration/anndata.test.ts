import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createH5ad } from '../../src-main/io/h5ad-writer.ts';
import { simulateTissue } from '../../src-main/simulate/tissue.ts';
import { writeSimulation } from '../../src-main/simulate/write.ts';

/** Interpreters to ask: those named by the environment, else the python3 of the path. */
const candidates: readonly (readonly [string, string])[] = [
  ['SPAGENE_PYTHON_OLD', process.env['SPAGENE_PYTHON_OLD'] ?? ''],
  ['SPAGENE_PYTHON_NEW', process.env['SPAGENE_PYTHON_NEW'] ?? ''],
  ['python3', 'python3'],
];
const script = resolve(import.meta.dirname, '../reference/anndata-opens.py');
const hasAnndata = (python: string): boolean =>
  python !== '' && spawnSync(python, ['-c', 'import anndata']).status === 0;

interface Answer {
  readonly anndata: string;
  readonly obs_names: string[];
  readonly var_names: string[];
  readonly obs: Record<string, object>;
  readonly var: Record<string, object>;
  readonly X: object;
  readonly layers: Record<string, object>;
  readonly obsm: Record<string, object>;
  readonly uns: object;
  readonly backed: number[];
  readonly highly_variable?: string[];
  readonly scanpy?: number;
}
/** What anndata sees; throws with anndata's own words when it fails or warns. */
const ask = (python: string, path: string): Answer =>
  JSON.parse(execFileSync(python, [script, path], { encoding: 'utf8', maxBuffer: 1 << 28 })) as Answer;

/** Sum, and sum weighted by (row + 1)(column + 1), over row-major values. */
function sums(values: ArrayLike<number>, columns: number): { sum: number; weighted: number } {
  let [sum, weighted] = [0, 0];
  for (let i = 0; i < values.length; i++) {
    sum += values[i]!;
    weighted += values[i]! * (Math.floor(i / columns) + 1) * ((i % columns) + 1);
  }
  return { sum, weighted };
}

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'spagene-anndata-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const cells = 10_000;
// Multiples of ¼, so that sums are exact.
const x = Float32Array.from({ length: cells * 3 }, (_, i) => ((i * 7919) % 101) / 4);
const measured = x.subarray(0, cells * 2);
const positions = Float64Array.from({ length: cells * 2 }, (_, i) => i / 8);

async function writeResult(path: string): Promise<void> {
  const codes = Int32Array.from({ length: cells }, (_, c) => (c % 4) - 1);
  const writer = await createH5ad(path, {
    obsNames: Array.from({ length: cells }, (_, c) => `zelle-ü-${c}`),
    varNames: ['A', 'B', 'Ç'],
    obs: [
      { name: 'cell type', kind: 'category', categories: ['L2/3', 'b', 'ç'], codes },
      { name: 'none', kind: 'category', categories: [], codes: new Int32Array(cells).fill(-1) },
      { name: 'area', kind: 'number', values: Float64Array.from(codes, (code) => (code < 0 ? NaN : code)) },
      { name: 'note', kind: 'text', values: Array.from(codes, (code) => (code < 0 ? '' : `n${code}`)) },
    ],
    var: [
      { name: 'measured', kind: 'boolean', values: Uint8Array.of(1, 0, 1) },
      { name: 'highly_variable', kind: 'boolean', values: Uint8Array.of(0, 1, 1) },
    ],
    layers: { counts: { layout: 'dense', compression: 1 } },
    obsm: {
      spatial: { columns: 2, type: 'float64', values: positions },
      measured: { columns: 2, values: measured },
      X_spagene: { columns: 3, values: x },
    },
    uns: {
      measured_genes: ['A', 'Ç'],
      spagene: { unit: 'sqrt', seed: 3, rate: 0.5, blended: true, lambdas: [0.5, 6], nothing: [] },
    },
  });
  writer.writeX(0, x.subarray(0, 3 * 4000));
  writer.writeX(4000, x.subarray(3 * 4000));
  writer.writeLayer('counts', 0, x);
  await writer.finish();
}

describe.each(candidates)('anndata of %s', (name, python) => {
  const usable = hasAnndata(python);

  test.skipIf(!usable)(`opens a result without a warning (needs ${name} with anndata)`, async () => {
    const path = join(folder, `${name}.h5ad`);
    await writeResult(path);
    const answer = ask(python, path);
    if (name === 'SPAGENE_PYTHON_OLD') expect(answer.anndata).toMatch(/^0\.8\./);
    expect(answer.obs_names.length).toBe(cells);
    expect(answer.obs_names.at(-1)).toBe('zelle-ü-9999');
    expect(answer.var_names).toEqual(['A', 'B', 'Ç']);
    expect(Object.keys(answer.obs)).toEqual(['cell type', 'none', 'area', 'note']);
    expect(answer.obs['cell type']).toMatchObject({ categories: ['L2/3', 'b', 'ç'], ordered: false });
    const first = (column: string, key: string): unknown =>
      (answer.obs[column] as Record<string, unknown[]>)[key]!.slice(0, 5);
    expect(first('cell type', 'codes')).toEqual([-1, 0, 1, 2, -1]);
    expect(first('none', 'codes')).toEqual([-1, -1, -1, -1, -1]);
    expect(first('area', 'values')).toEqual([null, 0, 1, 2, null]);
    expect(first('note', 'values')).toEqual(['', 'n0', 'n1', 'n2', '']);
    expect(answer.var['measured']).toEqual({ type: 'bool', values: [true, false, true] });
    expect(answer.highly_variable).toEqual(['B', 'Ç']);
    const dense = { layout: 'dense', finite: true, type: 'float32', shape: [cells, 3], ...sums(x, 3) };
    expect(answer.X).toEqual(dense);
    expect(answer.layers).toEqual({ counts: dense });
    expect(answer.obsm).toEqual({
      X_spagene: dense,
      measured: { ...dense, shape: [cells, 2], ...sums(measured, 2) },
      spatial: { ...dense, type: 'float64', shape: [cells, 2], ...sums(positions, 2) },
    });
    expect(answer.uns).toEqual({
      measured_genes: ['A', 'Ç'],
      spagene: { unit: 'sqrt', seed: 3, rate: 0.5, blended: true, lambdas: [0.5, 6], nothing: [] },
    });
    expect(answer.backed).toEqual([2, 3]);
    if (answer.scanpy !== undefined) expect(answer.scanpy).toBeCloseTo(sums(x, 3).sum, 0);
  });

  test.skipIf(!usable)(
    `opens a simulated tissue without a warning (needs ${name} with anndata)`,
    async () => {
      const sizes = { cells: 1200, genes: 80, referenceCells: 60, seed: 5 };
      const written = await writeSimulation(join(folder, `${name}-simulated`), sizes);
      const tissue = simulateTissue(sizes);
      const [block] = [...tissue.spatialBlocks(1200)];
      const spatial = ask(python, written.spatial);
      expect(spatial.X).toMatchObject({ layout: 'csr', type: 'float32', shape: [1200, 10], finite: true });
      expect(spatial.X).toMatchObject({ sum: block!.values.reduce((sum, value) => sum + value, 0) });
      expect(spatial.obsm['spatial']).toMatchObject({ type: 'float64', shape: [1200, 2] });
      expect(ask(python, written.reference).X).toMatchObject({ layout: 'csr', shape: [60, 80] });
      const truth = ask(python, written.truth!);
      expect(truth.X).toMatchObject({ layout: 'csr', shape: [1200, 80] });
      expect(truth.layers['expected']).toMatchObject({ layout: 'dense', type: 'float32', shape: [1200, 80] });
    },
  );
});
