import { act, cleanup, configure, fireEvent, render, screen, waitFor, within } from '@testing-library/react';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { GeneScore } from '../../../../src-shared/contract/calls/result.ts';
import type { EvaluationReport } from '../../../../src-shared/domain/evaluation.ts';
import type { ProjectState } from '../../../../src-shared/domain/project.ts';
import { EngineContext } from '../../../../src-renderer/engine/context.ts';
import { useApp } from '../../../../src-renderer/store/store.ts';
import { QualityContainer } from '../../../../src-renderer/views/quality/QualityContainer.tsx';
import { useQualityView } from '../../../../src-renderer/views/quality/view-state.ts';
import { fakeEngine } from '../../helpers/fake-engine.ts';
import { anEvaluation, aProject } from '../../helpers/records.ts';

configure({ defaultHidden: true });

const methods = [
  { name: 'spagene', title: 'SpaGene', kind: 'spagene' as const, source: 'S', usual: true },
  {
    name: 'spagene-paper',
    title: 'SpaGene, as published',
    kind: 'spagene' as const,
    source: 'P',
    usual: true,
  },
  { name: 'clusters', title: 'Tangram, clusters', kind: 'peer' as const, source: 'T', usual: false },
  { name: 'ridge', title: 'Ridge regression', kind: 'floor' as const, source: 'R', usual: true },
];

const GENES = 300;
const scores: GeneScore[] = ['spagene', 'ridge'].flatMap((method) =>
  Array.from({ length: GENES }, (_, i) => ({
    gene: `Gene${i}`,
    method,
    fold: i % 5,
    pcc: (i + (method === 'ridge' ? 5 : 0)) / GENES / 1.1,
    spearman: 0.5,
    ssim: 0.5,
    rmse: 1,
    moranMeasured: null,
    moranImputed: 0.1,
  })),
);

const report: EvaluationReport = {
  format: 'spagene-evaluation',
  formatVersion: 1,
  versions: { spagene: '0.1.0' },
  dataset: 'cortex',
  backend: 'wasm',
  files: [],
  cells: { spatial: 3000, reference: 1500 },
  folds: 5,
  foldsRun: [0, 1, 2, 3, 4],
  foldRule: 'name',
  seeds: [1],
  genes: [],
  methods: methods
    .filter(({ name }) => name === 'spagene' || name === 'ridge')
    .map(({ usual, ...method }) => ({ ...method, departures: [`departs ${usual}`], secondsPerFold: 3 })),
  summary: ['spagene', 'ridge'].map((method) => ({
    method,
    metric: 'pcc',
    genes: GENES,
    mean: method === 'ridge' ? 0.47 : 0.45,
    median: 0.4,
    low: 0.3,
    high: 0.5,
  })),
  comparisons: [
    {
      metric: 'pcc',
      a: 'spagene',
      b: 'ridge',
      genes: GENES,
      wins: 0,
      meanDifference: -0.02,
      p: 1e-9,
      pHolm: 1e-9,
    },
  ],
  expected: { method: 'spagene', genes: GENES, spearman: 0.61, meanAbsoluteError: 0.083 },
  verdict: [
    'SpaGene reaches 0.45.',
    'Ridge regression, a floor, is better than every method here that is not one.',
  ],
  warnings: ['Fold 3 took long.'],
};

function show(project: Partial<ProjectState>, more: Partial<Parameters<typeof fakeEngine>[0]> = {}) {
  const engine = fakeEngine({
    'evaluation:methods': () => methods,
    'evaluation:start': () => ({ id: 'evaluation-9' }),
    'evaluation:cells': () => ({ cells: [] }),
    'evaluation:report': () => ({
      report: JSON.parse(JSON.stringify(report)) as Record<string, unknown>,
      scores,
    }),
    'job:pause': () => ({}),
    'job:resume': () => ({}),
    ...more,
  });
  useApp.getState().setProject(aProject(project));
  render(
    <EngineContext value={engine.client}>
      <QualityContainer />
    </EngineContext>,
  );
  return engine;
}

