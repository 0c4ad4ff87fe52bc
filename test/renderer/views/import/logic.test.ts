import { describe, expect, it } from 'vitest';
import { matchedGenes, unmatchedGenes } from '../../../../src-renderer/views/import/genes.ts';
import { barsOf, edgeLabels, rangeText } from '../../../../src-renderer/views/import/histogram-bars.ts';
import {
  drawnText,
  markSize,
  placementOf,
  scaleBar,
} from '../../../../src-renderer/views/import/cell-map.ts';
import { EMPTY, type Draft } from '../../../../src-renderer/views/import/imports.ts';
import { nextStep, notReady } from '../../../../src-renderer/views/import/next-step.ts';
import { recognised } from '../../../../src-renderer/views/import/published.ts';
import { median, percent } from '../../../../src-renderer/views/import/words.ts';
import { anOverlap } from '../../helpers/preview.ts';
import { aDataset, aProject } from '../../helpers/records.ts';

const spatial = aDataset();
const reference = aDataset({ role: 'reference' });

function aDraft(phase: Draft['phase']): Draft {
  const rest = {
    name: '',
    storage: 'linked',
    preview: null,
    good: null,
    error: null,
    progress: null,
  } as const;
  return { ...rest, choice: { path: '/x' }, ticket: 't', phase };
}

describe('the next step', () => {
  it('goes from data to data to the model', () => {
    const none = EMPTY.drafts;
    expect(nextStep({ spatial: null, reference: null }, none)).toBe('choose-spatial');
    expect(nextStep({ spatial, reference: null }, none)).toBe('choose-reference');
    expect(nextStep({ spatial, reference }, none)).toBe('model');
  });

  it('is the import of what was chosen, and waits while it is read', () => {
    const ready = aDraft('ready');
    const reading = aDraft('reading');
    const empty = { spatial: null, reference: null };
    expect(nextStep(empty, { spatial: null, reference: ready })).toBe('import-reference');
    expect(nextStep(empty, { spatial: ready, reference: ready })).toBe('import-spatial');
    expect(nextStep(empty, { spatial: reading, reference: null })).toBe('wait');
    expect(nextStep({ spatial, reference }, { spatial: reading, reference: null })).toBe('wait');
  });

  it('is not the model where one cannot be trained', () => {
    expect(notReady(aProject({ reference: null }), null)).toBe('Import both datasets first');
    expect(notReady(aProject(), anOverlap({ problem: 'Only 1 gene.' }))).toBe('Only 1 gene.');
    expect(notReady(aProject({ sharedGenes: 0 }), null)).toContain('too few');
    expect(notReady(aProject(), anOverlap())).toBeUndefined();
  });
});

describe('genes', () => {
  it('are found by either spelling, those that differ first', () => {
    const all = matchedGenes(anOverlap(), '');
    expect(all.map(({ spatial: name, respelled }) => [name, respelled])).toEqual([
      ['Gad2', true],
      ['Vip', false],
    ]);
    expect(matchedGenes(anOverlap(), 'GAD')).toHaveLength(1);
    expect(matchedGenes(anOverlap({ shared: [['Aa', 'ENSMUSG1']] }), 'musg1')).toHaveLength(1);
  });

  it('of the panel only are sorted with their numbers', () => {
    const overlap = anOverlap({ onlySpatial: ['Sim10', 'Sim9', 'Apoe'] });
    expect(unmatchedGenes(overlap, '')).toEqual(['Apoe', 'Sim9', 'Sim10']);
    expect(unmatchedGenes(overlap, 'sim1')).toEqual(['Sim10']);
  });
});

describe('published data', () => {
  it('are told as a pair, or as one with its partners', () => {
    const osmfish = aDataset({ preset: 'osmFISH_AllenSSp' });
    const pair = recognised({
      spatial: aDataset({ preset: 'osmFISH_Zeisel' }),
      reference: aDataset({ role: 'reference', preset: 'osmFISH_Zeisel' }),
    });
    expect(pair).toMatchObject({ kind: 'pair', pair: { preset: 'osmFISH_Zeisel', sharedGenes: 32 } });
    const one = recognised({ spatial: osmfish, reference: null });
    expect(one?.kind === 'one' && one.partners.map(({ file }) => file)).toEqual([
      'AllenSSp_data_SC.csv',
      'AllenVISp_data_SC.csv',
      'Zeisel_data_SC.csv',
    ]);
    expect(recognised({ spatial: osmfish, reference })).toBeUndefined();
    expect(recognised({ spatial, reference: null })).toBeUndefined();
  });
});

