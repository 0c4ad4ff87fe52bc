import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { analyse } from '../../../../src-main/engine/analyse/analyse.ts';
import { hasAnalysis, readAnalysis } from '../../../../src-main/engine/analyse/analysis-files.ts';
import { analysisDefaults, type AnalysisParameters } from '../../../../src-shared/domain/analysis.ts';
import type { AnalysisEvent } from '../../../../src-shared/domain/analysis-event.ts';
import type { AnalysisResult } from '../../../../src-shared/domain/analysis-result.ts';
import { spearman } from '../../../../src-shared/maths/metrics.ts';
import { openDataset } from '../../../../src-main/io/registry.ts';
import { adjustedRand } from '../../../helpers/adjusted-rand.ts';
import { analysedRun, type AnalysedRun } from '../../../helpers/analysed-run.ts';

let run: AnalysedRun;
beforeAll(async () => {
  run = await analysedRun();
});
afterAll(() => rmSync(run.folder, { recursive: true, force: true }));

const labels = { column: 'cell_type' };
const lymphocytes = { labels, types: ['T cell', 'B cell'], graph: { kind: 'nearest', k: 20 } } as const;

async function go(name: string, parameters: AnalysisParameters, stop?: AbortSignal) {
  const events: AnalysisEvent[] = [];
  const out = join(run.folder, name);
  await analyse(
    { run: run.folder, out, parameters, backend: 'wasm' },
    { emit: (event) => events.push(event), version: '0.0.0', ...(stop !== undefined && { stop }) },
  );
  return { events, out, ...(await readAnalysis(out)) };
}

function numbersOf({ tables }: AnalysisResult, table: string, column: string): (number | null)[] {
  const found = tables.find(({ name }) => name === table)!.columns.find(({ name }) => name === column)!;
  return found.kind === 'number' ? found.values : [];
}

function textsOf({ tables }: AnalysisResult, table: string, column: string): string[] {
  const found = tables.find(({ name }) => name === table)!.columns.find(({ name }) => name === column)!;
  return found.kind === 'text' ? found.values : [];
}

const niches: AnalysisParameters = { kind: 'niches', ...analysisDefaults.niches, labels, niches: 5 };

