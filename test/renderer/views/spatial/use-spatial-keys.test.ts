import { cleanup, fireEvent, renderHook } from '@testing-library/react';
import { afterEach, expect, it, vi } from 'vitest';
import { useApp } from '../../../../src-renderer/store/store.ts';
import { useSpatialKeys } from '../../../../src-renderer/views/spatial/use-spatial-keys.ts';

afterEach(cleanup);

it('undoes with Ctrl+Z what the newest notice offers to undo, then the selection', () => {
  const keys = { onTool: vi.fn(), onSearch: vi.fn(), onPanel: vi.fn(), onUndo: vi.fn(), onClear: vi.fn() };
  const run = vi.fn();
  renderHook(() => useSpatialKeys(keys));
  useApp.getState().notify({ kind: 'info', message: 'Removed.', action: { label: 'Undo', run } });
  fireEvent.keyDown(document.body, { key: 'z', ctrlKey: true });
  expect([run.mock.calls.length, keys.onUndo.mock.calls.length]).toEqual([1, 0]);
  expect(useApp.getState().notices).toEqual([]);
  fireEvent.keyDown(document.body, { key: 'z', ctrlKey: true });
  expect([run.mock.calls.length, keys.onUndo.mock.calls.length]).toEqual([1, 1]);
});
