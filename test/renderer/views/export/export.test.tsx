import { cleanup, fireEvent, render, screen, waitFor } from '@testing-library/react';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Args, Result } from '../../../../src-shared/contract/handlers.ts';
import { EngineContext } from '../../../../src-renderer/engine/context.ts';
import { EngineError } from '../../../../src-renderer/engine/client.ts';
import { useApp } from '../../../../src-renderer/store/store.ts';
import { ExportContainer } from '../../../../src-renderer/views/export/ExportContainer.tsx';
import { chosenGenes } from '../../../../src-renderer/views/export/gene-choice.ts';
import { fakeEngine } from '../../helpers/fake-engine.ts';
import { aFinishedRun, anEvaluation, aProject } from '../../helpers/records.ts';

const table: Result<'map:genes'> = {
  names: ['Gad1', 'Sst', 'Vip', 'Acta2'],
  measured: Uint8Array.of(1, 0, 0, 1),
  imputed: Uint8Array.of(1, 1, 1, 0),
  expected: Float32Array.of(0.5, 0.2, 0.4, NaN),
  mean: new Float32Array(4),
  detected: new Float32Array(4),
};

type Write = (args: Args<'export:write'>) => Result<'export:write'> | Promise<Result<'export:write'>>;

const written: Write = ({ format }) => ({
  path: `/p/exports/Run.${format}`,
  bytes: 14_000_000,
  command: null,
});

function open(write: Write = written) {
  const engine = fakeEngine({
    'map:genes': () => table,
    'export:write': write,
    'work:cancel': () => ({}),
  });
  render(
    <EngineContext value={engine.client}>
      <ExportContainer />
    </EngineContext>,
  );
  return engine;
}

beforeEach(() => useApp.setState({ project: aProject({ runs: [aFinishedRun()] }), notices: [] }));
afterEach(cleanup);

describe('the genes of a table', () => {
  it('are all imputed ones, the well predictable ones, or those that are named', () => {
    const choose = (kind: 'all' | 'trusted' | 'list', list = '') =>
      chosenGenes(table, { kind, expected: 0.3, list });
    expect(choose('all').genes).toEqual(['Gad1', 'Sst', 'Vip']);
    expect(choose('trusted').genes).toEqual(['Vip']);
    expect(choose('list', 'Vip, Acta2 Nope')).toEqual({ genes: ['Vip'], unknown: ['Acta2', 'Nope'] });
  });
});

describe('exporting', () => {
  it('writes the h5ad of the newest result and offers it', async () => {
    const { calls } = open();
    fireEvent.click(screen.getByRole('button', { name: 'Write .h5ad' }));
    const link = await screen.findByRole('link', { name: 'Download' });
    expect(calls('export:write')[0]).toMatchObject({ format: 'h5ad', id: 'run-1' });
    expect(link.getAttribute('href')).toBe('/download/exports/Run.h5ad');
    expect(screen.getByText('First run.h5ad · 14 MB')).toBeTruthy();
  });

  it('shows progress and stops what is running', async () => {
    const engine = open(() => new Promise(() => undefined));
    fireEvent.click(screen.getByRole('button', { name: 'Write .h5ad' }));
    const { ticket } = engine.calls('export:write')[0] as { ticket: string };
    engine.push('work:progress', { ticket, stage: 'writing', share: 0.25 });
    await waitFor(() => expect(screen.getByRole('progressbar').getAttribute('aria-valuenow')).toBe('25'));
    fireEvent.click(screen.getByRole('button', { name: 'Cancel' }));
    expect(engine.calls('work:cancel')).toEqual([{ ticket }]);
  });

  it('says why it could not be written', async () => {
    open(() => Promise.reject(new EngineError({ code: 'input', message: 'The disk is full.' })));
    fireEvent.click(screen.getByRole('button', { name: 'Write settings' }));
    expect((await screen.findByRole('alert')).textContent).toContain('The disk is full.');
  });

  it('gives only the genes that are named, and no empty table', async () => {
    const { calls } = open();
    await waitFor(() => expect(screen.getByText('3 genes × 2,900 cells')).toBeTruthy());
    fireEvent.click(screen.getByRole('radio', { name: 'These' }));
    fireEvent.click(screen.getByRole('button', { name: /Write .csv/u }));
    expect(calls('export:write')).toHaveLength(0);
    fireEvent.change(screen.getByPlaceholderText('Gad1, Sst, Vip'), { target: { value: 'Sst' } });
    fireEvent.click(screen.getByRole('button', { name: /Write .csv/u }));
    expect(calls('export:write')[0]).toMatchObject({ format: 'csv', genes: ['Sst'] });
  });

  it('offers the reports of finished evaluations only', () => {
    const evaluations = [anEvaluation(), anEvaluation({ id: 'e-2', name: 'Second', state: 'finished' })];
    useApp.setState({ project: aProject({ runs: [aFinishedRun()], evaluations }) });
    open();
    expect(screen.getAllByRole('button', { name: 'Write report' })).toHaveLength(1);
  });
});
