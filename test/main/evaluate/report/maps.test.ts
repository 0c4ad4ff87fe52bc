import { decode } from 'fast-png';
import { describe, expect, it } from 'vitest';
import type { EvaluationMaps } from '../../../../src-shared/domain/evaluation.ts';
import { reportData } from '../../../../src-main/evaluate/report/figure.ts';
import { clipRange, geneMaps } from '../../../../src-main/evaluate/report/maps.ts';
import { synthetic } from './synthetic.ts';

const { report, rows, maps } = synthetic({ cells: 300, mapGenes: 2 });
const data = reportData(report, rows);

const images = (svg: string): Uint8Array[] =>
  [...svg.matchAll(/href="data:image\/png;base64,([^"]+)"/gu)].map((m) => Buffer.from(m[1]!, 'base64'));

describe('clipRange', () => {
  it('runs from the 1st to the 99th percentile', () => {
    const values = Float32Array.from({ length: 101 }, (_, i) => i);
    expect(clipRange(values)).toEqual([1, 99]);
  });

  it('takes all values of a gene that hardly any cell shows', () => {
    const values = new Float32Array(1000);
    values[7] = 3;
    expect(clipRange(values)).toEqual([0, 3]);
  });
});

describe('maps', () => {
  it('show the measured map first, then every method in reading order with its PCC', () => {
    const figures = geneMaps(data, maps);
    expect(figures.map(({ name }) => name)).toEqual(['map-1-Gene1', 'map-2-Gene2']);
    const { svg, caption } = figures[0]!;
    expect(images(svg)).toHaveLength(12);
    const titles = [...svg.matchAll(/font-size="11.5" font-weight="700">([^<]+)</gu)].map((m) => m[1]);
    expect(titles.slice(0, 3)).toEqual(['Gene1, measured', 'SpaGene', 'SpaGene, network alone']);
    expect(titles.at(-1)).toBe('Most correlated panel gene (floor)');
    const { pcc } = maps.genes[0]!.imputed.find(({ method }) => method === 'spagene')!;
    expect(svg).toContain(`PCC ${pcc.toFixed(2)}`);
    expect(svg).toMatch(/>\d+(?:\.\d+)? [µm]m</u);
    expect(caption).toMatch(/1st to the 99th percentile/u);
    expect(caption).toMatch(/y axis points up/u);
  });

  it('put a high cell in yellow where it lies, with y upwards', () => {
    const two: EvaluationMaps = {
      positions: Float64Array.of(0, 0, 100, 100),
      unit: 'unknown',
      genes: [{ gene: 'G', measured: Float32Array.of(0, 5), imputed: [] }],
    };
    const { svg } = geneMaps(data, two)[0]!;
    const { width, height, data: pixels, palette } = decode(images(svg)[0]!);
    const top = [...pixels].findIndex((index) => palette![index]!.slice(0, 3).join() === '253,231,37');
    const low = [...pixels].findIndex((index) => palette![index]!.slice(0, 3).join() === '68,1,84');
    expect(Math.floor(top / width)).toBeLessThan(height / 2);
    expect(top % width).toBeGreaterThan(width / 2);
    expect(Math.floor(low / width)).toBeGreaterThan(height / 3);
    expect(low % width).toBeLessThan(width / 2);
    // Without a unit there is no scale bar.
    expect(svg).not.toMatch(/µm|mm</u);
  });

  it('are drawn with fewer pixels where they would take too many bytes', () => {
    const width = (most?: number): number => decode(images(geneMaps(data, maps, most)[1]!.svg)[0]!).width;
    const bytes = (most?: number): number =>
      geneMaps(data, maps, most).reduce((sum, { svg }) => sum + svg.length, 0);
    const whole = bytes();
    expect(bytes(0.6 * whole)).toBeLessThanOrEqual(0.6 * whole);
    expect(width(0.6 * whole)).toBeLessThan(width());
    expect(width(1)).toBeGreaterThan(50);
  });

  it('need positions', () => {
    expect(geneMaps(data, { ...maps, positions: undefined })).toEqual([]);
  });

  it('name files after a gene whatever it is called', () => {
    const names = ['../../etc', 'µ', 'HLA-A/B', 'x'.repeat(300)].map((gene) => ({ ...maps.genes[0]!, gene }));
    const found = geneMaps(data, { ...maps, genes: names }).map(({ name }) => name);
    expect(found).toEqual(['map-1-etc', 'map-2', 'map-3-HLA-A-B', `map-4-${'x'.repeat(40)}`]);
  });

  it('say of a constant map that it is constant', () => {
    const flat = { ...maps.genes[0]!, imputed: [{ method: 'knn', values: new Float32Array(300), pcc: 0 }] };
    expect(geneMaps(data, { ...maps, genes: [flat] })[0]!.svg).toContain('>constant<');
  });
});