const finished = anEvaluation({ state: 'finished', finished: '2026-01-01T11:00:00.000Z' });
const button = (name: string | RegExp) => screen.getByRole('button', { name });
const box = (name: string | RegExp) => screen.getByRole<HTMLInputElement>('checkbox', { name });
const cell = { method: 'ridge', seed: 1, fold: 0, share: null, pcc: null, seconds: null, message: null };

beforeEach(() => {
  useApp.setState({ progress: {}, notices: [], view: 'quality', target: null });
  useQualityView.setState(useQualityView.getInitialState());
});
afterEach(cleanup);

describe('starting an evaluation', () => {
  it('explains what it is, ticks the usual methods but the slow one, and marks it', async () => {
    show({});
    expect(screen.getByText(/hides a part of them/)).toBeTruthy();
    expect((await screen.findByRole<HTMLInputElement>('checkbox', { name: 'SpaGene' })).checked).toBe(true);
    expect(box('SpaGene, as published slow').checked).toBe(false);
    expect(box('Ridge regression').checked).toBe(true);
    expect(box('Tangram, clusters').checked).toBe(false);
  });

  it('asks for what is ticked', async () => {
    const engine = show({});
    await screen.findByRole('checkbox', { name: 'SpaGene' });
    fireEvent.change(screen.getByLabelText('Repeats'), { target: { value: '2' } });
    fireEvent.blur(screen.getByLabelText('Repeats'));
    fireEvent.click(button('Start the evaluation'));
    await waitFor(() => expect(engine.calls('evaluation:start')).toHaveLength(1));
    expect(engine.calls('evaluation:start')[0]).toMatchObject({
      methods: ['spagene', 'ridge'],
      folds: 5,
      seeds: [1, 2],
      preset: 'recommended',
      parameters: {},
    });
  });

  it('is not possible without a method, and says so', async () => {
    const engine = show({});
    await screen.findByRole('checkbox', { name: 'SpaGene' });
    for (const name of ['SpaGene', 'Ridge regression']) fireEvent.click(box(name));
    fireEvent.click(button(/Start the evaluation/));
    expect(button(/Start the evaluation/).textContent).toContain('Tick at least one method.');
    expect(engine.calls('evaluation:start')).toEqual([]);
  });
});

describe('watching an evaluation', () => {
  const texts = (row: string) =>
    within(screen.getByRole('row', { name: new RegExp(`^${row}`, 'u') }))
      .getAllByRole('cell')
      .map(({ textContent }) => textContent);

  it('fills methods × parts in as they come', async () => {
    const running = anEvaluation({ state: 'running', folds: 2 });
    const engine = show(
      { evaluations: [running] },
      { 'evaluation:cells': () => ({ cells: [{ ...cell, state: 'done', pcc: 0.5712, seconds: 3 }] }) },
    );
    await waitFor(() => expect(texts('Ridge regression')).toEqual(['0.571', 'waits', '0.571']));
    const failed = { ...cell, fold: 1, state: 'failed' as const, message: 'Out of memory.' };
    act(() => engine.push('evaluation:cells', { id: running.id, cells: [failed] }));
    act(() => engine.push('evaluation:cells', { id: 'other', cells: [{ ...cell, state: 'waiting' }] }));
    expect(texts('Ridge regression')).toEqual(['0.571', 'failed', '0.571']);
    expect(screen.getByTitle('Out of memory.')).toBeTruthy();
    expect(texts('SpaGene')).toEqual(['waits', 'waits', '–']);
  });

  it('keeps what was pushed while the engine was asked', async () => {
    let answer = (): void => undefined;
    const engine = show(
      { evaluations: [anEvaluation({ state: 'running', folds: 2 })] },
      {
        'evaluation:cells': () =>
          new Promise(
            (resolve) => (answer = () => resolve({ cells: [{ ...cell, state: 'running', share: 0.1 }] })),
          ),
      },
    );
    await waitFor(() => expect(engine.calls('evaluation:cells')).toHaveLength(1));
    act(() =>
      engine.push('evaluation:cells', { id: 'evaluation-1', cells: [{ ...cell, state: 'done', pcc: 0.25 }] }),
    );
    await act(async () => {
      answer();
      await Promise.resolve();
    });
    expect(texts('Ridge regression')[0]).toBe('0.250');
  });

  it('pauses and resumes', async () => {
    const engine = show({ evaluations: [anEvaluation({ state: 'running' })] });
    fireEvent.click(button('Pause'));
    expect(engine.calls('job:pause')).toEqual([{ id: 'evaluation-1' }]);
    act(() => useApp.getState().setProject(aProject({ evaluations: [anEvaluation({ state: 'paused' })] })));
    await waitFor(() =>
      expect(screen.getByRole<HTMLButtonElement>('button', { name: 'Resume' }).disabled).toBe(false),
    );
    fireEvent.click(button('Resume'));
    expect(engine.calls('job:resume')).toEqual([{ id: 'evaluation-1' }]);
  });
});

