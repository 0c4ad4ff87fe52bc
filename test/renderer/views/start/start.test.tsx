import { cleanup, fireEvent, render, screen, waitFor } from '@testing-library/react';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { EngineError } from '../../../../src-renderer/engine/client.ts';
import { EngineContext } from '../../../../src-renderer/engine/context.ts';
import { useApp } from '../../../../src-renderer/store/store.ts';
import { StartContainer } from '../../../../src-renderer/views/start/StartContainer.tsx';
import type { ProjectState } from '../../../../src-shared/domain/project.ts';
import { fakeEngine } from '../../helpers/fake-engine.ts';
import { aProject } from '../../helpers/records.ts';

const info = {
  version: '1',
  shell: 'browser',
  platform: 'linux',
  cores: 2,
  memoryBytes: 1,
  backendLabel: 'CPU',
  home: '/home/ann',
} as const;

type Answers = Parameters<typeof fakeEngine>[0];

function start(answers: Answers = {}) {
  const engine = fakeEngine({ 'app:recent': () => [], 'files:picked': () => ({}), ...answers });
  render(
    <EngineContext value={engine.client}>
      <StartContainer />
    </EngineContext>,
  );
  return engine;
}

beforeEach(() => useApp.setState({ info, project: null, notices: [], target: null, view: 'map' }));
afterEach(cleanup);

describe('the start view', () => {
  it('makes the example with one click, says what it does meanwhile, and opens its data', async () => {
    let finish: (project: ProjectState) => void = () => undefined;
    const engine = start({ 'project:example': () => new Promise((resolve) => (finish = resolve)) });
    fireEvent.click(screen.getByRole('button', { name: 'Try the example' }));
    expect(screen.getByRole('progressbar')).toHaveProperty(
      'ariaLabel',
      'Simulating a tissue and its single-cell reference',
    );
    // A second click does not make a second example.
    fireEvent.click(screen.getByRole('button', { name: /Try the example/u }));
    expect(engine.calls('project:example')).toEqual([{ scenario: 'cortex' }]);
    finish(aProject({ name: 'Example' }));
    await waitFor(() => expect(useApp.getState().project?.name).toBe('Example'));
    expect(useApp.getState().view).toBe('data');
  });

  it('says in place why something did not work, and can be used again', async () => {
    start({
      'project:example': () => {
        throw new EngineError({ code: 'input', message: 'The disk is full.' });
      },
    });
    fireEvent.click(screen.getByRole('button', { name: 'Try the example' }));
    expect((await screen.findByRole('alert')).textContent).toContain('The disk is full.');
    expect(screen.getByRole('button', { name: 'Try the example' }).ariaDisabled).toBeNull();
    expect(useApp.getState().notices).toEqual([]);
  });

  it('makes a project in the folder that it shows', async () => {
    const engine = start({ 'project:create': ({ folder, name }) => aProject({ folder, name }) });
    fireEvent.click(screen.getByRole('button', { name: 'New project' }));
    fireEvent.change(screen.getByLabelText('Name'), { target: { value: ' Cortex: day 3 ' } });
    const folder = '/home/ann/SpaGene projects/Cortex- day 3';
    expect(screen.getByText(folder)).toBeTruthy();
    fireEvent.submit(screen.getByRole('form', { name: 'New project' }));
    await waitFor(() => expect(useApp.getState().project?.name).toBe('Cortex: day 3'));
    expect(engine.calls('files:picked')).toEqual([{ path: folder }]);
    expect(engine.calls('project:create')).toEqual([{ folder, name: 'Cortex: day 3' }]);
  });

  it('lists recent projects, and offers to forget those that are gone', async () => {
    let forgotten = '';
    const recent = [
      { folder: '/p/here', name: 'Here', opened: '2026-03-01T10:00:00.000Z', present: true },
      { folder: '/p/gone', name: 'Gone', opened: '2026-02-01T10:00:00.000Z', present: false },
    ];
    const engine = start({
      'app:recent': () => recent.filter(({ folder }) => folder !== forgotten),
      'app:forget-recent': ({ folder }) => {
        forgotten = folder;
        return {};
      },
      'project:open': ({ folder }) => aProject({ folder, name: 'Here' }),
    });
    await screen.findByText('Gone');
    expect(screen.queryByRole('button', { name: /^Gone/u })).toBeNull();
    expect(screen.getByText(/The folder is not there/u)).toBeTruthy();
    fireEvent.click(screen.getByRole('button', { name: 'Forget' }));
    await waitFor(() => expect(screen.queryByText('Gone')).toBeNull());
    fireEvent.click(screen.getByRole('button', { name: /^Here/u }));
    await waitFor(() => expect(useApp.getState().project?.folder).toBe('/p/here'));
    expect(engine.calls('app:forget-recent')).toEqual([{ folder: '/p/gone' }]);
  });

  it('keeps a data file for the project that is made for it', async () => {
    useApp.setState({ target: { file: '/data/slide.h5ad' } });
    start({ 'project:create': ({ folder, name }) => aProject({ folder, name }) });
    const form = screen.getByRole('form', { name: 'New project' });
    expect(form.textContent).toContain('slide.h5ad');
    fireEvent.submit(form);
    await waitFor(() => expect(useApp.getState().project).not.toBeNull());
    expect(useApp.getState().target).toEqual({ file: '/data/slide.h5ad' });
  });

  it('offers a project for a dropped folder that is none, where the shell tells its path', async () => {
    Object.assign(window, { spagene: { pathOf: () => '/data/xenium' } });
    try {
      const engine = start({
        'project:open': () => {
          throw new EngineError({ code: 'input', message: '/data/xenium holds no project.' });
        },
      });
      const zone = screen.getByRole('region', { name: 'Drop a project or data' });
      fireEvent.drop(zone, { dataTransfer: { files: [new File([], 'xenium')] } });
      fireEvent.click(await screen.findByRole('button', { name: 'Begin a project with these data' }));
      expect(engine.calls('files:picked')).toEqual([{ path: '/data/xenium' }]);
      expect(useApp.getState().target).toEqual({ file: '/data/xenium' });
      expect(screen.getByRole('form', { name: 'New project' }).textContent).toContain('xenium');
    } finally {
      Reflect.deleteProperty(window, 'spagene');
    }
  });
});
