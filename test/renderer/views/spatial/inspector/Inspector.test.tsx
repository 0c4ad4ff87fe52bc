import { cleanup, fireEvent, render, screen, within } from '@testing-library/react';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { EngineContext } from '../../../../../src-renderer/engine/context.ts';
import { useApp } from '../../../../../src-renderer/store/store.ts';
import { CameraStore } from '../../../../../src-renderer/views/spatial/canvas/camera-store.ts';
import { Inspector } from '../../../../../src-renderer/views/spatial/inspector/Inspector.tsx';
import { readGenes } from '../../../../../src-renderer/views/spatial/genes.ts';
import type { MapContext } from '../../../../../src-renderer/views/spatial/map-context.ts';
import { combined, NOTHING_SELECTED } from '../../../../../src-renderer/views/spatial/selection.ts';
import { DEFAULT_SETTINGS } from '../../../../../src-renderer/views/spatial/settings.ts';
import { Vectors } from '../../../../../src-renderer/views/spatial/vectors.ts';
import { Percentiles } from '../../../../../src-shared/plot/percentiles.ts';
import { pointGrid } from '../../../../../src-shared/plot/point-grid.ts';
import { aProject } from '../../../helpers/records.ts';
import { fakeEngine } from '../../../helpers/fake-engine.ts';

const VALUES = Float32Array.of(4, 2, 0, 0, 1, NaN);
const engine = fakeEngine({
  'map:column': () => ({ kind: 'category', names: ['L1', 'L2'], codes: Uint16Array.of(0, 0, 1, 1, 1, 0) }),
  'group:save': () => ({ id: 'g1' }),
  'project:remove': () => ({ trash: 't1' }),
  'project:restore': () => {
    throw new Error('The disk is full.');
  },
  'group:cells': () => ({ cells: Uint32Array.of(3) }),
});

function context(selected: number[] | null, part: Partial<MapContext> = {}): MapContext {
  const xy = new Float32Array(12);
  const order = Uint32Array.of(0, 1, 2, 3, 4, 5);
  const now = selected && combined(NOTHING_SELECTED, Uint32Array.from(selected), 'replace', 6).now;
  const vector = { values: VALUES, unit: 'counts', spread: new Percentiles(VALUES) };
  return {
    cells: {
      ...{ cells: 6, unit: 'micrometre', sections: [{ name: '', cells: 6 }], images: [] },
      columns: [{ name: 'layer', kind: 'category', distinct: 2 }],
    },
    layout: { xy, filed: xy, origin: [0, 0], sections: null, spacing: 1, isMoved: false },
    shown: { order, xy, bounds: [0, 0, 1, 1], diameter: 1, grid: () => pointGrid(xy) },
    genes: readGenes({
      names: ['Gad1'],
      measured: Uint8Array.of(1),
      imputed: Uint8Array.of(0),
      expected: Float32Array.of(NaN),
      mean: Float32Array.of(1),
      detected: Float32Array.of(0.5),
    }),
    run: null,
    settings: DEFAULT_SETTINGS,
    change: vi.fn(),
    panels: [{ kind: 'gene', gene: 'Gad1', layer: 'measured' }],
    states: [
      {
        ...{ title: 'Gad1', what: 'measured', error: null, isWaiting: false },
        picture: {
          kind: 'values',
          title: 'Gad1',
          gene: 'Gad1',
          what: 'measured',
          vector,
          isDifference: false,
        },
      },
    ],
    limits: [[0, 4]],
    look: {
      ...{ order, missing: [0, 0, 0], ground: [0, 0, 0], colourMap: 'viridis', clip: [1, 99] },
      ...{ selection: now, muted: new Set() },
    },
    camera: new CameraStore({ x: 0, y: 0, scale: 1 }),
    image: null,
    selection: { now, canUndo: false, combine: vi.fn(), clear: vi.fn(), undo: vi.fn() },
    vectors: new Vectors(engine.client),
    ...part,
  };
}

const show = (map: MapContext) =>
  render(
    <EngineContext value={engine.client}>
      <Inspector context={map} />
    </EngineContext>,
  );