describe('bars', () => {
  it('reach from edge to edge, and the smallest is still seen', () => {
    const bars = barsOf([0, 1, 1000], 300, 60);
    expect(bars.map(({ height }) => height)).toEqual([0, 1, 60]);
    expect(bars.map(({ x }) => x)).toEqual([0, 100, 200]);
  });

  it('have labels at both ends', () => {
    const edges = [0, 1, 10, 100, 1000];
    expect(edgeLabels(edges, 400).map(({ edge }) => edge)).toEqual(edges);
    expect(edgeLabels(edges, 150).map(({ edge, x, anchor }) => [edge, x, anchor])).toEqual([
      [0, 0, 'start'],
      [1000, 150, 'end'],
    ]);
    expect(edgeLabels([3, 4], 400)).toHaveLength(2);
  });

  it('of whole numbers end at the highest, which lies one below the last edge', () => {
    const last = (edges: number[]) => edgeLabels(edges, 150).at(-1)?.edge;
    expect(last(Array.from({ length: 35 }, (_, i) => i))).toBe(33);
    expect(last([0, 2, 4, 5])).toBe(4);
    expect(last([0, 0.5, 1])).toBe(1);
    expect(last([0, 1, 3, 10, 200])).toBe(200);
  });

  it('name a single number or a range', () => {
    expect(rangeText([22, 23, 30], 0, String)).toBe('22');
    expect(rangeText([22, 23, 30], 1, String)).toBe('23–30');
  });
});

describe('the small map', () => {
  it('says how many cells have a position, and speaks of a sample only of many cells', () => {
    expect(drawnText(2695, 2695)).toBe('2,695 positions');
    expect(drawnText(642, 2695)).toBe('642 of 2,695 cells have a position');
    expect(drawnText(642, 90_000)).toBe('642 of 90,000 cells have a position');
    expect(drawnText(20_000, 90_000)).toBe('20,000 positions drawn');
  });

  it('keeps the shape of the tissue and fits it in', () => {
    const xy = new Float32Array([100, 0, 300, 100, 200, 50]);
    const { scale, left, top } = placementOf(xy, 220, 400, 10);
    expect(scale).toBe(1);
    expect([100 * scale + left, 300 * scale + left]).toEqual([10, 210]);
    expect([0 * scale + top, 100 * scale + top]).toEqual([150, 250]);
  });

  it('survives a single cell and no cell', () => {
    const one = placementOf(new Float32Array([5, 5]), 100, 100);
    expect(5 * one.scale + one.left).toBeCloseTo(50, 3);
    expect(placementOf(new Float32Array(), 100, 100).scale).toBe(1);
  });

  it('has a scale bar of a round length, a quarter of the width at most', () => {
    for (const [scale, width] of [
      [0.0137, 520],
      [0.9, 520],
      [33, 320],
    ] as const) {
      const { length, pixels } = scaleBar(scale, width);
      expect(pixels).toBeLessThanOrEqual(width / 4 + 1e-6);
      expect(pixels).toBeGreaterThan(width / 25);
      expect(pixels / length).toBeCloseTo(scale, 9);
      expect([1, 2, 5]).toContain(Number(length.toExponential(3).split('e')[0]));
    }
  });

  it('draws many cells smaller', () => {
    expect(markSize(100, 500, 232)).toBe(5);
    expect(markSize(1_000_000, 500, 232)).toBe(1);
  });
});

describe('words', () => {
  it('round as a reader expects', () => {
    expect([0, 0.004, 0.714, 0.996, 1].map(percent)).toEqual(['0 %', '0.4 %', '71 %', '99.6 %', '100 %']);
    expect([3.5, 163.4, 8421].map(median)).toEqual(['3.5', '163', '8,421']);
  });
});
