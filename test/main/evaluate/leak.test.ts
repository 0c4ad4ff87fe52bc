import { beforeAll, describe, expect, it } from 'vitest';
import { selectBackend } from '../../../src-main/backend/select.ts';
import { allMethods } from '../../../src-main/engine/method-table.ts';
import { openEvaluation } from '../../../src-main/evaluate/evaluation.ts';
import { genesOfFold, prepareFold, type Fold } from '../../../src-main/evaluate/fold.ts';
import { runMethod } from '../../../src-main/evaluate/run-method.ts';
import { noStore } from '../../../src-main/methods/train-members.ts';
import { drain } from '../../../src-shared/contract/drain.ts';
import { presetParameters } from '../../../src-shared/domain/run-config.ts';
import { Random } from '../../../src-shared/maths/random.ts';
import { inputsOf, quick, smallTissue, type Tables } from './small-tissue.ts';

const rule = { folds: 5, rule: 'name' } as const;
const FOLD = 2;

async function foldOf(tables: Tables): Promise<Fold> {
  const evaluation = await openEvaluation(inputsOf(tables), quick);
  return prepareFold(evaluation, genesOfFold(evaluation, rule, 1, FOLD));
}

/** The same tables with other values in some spatial columns: zeros in a third of the cells, large counts elsewhere. */
function changed(tables: Tables, genes: readonly string[]): Tables {
  const random = new Random(9, 'changed');
  const hidden = tables.spatialGenes.flatMap((gene, column) => (genes.includes(gene) ? [column] : []));
  const spatial = tables.spatial.map((row) => {
    const copy = row.slice();
    for (const column of hidden) copy[column] = random.uniform() < 1 / 3 ? 0 : random.below(5000);
    return copy;
  });
  return { ...tables, spatial };
}

async function imputed(fold: Fold, name: string): Promise<Map<number, number[]>> {
  // A small network in place of the published one, which would take minutes.
  const small = { ...presetParameters('paper'), ...quick.parameters, 'blend.floors': 'none' } as const;
  const method = allMethods(name === 'spagene-paper' ? { ...quick, parameters: small } : quick).find(
    (one) => one.name === (name === 'spagene-paper' ? 'spagene' : name),
  )!;
  const { imputed: genes, expected } = await drain(runMethod(method, fold, noStore), () => undefined);
  const rows = Array.from(fold.fileRows, (row, i) => [row, genes.map((values) => values[i]!)] as const);
  return new Map([...rows, [-1, [...(expected ?? [])]]]);
}

describe('a fold', () => {
  const tables = smallTissue();
  let original: Fold;
  let other: Fold;

  beforeAll(async () => {
    await selectBackend('wasm', { threads: 1 });
    original = await foldOf(tables);
    other = await foldOf(
      changed(
        tables,
        original.genes.map(({ gene }) => gene),
      ),
    );
  });

  it('has genes whose truth the change has changed', () => {
    expect(original.genes.length).toBeGreaterThanOrEqual(5);
    expect(other.genes.map(({ gene }) => gene)).toEqual(original.genes.map(({ gene }) => gene));
    for (const [i, truth] of original.truth.entries()) expect([...truth]).not.toEqual([...other.truth[i]!]);
  });

  it('shows methods the same numbers to the bit, whatever the held-out values are', () => {
    const facts = ({ input: { processed, ...rest } }: Fold) => ({ ...rest, processed: processed(7, 3) });
    expect(facts(other)).toEqual(facts(original));
  });

  it.each([
    'spagene',
    'spagene-network',
    'spagene-paper',
    'spage',
    'tangram',
    'tangram-clusters',
    'gimvi',
    'ridge',
    'knn',
    'cluster-mean',
    'best-gene',
  ])(
    '%s imputes the same to the bit, whatever the held-out values are',
    async (name) => {
      const [a, b] = [await imputed(original, name), await imputed(other, name)];
      const cells = [...a.keys()].filter((row) => b.has(row));
      expect(cells.length).toBeGreaterThan(100);
      for (const row of cells) expect(b.get(row)).toEqual(a.get(row));
    },
    120_000,
  );

  it('hides every column of a gene that the file holds twice', async () => {
    // The second column is named in other letters and would give the held-out values away.
    const gene = original.genes[0]!.gene;
    const twice: Tables = {
      ...tables,
      spatialGenes: [...tables.spatialGenes, gene.toLowerCase()],
      spatial: tables.spatial.map((row) =>
        Float64Array.from([...row, row[tables.spatialGenes.indexOf(gene)]!]),
      ),
    };
    const { input } = await foldOf(twice);
    const names = input.data.spatial.genes.names.map((name) => name.toUpperCase());
    expect(names).not.toContain(gene.toUpperCase());
    expect(input.data.spatial.totals).toEqual(original.input.data.spatial.totals);
  });
});
