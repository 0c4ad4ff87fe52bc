import type { EvaluationMaps, GeneMap } from '../../src-shared/domain/evaluation.ts';
import { readFold, readImputed, type DrawnFold, type JobRecord } from './job-files.ts';

/** Genes shown unless the user names some. */
const SHOWN_GENES = 4;

/** A job, and the folder of the evaluation that it lies in. */
export interface FoundJob {
  readonly root: string;
  readonly record: JobRecord;
}

/**
 * Genes for the maps: those with the most spatial structure as measured (Moran's I), which is known before anything
 * is imputed, so the choice favours no method. Of the first seed.
 */
export function genesToShow(
  jobs: readonly FoundJob[],
  asked: readonly string[] = [],
): { readonly genes: string[]; readonly missing: string[] } {
  const measured = new Map<string, number>();
  for (const { record } of jobs) {
    for (const { gene, moran_measured: i } of record.scores) if (i !== null) measured.set(gene, i);
  }
  if (asked.length > 0) {
    const wanted = new Set(asked.map((gene) => gene.toUpperCase()));
    const genes = [...measured.keys()].filter((gene) => wanted.has(gene.toUpperCase()));
    const found = new Set(genes.map((gene) => gene.toUpperCase()));
    return { genes, missing: asked.filter((gene) => !found.has(gene.toUpperCase())) };
  }
  const genes = [...measured]
    .sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1))
    .slice(0, SHOWN_GENES)
    .map(([gene]) => gene);
  return { genes, missing: [] };
}

/**
 * Measured and imputed values of some held-out genes on the drawn cells. Genes of different folds are drawn on the
 * cells that all those folds scored.
 */
export async function mapsOf(jobs: readonly FoundJob[], genes: readonly string[]): Promise<EvaluationMaps> {
  const shown: { gene: string; drawn: DrawnFold; jobs: FoundJob[] }[] = [];
  for (const gene of genes) {
    const first = jobs.find(({ record }) => record.scores.some((score) => score.gene === gene));
    if (first === undefined) continue;
    const { seed, fold } = first.record;
    const same = jobs.filter(({ record }) => record.seed === seed && record.fold === fold);
    shown.push({ gene, drawn: await readFold(first.root, seed, fold), jobs: same });
  }
  const base = shown[0]?.drawn;
  if (base?.positions === undefined) return { positions: undefined, unit: 'unknown', genes: [] };
  const common = commonRows(shown.map(({ drawn }) => drawn));
  const maps: GeneMap[] = [];
  for (const { gene, drawn, jobs: found } of shown) maps.push(await mapOf(gene, drawn, found, common));
  const cells = indicesOf(base, common);
  const { positions } = base;
  return {
    positions: Float64Array.from(
      { length: cells.length * 2 },
      (_, i) => positions[cells[i >> 1]! * 2 + (i & 1)]!,
    ),
    unit: base.unit,
    genes: maps,
  };
}

function commonRows(folds: readonly DrawnFold[]): Set<number> {
  const [first, ...rest] = folds.map(({ rows }) => new Set(rows));
  return new Set([...first!].filter((row) => rest.every((rows) => rows.has(row))));
}

function indicesOf({ rows }: DrawnFold, wanted: ReadonlySet<number>): Int32Array {
  return Int32Array.from(rows.keys()).filter((i) => wanted.has(rows[i]!));
}

async function mapOf(
  gene: string,
  drawn: DrawnFold,
  jobs: readonly FoundJob[],
  common: ReadonlySet<number>,
): Promise<GeneMap> {
  const at = drawn.genes.indexOf(gene);
  const cells = indicesOf(drawn, common);
  const profile = (values: Float32Array) =>
    Float32Array.from(cells, (cell) => values[at * drawn.cells + cell]!);
  const imputed = [];
  for (const { root, record } of jobs) {
    const values = profile(await readImputed(root, record));
    imputed.push({ method: record.method, values, pcc: record.scores.find((s) => s.gene === gene)!.pcc });
  }
  return { gene, measured: profile(drawn.measured), imputed };
}
