import { cleanup, fireEvent, screen, waitFor, within } from '@testing-library/react';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { aNeighboursResult } from '../../../helpers/analyses.ts';
import { aFinishedAnalysis, openBiology } from '../../../helpers/biology.tsx';

vi.mock('../../../../../src-renderer/views/spatial/canvas/map-canvas.ts', async () => {
  const { mapCanvas } = await import('../../../helpers/map-canvas.ts');
  return mapCanvas();
});
afterEach(cleanup);

// jsdom draws on no canvas; the pictures of fields are told by their labels.
HTMLCanvasElement.prototype.getContext = (() => null) as HTMLCanvasElement['getContext'];

/** jsdom has no pointers of its own that say where they are. */
function pointer(type: string, target: Element, clientX: number, clientY: number): void {
  fireEvent(target, new MouseEvent(type, { bubbles: true, cancelable: true, clientX, clientY }));
}

// Nor has it a layout: every element is 800 pixels wide and high.
vi.spyOn(Element.prototype, 'clientWidth', 'get').mockReturnValue(800);
vi.spyOn(Element.prototype, 'clientHeight', 'get').mockReturnValue(800);

let opened = 0;

const open = (types?: string[], view = {}) => {
  const result = aNeighboursResult(30, types);
  return openBiology({
    tab: 'neighbourhoods',
    analyses: [aFinishedAnalysis(result)],
    results: { 'analysis-1': result },
    // Views of a project that wait to be saved are not those of the next one.
    project: { view, folder: `/projects/${String(++opened)}` },
  });
};

describe('the form', () => {
  it('asks for types, a distance in the unit of the positions and fields', async () => {
    const { engine } = await openBiology({ tab: 'neighbourhoods' });
    fireEvent.click(screen.getByRole('checkbox', { name: 'T cell' }));
    fireEvent.click(screen.getByRole('checkbox', { name: 'Tumour' }));
    fireEvent.click(screen.getByRole('radio', { name: 'All within' }));
    const distance = screen.getByRole('textbox', { name: 'Distance in µm' });
    fireEvent.change(distance, { target: { value: '35' } });
    fireEvent.blur(distance);
    fireEvent.submit(screen.getByRole('form', { name: 'Map neighbourhoods' }));
    await waitFor(() => expect(engine.calls('analysis:start')).toHaveLength(1));
    expect(engine.calls('analysis:start')[0]).toEqual({
      run: 'run-1',
      parameters: {
        kind: 'neighbours',
        labels: { column: 'cell_type' },
        graph: { kind: 'radius', radius: 35 },
        types: ['Tumour', 'T cell'],
        permutations: 1000,
        fields: { count: 3, side: null },
        seed: 1,
      },
    });
  });

  it('begins with what the shown analysis was asked for', async () => {
    await open(['Tumour']);
    expect(screen.getByRole<HTMLInputElement>('checkbox', { name: 'Tumour' }).checked).toBe(true);
    expect(screen.getByRole<HTMLInputElement>('checkbox', { name: 'Stroma' }).checked).toBe(false);
  });
});

describe('the result', () => {
  it('shows fields with their cells and their share', async () => {
    await open();
    // The corner at (−1, 99) of the file is (−11, −11) on the map.
    const most = await screen.findByRole('img', { name: /^Field most 1/u });
    expect(most.getAttribute('aria-label')).toMatch(/9 cells, mean share of Tumour 0\.86/u);
    expect(screen.getByRole('img', { name: /^Field least 1/u }).getAttribute('aria-label')).toMatch(
      /9 cells, mean share of Tumour 0\.14/u,
    );
  });

  it('takes fields away, keeps that in the project, and goes back to those suggested', async () => {
    const { engine } = await open();
    fireEvent.click(await screen.findByRole('button', { name: 'Remove field least 1' }));
    expect(screen.queryByRole('img', { name: /^Field least 1/u })).toBeNull();
    await waitFor(() => expect(engine.calls('project:save-view')).toHaveLength(1), { timeout: 3000 });
    const { view } = engine.calls('project:save-view')[0] as { view: { fields: Record<string, unknown[]> } };
    expect(view.fields['analysis-1']).toHaveLength(1);
    fireEvent.click(screen.getByRole('button', { name: 'As suggested' }));
    expect(screen.getByRole('img', { name: /^Field least 1/u })).toBeTruthy();
  });

  it('brings back fields that were chosen by hand', async () => {
    await open(['Tumour'], {
      fields: { 'analysis-1': [{ name: 'Own 1', x: 50, y: 10, side: 25, byHand: true }] },
    });
    expect(await screen.findByRole('img', { name: /^Field Own 1: 9 cells/u })).toBeTruthy();
    expect(screen.queryByRole('img', { name: /^Field most 1/u })).toBeNull();
  });

  it('adds a field where the map is clicked, once', async () => {
    await open();
    fireEvent.click(await screen.findByRole('button', { name: 'Add a field' }));
    expect(screen.getByRole('button', { name: 'Click on the map' })).toBeTruthy();
    const stage = screen.getByRole('application');
    stage.setPointerCapture = () => undefined;
    const click = () => {
      pointer('pointerdown', stage, 200, 200);
      pointer('pointerup', stage, 200, 200);
    };
    click();
    expect(await screen.findByRole('img', { name: /^Field Own 1/u })).toBeTruthy();
    click();
    expect(screen.queryByRole('img', { name: /^Field Own 2/u })).toBeNull();
  });

  it('tells z, count and share of a pair of types under the pointer', async () => {
    await open();
    const chart = await screen.findByRole('figure', { name: 'Enrichment' });
    const drawing = chart.querySelector<SVGSVGElement>('svg.heat')!;
    const tile = drawing.querySelectorAll('rect')[1]!;
    const at = (name: string) => Number(tile.getAttribute(name));
    pointer('pointermove', drawing, at('x') + 1, at('y') + 1);
    expect(
      within(chart).getByText('T cell beside Tumour: z −4.00, 40 neighbours, 3.0 % of them'),
    ).toBeTruthy();
  });

  it('counts the cells of each group', async () => {
    await open();
    const chart = await screen.findByRole('figure', { name: 'Cells by their share of Tumour neighbours' });
    const words = within(chart).getByRole('img').getAttribute('aria-label');
    // Shares run evenly from 1 to 0 over 30 cells.
    expect(words).toBe(
      'none: 1 cells, 3.3 %; low: 5 cells, 17 %; moderate: 12 cells, 40 %; high: 12 cells, 40 %',
    );
  });

  it('maps the share of any type where none was chosen', async () => {
    await open([]);
    const type = await screen.findByRole('combobox', { name: 'Type' });
    fireEvent.change(type, { target: { value: 'Stroma' } });
    expect(await screen.findByRole('region', { name: /^Panel 1: Stroma/u })).toBeTruthy();
    expect(screen.queryByRole('region', { name: 'Fields' })).toBeNull();
  });
});