describe('an analysis of a run', () => {
  it('recovers planted niches, and writes them for people and for Scanpy', async () => {
    const { result, out, events, cells } = await go('niches', niches);
    const niche = result.vectors.find(({ name }) => name === 'niche')!;
    expect(niche.kind === 'category' && adjustedRand(niche.codes, run.niche)).toBeGreaterThan(0.85);
    expect(result.basis).toBe('positions');
    expect(events.map(({ kind }) => kind)).toContain('share');
    expect(events.at(-1)?.kind).toBe('finished');
    expect(cells).toHaveLength(run.tissue.spatial.count);
    expect(readdirSync(out).sort()).toEqual([
      'analysis.bin',
      'analysis.h5ad',
      'niche_composition.csv',
      'niche_scaled.csv',
      'niches.csv',
      'report.json',
      'silhouette.csv',
    ]);
    expect(readFileSync(join(out, 'niches.csv'), 'utf8').split('\n')[0]).toBe('niche,suggested,cells,share');
    const h5ad = await openDataset(join(out, 'analysis.h5ad'));
    try {
      const column = h5ad.obs.find(({ name }) => name === 'niche');
      expect(column?.kind === 'category' && column.categories).toEqual(
        niche.kind === 'category' && niche.names,
      );
    } finally {
      await h5ad.close();
    }
  });

  it('maps the neighbours of chosen types, and chooses fields where they are and are not', async () => {
    const { result } = await go('neighbours', {
      kind: 'neighbours',
      ...analysisDefaults.neighbours,
      ...lymphocytes,
      types: [...lymphocytes.types],
      permutations: 50,
      fields: { count: 2, side: null },
    });
    expect(result.matrices.map(({ name }) => name)).toEqual([
      'enrichment_z',
      'enrichment_count',
      'composition',
    ]);
    expect(textsOf(result, 'groups', 'group')).toEqual(['none', 'low', 'moderate', 'high']);
    const shares = numbersOf(result, 'fields', 'value');
    expect(textsOf(result, 'fields', 'field')).toEqual(['most 1', 'most 2', 'least 1', 'least 2']);
    expect(Math.min(shares[0]!, shares[1]!)).toBeGreaterThan(0.5);
    expect(Math.max(shares[2]!, shares[3]!)).toBeLessThan(0.1);
  });

  it('orders cells along the planted gradient', async () => {
    await go('niches', niches);
    const inside = new Set(
      [...run.niche.keys()].filter((cell) => Number.isFinite(run.tissue.spatial.known['pseudotime']![cell]!)),
    );
    const truth = run.tissue.spatial.known['pseudotime']!;
    const tumour = [...inside].filter((cell) => run.tissue.spatial.type[cell] === 0);
    const start = tumour.sort((a, b) => truth[a]! - truth[b]!).slice(0, 20);
    const { cells } = await readAnalysis(join(run.folder, 'niches'));
    const nicheNames = (await readAnalysis(join(run.folder, 'niches'))).result.vectors[0]!;
    const codes = nicheNames.kind === 'category' ? nicheNames : undefined;
    const most = start.map((cell) => codes!.names[codes!.codes[cell]!]!);
    const { result } = await go('pseudotime', {
      kind: 'pseudotime',
      ...analysisDefaults.pseudotime,
      within: { labels: { analysis: join(run.folder, 'niches') }, names: [...new Set(most)] },
      among: { labels, names: ['Tumour'] },
      start: { cells: start.map((cell) => cells[cell]!) },
      neighbourhood: { ...lymphocytes, types: [...lymphocytes.types] },
      embed: false,
    });
    const found = result.vectors.find(({ name }) => name === 'pseudotime')!;
    const values = found.kind === 'number' ? found.values : new Float32Array();
    const both = tumour.filter((cell) => Number.isFinite(values[cell]!));
    expect(both.length).toBeGreaterThan(100);
    expect(
      spearman(
        both.map((cell) => values[cell]!),
        both.map((cell) => truth[cell]!),
      ),
    ).toBeGreaterThan(0.9);
    expect(numbersOf(result, 'groups', 'median').filter((median) => median !== null).length).toBeGreaterThan(
      1,
    );
  });

  it('finds the planted pathway by the imputed genes and not by the panel', async () => {
    const genes = await go('genes', {
      kind: 'genes',
      ...analysisDefaults.genes,
      neighbourhood: { ...lymphocytes, types: [...lymphocytes.types] },
      among: { labels, names: ['Tumour'] },
      permutations: 199,
    });
    expect(genes.result.basis).toBe('both');
    const { tissue, folder } = run;
    const planted = tissue.genes.names.filter((_, g) => programOf(g) === 'pathway');
    const decoys = Array.from({ length: 20 }, (_, set) =>
      ['DECOY_' + String(set), '', ...tissue.genes.names.filter((_, g) => (g * 7 + set) % 20 === 0)].join(
        '\t',
      ),
    );
    const gmt = join(folder, 'sets.gmt');
    writeFileSync(gmt, [['PLANTED', '', ...planted].join('\t'), ...decoys].join('\n'));
    const { result, out } = await go('pathways', {
      kind: 'pathways',
      ...analysisDefaults.pathways,
      genes: genes.out,
      files: [gmt],
      starter: false,
      permutations: 100,
    });
    const q = (table: string) =>
      numbersOf(result, table, 'q')[textsOf(result, table, 'term').indexOf('PLANTED')];
    expect(q('imputed_all')).toBeLessThan(0.05);
    expect(q('raw')).toBeUndefined();
    expect(textsOf(result, 'imputed_all', 'genes')[0]!.split(' ').length).toBeGreaterThan(5);
    expect(existsSync(join(out, 'ranked_imputed_all.csv'))).toBe(true);
    expect(result.tables.find(({ name }) => name === 'figure')!.columns[0]!.values.length).toBeGreaterThan(0);
  });

  it('compares Moran’s I of measured and imputed genes, and says that imputation inflates it', async () => {
    const { result } = await go('moran', { kind: 'moran', ...analysisDefaults.moran });
    const measured = numbersOf(result, 'moran', 'measured_i');
    expect(measured.filter((i) => i !== null)).toHaveLength(run.tissue.genes.panel.length);
    expect(result.notes[0]).toMatch(/inflates/u);
  });

  it('takes cell types from the reference, and clusters where there are none', async () => {
    const { result } = await go('types', {
      kind: 'cell-types',
      ...analysisDefaults['cell-types'],
      method: 'transfer',
    });
    const type = result.vectors[0]!;
    const right = run.tissue.spatial.type.filter(
      (t, cell) =>
        type.kind === 'category' && type.names[type.codes[cell]!] === run.tissue.anatomy.cellTypes[t],
    ).length;
    expect(right / run.tissue.spatial.count).toBeGreaterThan(0.99);
    const clusters = await go('clusters', { kind: 'cell-types', ...analysisDefaults['cell-types'] });
    expect(clusters.result.vectors[0]!.kind).toBe('category');
    expect(clusters.result.basis).toBe('imputed');
  });
});

describe('what is wrong is said in a sentence, and leaves nothing', () => {
  const refused: [string, AnalysisParameters, RegExp][] = [
    [
      'a column that is not there',
      { ...niches, labels: { column: 'celltype' } },
      /no cell column "celltype".*cell_type/u,
    ],
    [
      'a type that is not there',
      {
        kind: 'genes',
        ...analysisDefaults.genes,
        neighbourhood: { ...lymphocytes, types: ['NK cell'] },
      },
      /no label "NK cell"/u,
    ],
    [
      'start cells elsewhere',
      {
        kind: 'pseudotime',
        ...analysisDefaults.pseudotime,
        within: { labels, names: ['Tumour'] },
        start: { labels, names: ['B cell'] },
      },
      /None of the start cells/u,
    ],
    [
      'genes of no analysis',
      { kind: 'pathways', ...analysisDefaults.pathways, files: [], genes: '/nowhere' },
      /holds no finished analysis/u,
    ],
  ];
  it.each(refused)('%s', async (what, parameters, sentence) => {
    const name = `refused-${what.replaceAll(' ', '-')}`;
    await expect(go(name, parameters)).rejects.toThrow(sentence);
    expect(hasAnalysis(join(run.folder, name))).toBe(false);
  });

  it('stops when told to', async () => {
    const stop = new AbortController();
    stop.abort();
    await expect(go('stopped', niches, stop.signal)).rejects.toThrow();
    expect(hasAnalysis(join(run.folder, 'stopped'))).toBe(false);
  });

  it('does not write into the folder of something else', async () => {
    const other = join(run.folder, 'other');
    mkdirSync(other);
    writeFileSync(join(other, 'config.json'), '{}');
    await expect(go('other', niches)).rejects.toThrow(/something else/u);
  });
});

function programOf(gene: number): string {
  const { anatomy, genes } = run.tissue;
  return anatomy.programs[genes.program[gene]!]!.name;
}
