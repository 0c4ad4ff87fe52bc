import { cleanup, fireEvent, render, screen } from '@testing-library/react';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { EngineContext } from '../../../src-renderer/engine/context.ts';
import { CommandPalette } from '../../../src-renderer/frame/CommandPalette.tsx';
import { useApp } from '../../../src-renderer/store/store.ts';
import { dialogsOpen } from '../helpers/dialog.ts';
import { fakeEngine } from '../helpers/fake-engine.ts';
import { aProject } from '../helpers/records.ts';

dialogsOpen();
beforeEach(() => useApp.setState({ project: aProject(), view: 'data', overlay: 'commands' }));
afterEach(cleanup);

it('begins in its field, and takes with Enter what the arrows chose', async () => {
  const names = ['Gad1', 'Gad2'];
  const none = new Float32Array(2);
  const engine = fakeEngine({
    'map:genes': () => ({
      names,
      measured: Uint8Array.of(1, 1),
      imputed: Uint8Array.of(0, 0),
      expected: none,
      mean: none,
      detected: none,
    }),
  });
  render(
    <EngineContext value={engine.client}>
      <CommandPalette />
    </EngineContext>,
  );
  const field = screen.getByRole('combobox', { hidden: true });
  expect(document.activeElement).toBe(field);
  fireEvent.change(field, { target: { value: 'gad' } });
  await screen.findByText('Gad2');
  fireEvent.keyDown(field, { key: 'ArrowDown' });
  fireEvent.keyDown(field, { key: 'Enter' });
  expect(useApp.getState()).toMatchObject({ view: 'map', target: { gene: 'Gad2' }, overlay: null });
});