describe('reading an evaluation', () => {
  it('says every sentence of the verdict in the same size, before anything else', async () => {
    show({ evaluations: [finished] });
    const verdict = await screen.findByRole('region', { name: 'Verdict' });
    const sentences = [...verdict.children];
    expect(sentences.map(({ textContent }) => textContent)).toEqual(report.verdict);
    expect(new Set(sentences.map(({ tagName, className }) => tagName + className)).size).toBe(1);
    expect(screen.getByText(/off by 0.08 on average/)).toBeTruthy();
    expect(screen.getByText('Fold 3 took long.')).toBeTruthy();
  });

  it('draws as many rows as are seen, of all genes, the best first', async () => {
    show({ evaluations: [finished] });
    const table = within(await screen.findByRole('region', { name: 'Genes' })).getByRole('table');
    expect(table.getAttribute('aria-rowcount')).toBe(String(GENES + 1));
    const genes = within(table)
      .getAllByRole('rowheader')
      .map(({ textContent }) => textContent);
    expect(genes[0]).toBe('Gene299');
    expect(genes.length).toBeLessThan(40);
  });

  it('sorts, filters and opens the map', async () => {
    show({ evaluations: [finished] });
    const genes = within(await screen.findByRole('region', { name: 'Genes' }));
    const names = () => genes.getAllByRole('rowheader').map(({ textContent }) => textContent);
    fireEvent.click(genes.getByRole('button', { name: 'Gene' }));
    expect(names().slice(0, 3)).toEqual(['Gene0', 'Gene1', 'Gene2']);
    expect(genes.getByRole('columnheader', { name: /^Gene/ }).getAttribute('aria-sort')).toBe('ascending');
    fireEvent.change(genes.getByRole('searchbox'), { target: { value: 'gene29' } });
    expect(names()).toHaveLength(11);
    expect(genes.getByText('11 of 300 genes')).toBeTruthy();
    fireEvent.click(genes.getByRole('button', { name: 'Gene29' }));
    expect(useApp.getState()).toMatchObject({ view: 'map', target: { gene: 'Gene29' } });
  });

  it('counts on how many genes one method is ahead of the other', async () => {
    show({ evaluations: [finished] });
    expect(await screen.findByText('SpaGene is better on 0 of 300 genes')).toBeTruthy();
    fireEvent.change(screen.getByLabelText('Method'), { target: { value: 'ridge' } });
    fireEvent.change(screen.getByLabelText('Against'), { target: { value: 'spagene' } });
    expect(screen.getByText('Ridge regression is better on 300 of 300 genes')).toBeTruthy();
  });

  it('says that a report of another shape cannot be read', async () => {
    show(
      { evaluations: [finished] },
      { 'evaluation:report': () => ({ report: { format: 'other' }, scores: [] }) },
    );
    expect(await screen.findByText('This report cannot be read')).toBeTruthy();
  });

  it('shows why there is no report and asks again', async () => {
    const engine = show(
      { evaluations: [finished] },
      {
        'evaluation:report': () => {
          throw new Error('report.json is gone.');
        },
      },
    );
    expect(await screen.findByText('report.json is gone.')).toBeTruthy();
    fireEvent.click(button('Read it again'));
    await waitFor(() => expect(engine.calls('evaluation:report')).toHaveLength(2));
  });
});
