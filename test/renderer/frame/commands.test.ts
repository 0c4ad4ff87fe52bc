import { describe, expect, it, vi } from 'vitest';
import { geneCommands, matching, viewCommands } from '../../../src-renderer/frame/commands.ts';
import { steps } from '../../../src-renderer/frame/steps.ts';
import { aFinishedRun, aProject } from '../helpers/records.ts';

const genes = ['Gad1', 'Gad2', 'Egad', 'Sst', 'Gad', 'Pvalb'];

describe('finding by typing', () => {
  it('puts genes that begin with what is typed first, the shortest at the top, whatever the case', () => {
    const found = geneCommands(genes, 'gAd', vi.fn());
    expect(found.map(({ title }) => title)).toEqual(['Gad', 'Gad1', 'Gad2', 'Egad']);
  });

  it('lists no gene before something is typed, and no more than asked for', () => {
    expect(geneCommands(genes, ' ', vi.fn())).toEqual([]);
    const many = Array.from({ length: 30_000 }, (_, i) => `Gene${i}`);
    expect(geneCommands(many, 'gene', vi.fn(), 8)).toHaveLength(8);
  });

  it('opens the map on the gene', () => {
    const goTo = vi.fn();
    geneCommands(genes, 'Sst', goTo)[0]!.run();
    expect(goTo).toHaveBeenCalledWith('map', { gene: 'Sst' });
  });

  it('finds commands by any of their words', () => {
    const goTo = vi.fn();
    const found = matching(viewCommands(goTo), 'quality go');
    expect(found.map(({ title }) => title)).toEqual(['Go to Quality']);
    found[0]!.run();
    expect(goTo).toHaveBeenCalledWith('quality');
  });
});

describe('the steps of the rail', () => {
  const waits = (project: Parameters<(typeof steps)[number]['waitsFor']>[0]) =>
    Object.fromEntries(steps.map((step) => [step.view, step.waitsFor(project)?.where]));

  it('lead to the data while one is missing', () => {
    expect(waits(aProject({ spatial: null }))).toEqual({
      data: undefined,
      model: 'data',
      train: 'data',
      map: 'data',
      quality: 'data',
      biology: 'data',
      export: 'train',
    });
    expect(waits(aProject({ reference: null }))['map']).toBeUndefined();
  });

  it('are all ready once a run has finished', () => {
    expect(Object.values(waits(aProject({ runs: [aFinishedRun()] })))).toEqual(Array(7).fill(undefined));
  });
});
