import { mkdtemp, readFile, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { decode } from 'fast-png';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { loadRasteriser } from '../../../../src-main/evaluate/report/png.ts';
import { writeReport } from '../../../../src-main/evaluate/report/write-report.ts';
import type { EvaluationMaps } from '../../../../src-shared/domain/evaluation.ts';
import { Random } from '../../../../src-shared/maths/random.ts';
import { synthetic } from './synthetic.ts';

vi.mock('../../../../src-main/evaluate/report/png.ts', { spy: true });

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'spagene-report-'));
});
afterAll(async () => rm(folder, { recursive: true }));

const FIGURES = ['metrics', 'genes-pcc', 'genes-ssim', 'levels', 'map-1-Gene1', 'expected'];

/** Share of pixels that are not white. */
function inked(png: Uint8Array): number {
  const { data, channels } = decode(png);
  let dark = 0;
  for (let i = 0; i < data.length; i += channels) if (data[i]! + data[i + 1]! + data[i + 2]! < 600) dark++;
  return dark / (data.length / channels);
}

describe('writeReport', () => {
  it('writes every file, whole, with PNGs of twice the drawings’ size', async () => {
    const { report, rows, maps, expected } = synthetic({ genes: 40, cells: 400, mapGenes: 1 });
    const out = join(folder, 'new', 'folder');
    const written = await writeReport(out, report, rows, maps, expected);
    expect(written.warnings).toEqual([]);
    const names = written.paths.map((path) => relative(out, path)).sort();
    const drawings = FIGURES.flatMap((name) => [
      join('figures', `${name}.png`),
      join('figures', `${name}.svg`),
    ]);
    expect(names).toEqual([...drawings, 'per_gene.csv', 'report.html', 'report.json', 'summary.csv'].sort());
    expect(JSON.parse(await readFile(join(out, 'report.json'), 'utf8'))).toEqual(report);
    expect((await readdir(join(out, 'figures'))).sort()).toEqual(
      drawings.map((name) => name.slice(8)).sort(),
    );
    for (const name of FIGURES) {
      const svg = await readFile(join(out, 'figures', `${name}.svg`), 'utf8');
      const [, width, height] = /width="(\d+)" height="(\d+)"/u.exec(svg)!;
      const png = await readFile(join(out, 'figures', `${name}.png`));
      const image = decode(png);
      expect([image.width, image.height]).toEqual([2 * Number(width), 2 * Number(height)]);
      expect(inked(png)).toBeGreaterThan(0.01);
    }
  });

  it('stays under 5 MB with 11 methods, 250 genes and 4 maps of 20,000 cells, and loads nothing', async () => {
    const { report, rows, maps: ribbon, expected } = synthetic({ genes: 250, cells: 20_000 });
    const random = new Random(3);
    // The worst case: a full square of cells, of noise that does not compress.
    const noise = (): Float32Array => Float32Array.from({ length: 20_000 }, () => random.uniform());
    const maps: EvaluationMaps = {
      ...ribbon,
      positions: Float64Array.from({ length: 40_000 }, () => 1000 * random.uniform()),
      genes: ribbon.genes.map(({ gene, imputed }) => ({
        gene,
        measured: noise(),
        imputed: imputed.map((map) => ({ ...map, values: noise() })),
      })),
    };
    vi.mocked(loadRasteriser).mockRejectedValueOnce(new Error('no rasteriser here'));
    const out = join(folder, 'large');
    const written = await writeReport(out, report, rows, maps, expected);
    const path = join(out, 'report.html');
    expect((await stat(path)).size).toBeLessThan(5e6);
    const html = await readFile(path, 'utf8');
    // Searched with test(), since a page of megabytes in a failure helps nobody.
    expect(/(?:src|href|action|poster)\s*=\s*["']?\s*(?:https?:|\/\/|file:)/iu.test(html)).toBe(false);
    expect(/<link|@import|[\s:]url\((?!#)|<iframe|<object|fetch\(/u.test(html)).toBe(false);
    const addresses = new Set(html.match(/https?:\/\/[^"'\s<&]*/gu));
    expect([...addresses]).toEqual(['http://www.w3.org/2000/svg']);
    // Where drawings cannot become PNG, the rest is written and the reader told.
    expect(written.paths.filter((name) => name.endsWith('.svg'))).toHaveLength(9);
    expect(written.paths.filter((name) => name.endsWith('.png'))).toEqual([]);
    expect(written.warnings[0]).toMatch(/SVG only.*no rasteriser here/u);
    expect(html.includes('no rasteriser here')).toBe(true);
  });

  it('leaves no half-written file, and says when the folder cannot be made', async () => {
    const { report, rows, maps } = synthetic({ genes: 10, cells: 20, mapGenes: 0 });
    const file = join(folder, 'a-file');
    await writeFile(file, '');
    await expect(writeReport(join(file, 'out'), report, rows, maps)).rejects.toMatchObject({
      name: 'UserError',
    });
  });
});

describe('the rasteriser', () => {
  it('reads drawings whose texts hold anything', async () => {
    const rasterise = await loadRasteriser();
    const { text, drawing } = await import('../../../../src-shared/plot/svg.ts');
    const blank = inked(rasterise(drawing(60, 20, 'x')));
    const named = inked(rasterise(drawing(60, 20, '<&>', text('<a b="c">&\u0000\uD800µ√', 2, 15))));
    expect(blank).toBe(0);
    expect(named).toBeGreaterThan(0.02);
  });
});
