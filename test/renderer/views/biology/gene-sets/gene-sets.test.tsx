import { act, cleanup, configure, fireEvent, screen, waitFor } from '@testing-library/react';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { useAsked } from '../../../../../src-renderer/components/file-browser/file-question.ts';
import { useApp } from '../../../../../src-renderer/store/store.ts';
import { STARTER, useDrafts } from '../../../../../src-renderer/views/biology/gene-sets/drafts.ts';
import { GeneSetsContainer } from '../../../../../src-renderer/views/biology/gene-sets/GeneSetsContainer.tsx';
import { showTab } from '../show-tab.tsx';

configure({ defaultHidden: true });
beforeEach(() => useDrafts.setState({ chosen: STARTER, drafts: {} }));
afterEach(cleanup);

const PATH = '/p/gene-sets/Mine.gmt';
const set = (name: string, ...genes: string[]) => ({ name, description: '', genes });

function show(readOnly: string | null = null) {
  return showTab(<GeneSetsContainer run="run-1" />, {
    project: { readOnly },
    engine: {
      'gene-sets:list': () => [{ name: 'Mine', path: PATH, sets: 2 }],
      'gene-sets:read': ({ path }) =>
        path === null
          ? { name: 'SpaGene starter sets', sets: [set('Neurons', 'VIP', 'Snap25')], notes: [] }
          : { name: 'Mine', sets: [set('A', 'Actb'), set('B', 'Sst')], notes: ['A line was left out.'] },
      'gene-sets:save': ({ name }) => ({ path: `/p/gene-sets/${name}.gmt` }),
      'files:picked': () => ({}),
    },
  });
}

const openMine = async () => {
  fireEvent.click(await screen.findByRole('button', { name: /^Mine/u }));
  await screen.findByDisplayValue('A');
};
const genesField = () => screen.getByLabelText<HTMLTextAreaElement>('Genes');
const save = () => fireEvent.click(screen.getByRole('button', { name: /Save in the project/u }));

describe('the starter sets', () => {
  it('are shown with what the result knows of them, and cannot be changed', async () => {
    show();
    expect(await screen.findByText('1 of 2 genes are in the result.')).toBeTruthy();
    expect(screen.getByText('Not in the result: Snap25.')).toBeTruthy();
    expect(genesField().readOnly).toBe(true);
    expect(screen.queryByRole('button', { name: /Save in the project/u })).toBeNull();
  });

  it('can be copied, changed and saved', async () => {
    const engine = show();
    fireEvent.click(await screen.findByRole('button', { name: 'Copy to the project' }));
    fireEvent.change(screen.getByLabelText('Name of the collection'), { target: { value: 'Cortex' } });
    fireEvent.change(genesField(), { target: { value: 'Vip, Sst\nActb Vip' } });
    expect(screen.getByText('3 of 3 genes are in the result.')).toBeTruthy();
    save();
    await waitFor(() => expect(engine.calls('gene-sets:save')).toHaveLength(1));
    expect(engine.calls('gene-sets:save')[0]).toEqual({
      name: 'Cortex',
      sets: [set('Neurons', 'Vip', 'Sst', 'Actb')],
    });
  });
});

describe('a collection of the project', () => {
  it('has sets that are added and renamed', async () => {
    const engine = show();
    await openMine();
    fireEvent.click(screen.getByRole('button', { name: 'Add a set' }));
    const name = screen.getByLabelText('Name');
    fireEvent.change(name, { target: { value: 'C' } });
    fireEvent.blur(name);
    save();
    expect(engine.calls('gene-sets:save')).toHaveLength(0);
    fireEvent.change(genesField(), { target: { value: 'Vip' } });
    save();
    await waitFor(() => expect(engine.calls('gene-sets:save')).toHaveLength(1));
    expect(engine.calls('gene-sets:save')[0]).toMatchObject({
      sets: [{ name: 'A' }, { name: 'B' }, { name: 'C', genes: ['Vip'] }],
    });
  });

  it('refuses a name that another set has', async () => {
    show();
    await openMine();
    const name = screen.getByLabelText('Name');
    fireEvent.change(name, { target: { value: 'B' } });
    fireEvent.blur(name);
    expect(screen.getByRole('alert').textContent).toMatch(/no other set of this collection/u);
  });

  it('loses a set, and gets it back by Undo', async () => {
    show();
    await openMine();
    fireEvent.click(screen.getByRole('button', { name: 'Remove this set' }));
    expect(screen.queryByRole('button', { name: 'A' })).toBeNull();
    act(() => useApp.getState().notices.at(-1)!.action!.run());
    expect(await screen.findByRole('button', { name: 'A' })).toBeTruthy();
  });

  it('keeps what is not saved while others are looked at, and forgets it when asked to', async () => {
    show();
    await openMine();
    fireEvent.change(genesField(), { target: { value: 'Vip' } });
    fireEvent.click(screen.getByRole('button', { name: /^SpaGene starter sets/u }));
    fireEvent.click(screen.getByRole('button', { name: /^Mine.*not saved/u }));
    expect(genesField().value).toBe('Vip');
    fireEvent.click(screen.getByRole('button', { name: 'Discard changes' }));
    await waitFor(() => expect(genesField().value).toBe('Actb'));
  });

  it('tells what was noticed when it was read', async () => {
    show();
    await openMine();
    expect(screen.getByText('A line was left out.')).toBeTruthy();
  });

  it('cannot be changed in a project that is read-only', async () => {
    show('Another window has it open.');
    await openMine();
    expect(genesField().readOnly).toBe(true);
    expect(screen.queryByRole('button', { name: 'Add a set' })).toBeNull();
  });
});

describe('a .gmt file', () => {
  it('is brought in as a collection that is not saved yet', async () => {
    const engine = show();
    fireEvent.click(await screen.findByRole('button', { name: 'Import a .gmt file' }));
    await waitFor(() => expect(useAsked.getState().asked?.question.purpose).toBe('gene-sets'));
    act(() => useAsked.getState().asked!.answer('/home/me/Mine.gmt'));
    expect(await screen.findByDisplayValue('Mine 2')).toBeTruthy();
    save();
    await waitFor(() => expect(engine.calls('gene-sets:save')).toHaveLength(1));
  });
});
