import { cleanup, fireEvent, render, screen } from '@testing-library/react';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { hyperparameters } from '../../../../src-shared/domain/hyperparameters.ts';
import { presetParameters } from '../../../../src-shared/domain/run-config.ts';
import { EngineContext } from '../../../../src-renderer/engine/context.ts';
import { useApp } from '../../../../src-renderer/store/store.ts';
import { parameterNames } from '../../../../src-renderer/views/model/draft.ts';
import { ModelContainer } from '../../../../src-renderer/views/model/ModelContainer.tsx';
import { fakeEngine } from '../../helpers/fake-engine.ts';
import { aProject } from '../../helpers/records.ts';

const estimate = { seconds: 95, memoryBytes: 8e8, steps: 1850, basis: 'Measured.', warnings: [] };

function open() {
  const engine = fakeEngine({
    'app:backends': () => [{ name: 'wasm' as const, label: 'WASM', available: true }],
    'run:estimate': () => estimate,
    'run:start': () => ({ id: 'run-9' }),
    'project:save-view': () => ({}),
  });
  render(
    <EngineContext value={engine.client}>
      <ModelContainer />
    </EngineContext>,
  );
  return engine;
}

/** Another allowed value of a hyperparameter, and how it is typed. */
function other(name: (typeof parameterNames)[number]): { value: unknown; typed: string } {
  const parameter = hyperparameters[name];
  const own = presetParameters('recommended')[name];
  if (parameter.kind === 'choice') {
    const value = parameter.choices.find((choice) => choice !== own)!;
    return { value, typed: value };
  }
  if (parameter.kind === 'widths') return { value: [64, 48, 32], typed: '64, 48, 32' };
  const near = (own as number) < parameter.maximum ? (own as number) : parameter.minimum;
  const value = parameter.kind === 'integer' ? near + 1 : Math.min(parameter.maximum, near + 1e-3);
  return { value, typed: String(value) };
}

beforeEach(() => useApp.setState({ project: aProject(), projectKnown: true, view: 'model', notices: [] }));
afterEach(cleanup);

describe('the form of a run', () => {
  it('has a control for every hyperparameter, and each changes exactly its own', async () => {
    const { calls } = open();
    for (const name of parameterNames) {
      const control = document.querySelector<HTMLElement>(`[data-parameter="${name}"]`)!;
      expect(control, name).not.toBeNull();
      const { value, typed } = other(name);
      const field = control.querySelector<HTMLInputElement>('input:not([type=range]), select')!;
      fireEvent.change(field, { target: { value: typed } });
      if (field.tagName === 'INPUT') fireEvent.blur(field);
      const start = document.querySelector<HTMLButtonElement>('.button-primary')!;
      fireEvent.click(start);
      await vi.waitFor(() => expect(calls('run:start')).toHaveLength(1));
      const { parameters } = calls('run:start')[0] as { parameters: object };
      expect(parameters, name).toEqual({ [name]: value });
      calls('run:start').length = 0;
      await vi.waitFor(() => expect(start.disabled).toBe(false));
      fireEvent.click(control.querySelector('[aria-label^="Back to the preset"]')!);
    }
  });

  it('says the expected time and memory', async () => {
    open();
    await vi.waitFor(() => expect(screen.getByText('about 2 minutes')).toBeTruthy(), { timeout: 3000 });
    expect(screen.getByText('about 800 MB')).toBeTruthy();
  });

  it('does not take a number that cannot be', () => {
    const { calls } = open();
    const field = document.querySelector<HTMLInputElement>('#weight-lambda\\.cycle')!;
    fireEvent.change(field, { target: { value: '-3' } });
    fireEvent.blur(field);
    expect([field.value, field.getAttribute('aria-invalid')]).toEqual(['6', 'false']);
    const sentence = screen.getByRole('alert').textContent;
    expect(sentence).toMatch(/^“-3” was not taken: a number from 0 to \d+\.$/u);
    fireEvent.click(screen.getByRole('button', { name: 'Start training' }));
    expect(calls('run:start')[0]).toMatchObject({ parameters: {} });
  });

  it.each([
    ['#weight-lambda\\.cycle', 'abc', '2', '6'],
    ['[data-parameter="network.encoder"] input', '256, x', '64, 32', undefined],
  ])(
    '%s: puts the last value back on Enter, and is quiet after the next edit',
    (selector, typed, next, own) => {
      open();
      const field = document.querySelector<HTMLInputElement>(selector)!;
      const before = own ?? field.value;
      fireEvent.change(field, { target: { value: typed } });
      expect(field.getAttribute('aria-invalid')).toBe('true');
      fireEvent.keyDown(field, { key: 'Enter' });
      expect(field.value).toBe(before);
      expect(screen.getByRole('alert').textContent).toContain(`“${typed}” was not taken`);
      fireEvent.change(field, { target: { value: next } });
      expect(screen.queryByRole('alert')).toBeNull();
      fireEvent.blur(field);
      expect(field.value).toBe(next);
    },
  );

  it('does not start in a project that is read-only', () => {
    useApp.setState({ project: aProject({ readOnly: 'Another window holds this project.' }) });
    const { calls } = open();
    fireEvent.click(screen.getByRole('button', { name: /Start training/u }));
    expect(calls('run:start')).toHaveLength(0);
    expect(screen.getAllByText('Another window holds this project.').length).toBeGreaterThan(0);
  });

  it('resets everything, and takes that back', () => {
    open();
    const field = document.querySelector<HTMLInputElement>('#weight-lambda\\.cycle')!;
    fireEvent.change(field, { target: { value: '3' } });
    fireEvent.blur(field);
    fireEvent.click(screen.getByRole('button', { name: 'Reset all' }));
    expect(document.querySelector<HTMLInputElement>('#weight-lambda\\.cycle')!.value).toBe('6');
    fireEvent.keyDown(document.body, { key: 'z', ctrlKey: true });
    expect(document.querySelector<HTMLInputElement>('#weight-lambda\\.cycle')!.value).toBe('3');
  });
});
