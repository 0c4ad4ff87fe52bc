import { join } from 'node:path';
import { UserError } from '../../../src-shared/contract/errors.ts';
import { GENE_METRICS, type GeneRow } from '../../../src-shared/domain/evaluation.ts';
import { readTextTable } from '../../io/text-table.ts';

/** per_gene.csv of an evaluation. Throws a UserError when it is not there or lacks a column. */
export async function readGeneRows(folder: string): Promise<GeneRow[]> {
  const path = join(folder, 'per_gene.csv');
  const { names, columns, rows } = await readTextTable(path);
  const column = (name: string): readonly string[] => {
    const found = columns[names.indexOf(name)];
    if (found !== undefined) return found;
    throw new UserError(`${path} has no column ${name}; resume the evaluation to have it written again.`, {
      file: path,
      element: name,
    });
  };
  const text = (name: string) => column(name);
  const numbers = (name: string) => column(name).map((value) => (value === '' ? Number.NaN : Number(value)));
  const [dataset, method, gene] = [text('dataset'), text('method'), text('gene')];
  const [seed, fold] = [numbers('seed'), numbers('fold')];
  const [measured, imputed] = [numbers('moran_measured'), numbers('moran_imputed')];
  const metrics = GENE_METRICS.map((metric) => [metric, numbers(metric)] as const);
  const present = (value: number) => (Number.isNaN(value) ? null : value);
  return Array.from({ length: rows }, (_, row) => ({
    dataset: dataset[row]!,
    method: method[row]!,
    gene: gene[row]!,
    seed: seed[row]!,
    fold: fold[row]!,
    ...(Object.fromEntries(metrics.map(([metric, values]) => [metric, values[row]!])) as Pick<
      GeneRow,
      (typeof GENE_METRICS)[number]
    >),
    moran_measured: present(measured[row]!),
    moran_imputed: present(imputed[row]!),
  }));
}
