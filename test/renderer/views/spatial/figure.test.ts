import { describe, expect, it } from 'vitest';
import { Percentiles } from '../../../../src-shared/plot/percentiles.ts';
import { figureOf, type FigureContext } from '../../../../src-renderer/views/spatial/figure/figure-layout.ts';
import { MOST_CIRCLES, needsPicture, toSvg } from '../../../../src-renderer/views/spatial/figure/to-svg.ts';
import { DEFAULT_SETTINGS } from '../../../../src-renderer/views/spatial/settings.ts';
import { mapColour } from '../../../../src-shared/plot/colour-maps.ts';
import { hexOf } from '../../../../src-shared/plot/colour-scale.ts';
import { pointGrid } from '../../../../src-shared/plot/point-grid.ts';

function contextOf(cells: number, gene = 'Gad1'): FigureContext {
  const wide = Math.ceil(Math.sqrt(cells));
  const xy = Float32Array.from({ length: 2 * cells }, (_, i) =>
    i % 2 === 0 ? (i >> 1) % wide : Math.floor((i >> 1) / wide),
  );
  const values = Float32Array.from({ length: cells }, (_, i) => i);
  const order = Uint32Array.from({ length: cells }, (_, i) => i);
  const vector = { values, unit: 'counts', spread: new Percentiles(values) };
  return {
    cells: { cells, unit: 'micrometre', sections: [{ name: '', cells }], columns: [], images: [] },
    layout: { xy, filed: xy, origin: [0, 0], sections: null, spacing: 1, isMoved: false },
    shown: { order, xy, bounds: [0, 0, wide, wide], diameter: 1, grid: () => pointGrid(xy) },
    states: [
      {
        ...{ title: gene, what: 'measured', error: null, isWaiting: false },
        picture: { kind: 'values', title: gene, gene, what: 'measured', vector, isDifference: false },
      },
    ],
    limits: [[0, cells - 1]],
    look: {
      ...{ order, missing: [0, 0, 0], ground: [0, 0, 0], colourMap: 'viridis', clip: [0, 100] },
      ...{ selection: null, muted: new Set() },
    },
    settings: { ...DEFAULT_SETTINGS, clip: [0, 100] },
    image: null,
  };
}

const parse = (svg: string) => new DOMParser().parseFromString(svg, 'image/svg+xml');

describe('a figure as SVG', () => {
  it('holds every cell as a circle of its colour, with title, legend, unit, scale bar and number of cells', () => {
    const svg = parse(toSvg(figureOf(contextOf(100), { x: 5, y: 5, scale: 30 }, 'Cortex', 800, 600)));
    const circles = [...svg.querySelectorAll('circle')];
    expect(circles).toHaveLength(100);
    expect(circles[0]?.getAttribute('fill')).toBe(hexOf(mapColour('viridis', 0)));
    expect(circles[99]?.getAttribute('fill')).toBe(hexOf(mapColour('viridis', 1)));
    expect(Number(circles[1]!.getAttribute('cx')) - Number(circles[0]!.getAttribute('cx'))).toBeCloseTo(
      30,
      1,
    );
    const words = [...svg.querySelectorAll('text')].map((text) => text.textContent);
    for (const word of [
      'Cortex',
      'Gad1',
      'measured',
      '0',
      '99',
      'counts',
      'all values',
      '2 µm',
      '100 cells',
    ]) {
      expect(words).toContain(word);
    }
    expect(svg.querySelector('parsererror')).toBeNull();
  });

  it('leaves out cells that are not seen', () => {
    const figure = figureOf(contextOf(10_000), { x: 10, y: 10, scale: 40 }, '', 600, 400);
    const circles = parse(toSvg(figure)).querySelectorAll('circle').length;
    expect(circles).toBeGreaterThan(20);
    expect(circles).toBeLessThan(400);
  });

  it('has the legend above the cells and the foot on two rows where a panel is narrow', () => {
    const one = contextOf(100);
    const fourTimes = <V>([value]: readonly V[]) => Array.from({ length: 4 }, () => value!);
    const four = { ...one, states: fourTimes(one.states), limits: fourTimes(one.limits) };
    const { items } = figureOf(four, { x: 5, y: 5, scale: 6 }, '', 520, 800);
    const planes = items.flatMap((item) => (item.kind === 'discs' ? [item.box] : []));
    expect(planes).toHaveLength(4);
    for (const plane of planes) expect(plane.width).toBeGreaterThan(0.8 * 259);
    const ramps = items.flatMap((item) => (item.kind === 'ramp' ? [item.box] : []));
    ramps.forEach((ramp, i) => expect(ramp.y + 64).toBeLessThanOrEqual(planes[i]!.y));
    expect(ramps[0]!.width).toBeGreaterThan(200);
    const foot = (width: number, scale: number) => {
      const figure = figureOf(one, { x: 5, y: 5, scale }, '', width, 400);
      const y = (word: string) => figure.items.find((item) => item.kind === 'text' && item.text === word);
      const [bar, count] = [y('2 µm') ?? y('1 µm'), y('100 cells')];
      return [bar, count].map((item) => (item?.kind === 'text' ? item.y : NaN));
    };
    const [wideBar, wideCount] = foot(800, 30);
    expect(wideCount).toBe(wideBar);
    const [bar, count] = foot(130, 30);
    expect(count! - bar!).toBeGreaterThan(11);
    expect(count!).toBeLessThan(400);
  });

  it('is safe with names that look like markup', () => {
    const svg = toSvg(figureOf(contextOf(4, '<script>&"'), { x: 1, y: 1, scale: 100 }, '<b>', 500, 400));
    expect(parse(svg).querySelector('parsererror')).toBeNull();
    expect(svg).not.toContain('<script>');
  });

  it('takes a picture for more cells than any program draws as circles', () => {
    const figure = figureOf(contextOf(MOST_CIRCLES + 1), { x: 112, y: 112, scale: 2 }, '', 800, 700);
    const discs = figure.items.find((item) => needsPicture(item))!;
    expect(discs.kind).toBe('discs');
    expect(() => toSvg(figure)).toThrow(RangeError);
    const svg = parse(toSvg(figure, new Map([[discs, 'data:image/png;base64,AAAA']])));
    expect(svg.querySelector('image')?.getAttribute('href')).toBe('data:image/png;base64,AAAA');
    expect(svg.querySelectorAll('circle')).toHaveLength(0);
  });
});