beforeEach(() => useApp.getState().setProject(aProject()));
afterEach(cleanup);

describe('the inspector', () => {
  it('compares a selection with the rest and says what it is made of', async () => {
    show(context([0, 1, 2]));
    expect(within(screen.getByRole('region', { name: 'Selection' })).getByRole('status').textContent).toBe(
      '3 of 6 cells (50.0 %)',
    );
    const [, inside, outside] = within(screen.getByRole('table')).getAllByRole('row')[1]!.children;
    expect([inside!.textContent, outside!.textContent]).toEqual(['2.0067 % express', '0.5050 % express']);
    const made = await screen.findByRole('list', { name: 'Selected cells by layer' });
    expect(
      within(made)
        .getAllByRole('listitem')
        .map((row) => row.textContent),
    ).toEqual(['L12 · 67 %50 % of all', 'L21 · 33 %50 % of all']);
  });

  it('says no share of expressing cells for imputed values', () => {
    const map = context([0, 1, 2]);
    show({ ...map, states: map.states.map((state) => ({ ...state, what: 'imputed · expected r 0.50' })) });
    const [, inside, outside] = within(screen.getByRole('table')).getAllByRole('row')[1]!.children;
    expect([inside!.textContent, outside!.textContent]).toEqual(['2.00', '0.50']);
  });

  it('says when a removed group cannot be brought back', async () => {
    const group = { id: 'g1', name: 'Edge', cells: 1, created: '2026-01-01T00:00:00.000Z' };
    useApp.getState().setProject(aProject({ groups: [group] }));
    show(context(null));
    fireEvent.click(screen.getByRole('button', { name: 'Remove the group Edge' }));
    await vi.waitFor(() => expect(useApp.getState().notices.at(-1)?.action?.label).toBe('Undo'));
    useApp.getState().notices.at(-1)!.action!.run();
    await vi.waitFor(() => expect(useApp.getState().notices.at(-1)?.message).toBe('The disk is full.'));
  });

  it('saves the selection as a group, which needs a name', async () => {
    show(context([1, 4]));
    fireEvent.click(screen.getByRole('button', { name: /^Save/u }));
    expect(engine.calls('group:save')).toEqual([]);
    fireEvent.change(screen.getByLabelText('Name of the group'), { target: { value: ' Edge ' } });
    fireEvent.click(screen.getByRole('button', { name: 'Save' }));
    await vi.waitFor(() => expect(useApp.getState().notices.at(-1)?.message).toContain('group Edge'));
    expect(engine.calls('group:save')).toEqual([{ name: 'Edge', cells: Uint32Array.of(1, 4) }]);
  });

  it('selects the cells of a saved group', async () => {
    const group = { id: 'g1', name: 'Edge', cells: 1, created: '2026-01-01T00:00:00.000Z' };
    useApp.getState().setProject(aProject({ groups: [group] }));
    const map = context(null);
    show(map);
    fireEvent.click(screen.getByRole('button', { name: /^Edge/u }));
    await vi.waitFor(() => expect(map.selection.combine).toHaveBeenCalledWith(Uint32Array.of(3), 'replace'));
  });

  it('says the numbers of a panel, and leads to training where nothing is imputed', () => {
    show(context(null));
    const panels = screen.getByRole('region', { name: 'Panels' });
    expect(panels.textContent).toContain('Lowest0Mean1.4Highest4Seen in50 % of cells');
    fireEvent.click(screen.getByRole('button', { name: 'Set up a model' }));
    expect(useApp.getState().view).toBe('model');
  });

  it('keeps the ends of the scale apart', () => {
    const map = context(null);
    show(map);
    fireEvent.change(screen.getByLabelText('First colour at percentile'), { target: { value: '99.5' } });
    expect(map.change).toHaveBeenLastCalledWith({ clip: [99.5, 100] });
    fireEvent.change(screen.getByLabelText('Last colour at percentile'), { target: { value: '0' } });
    expect(map.change).toHaveBeenLastCalledWith({ clip: [0, 0.5] });
  });
});
