import { spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { createProject } from '../../../src-main/project/create-project.ts';
import { bundled, isThere, json, projectDesk, put, refusal } from './support.ts';

const { home, reopen, newProject } = projectDesk();

describe('creating', () => {
  test('an empty project opens with its name and nothing in it', async () => {
    const { state, folder } = await newProject('Grün “1”');
    expect(state).toMatchObject({
      folder,
      name: 'Grün “1”',
      readOnly: null,
      spatial: null,
      runs: [],
      queue: [],
    });
    expect(json(folder)).toMatchObject({ format: 'spagene-project', formatVersion: 2 });
    expect(json(folder)).not.toHaveProperty('folder');
  });

  test('never into a folder that holds something', async () => {
    const folder = join(home, 'full');
    put(join(folder, 'thesis.doc'), 'x');
    expect((await refusal(createProject(folder, 'a'))).message).toMatch(
      /full is not empty; choose an empty folder/,
    );
    expect(readdirSync(folder)).toEqual(['thesis.doc']);
    const { folder: taken } = await newProject();
    expect((await refusal(createProject(taken, 'a'))).message).toMatch(/holds a project already; open it/);
  });

  test('what the system puts into folders does not count', async () => {
    const folder = join(home, 'mac');
    put(join(folder, '.DS_Store'), 'x');
    await createProject(folder, 'a');
    expect(json(folder)['name']).toBe('a');
  });
});

describe('changing', () => {
  test('what was changed is there when opened again, and in the copy', async () => {
    const project = await newProject();
    await project.change((state) => ({ ...state, name: 'Other', notes: 'über', view: { map: { zoom: 2 } } }));
    await project.close();
    expect((await reopen(project.folder)).state).toMatchObject({
      name: 'Other',
      notes: 'über',
      view: { map: { zoom: 2 } },
    });
    expect(json(project.folder, 'project.json.bak')).toEqual(json(project.folder));
  });

  test('a hundred changes at once: all in, in their order, saved fewer times than asked', async () => {
    let told = 0;
    const closing = await newProject();
    const { folder } = closing;
    await closing.close();
    const project = await reopen(folder, () => told++);
    const all = Array.from({ length: 100 }, (_, i) =>
      project.change((state) => ({ ...state, notes: `${state.notes}${i},` })),
    );
    await Promise.all(all);
    expect(json(folder)['notes']).toBe(Array.from({ length: 100 }, (_, i) => `${i},`).join(''));
    expect(told).toBeLessThan(20);
  });

  test('an edit that throws is refused alone', async () => {
    const project = await newProject();
    const first = project.change((state) => ({ ...state, notes: 'a' }));
    const bad = project.change(() => {
      throw new Error('no such run');
    });
    const last = project.change((state) => ({ ...state, notes: `${state.notes}b` }));
    await expect(bad).rejects.toThrow('no such run');
    await Promise.all([first, last]);
    expect(project.state.notes).toBe('ab');
  });

  test('the folder and the read-only state are not the edit’s to change', async () => {
    const project = await newProject();
    await project.change((state) => ({ ...state, folder: '/elsewhere', readOnly: 'no' }));
    expect(project.state).toMatchObject({ folder: project.folder, readOnly: null });
  });

  test('after closing nothing is written', async () => {
    const project = await newProject();
    await project.close();
    expect((await refusal(project.change((state) => ({ ...state, name: 'late' })))).message).toMatch(
      /closed/,
    );
    expect(json(project.folder)['name']).toBe('Cortex');
    expect(isThere(join(project.folder, '.lock'))).toBe(false);
  });
});

describe('a folder that goes away', () => {
  test('one sentence, the state as it was; once it is back, saving works', async () => {
    const project = await newProject();
    const away = `${project.folder}-away`;
    renameSync(project.folder, away);
    const error = await refusal(project.change((state) => ({ ...state, name: 'lost' })));
    expect(error.message).toMatch(/is not in .*project any more, so nothing was saved\. Put the folder back/);
    expect(project.state.name).toBe('Cortex');
    renameSync(away, project.folder);
    await project.change((state) => ({ ...state, name: 'kept' }));
    expect(json(project.folder)['name']).toBe('kept');
  });

  test('an empty folder in its place is not taken for it', async () => {
    const project = await newProject();
    rmSync(project.folder, { recursive: true });
    mkdirSync(join(project.folder, 'runs'), { recursive: true });
    await refusal(project.change((state) => ({ ...state, name: 'lost' })));
    expect(isThere(join(project.folder, 'project.json'))).toBe(false);
  });

  test('a project.json that alone was deleted is written again', async () => {
    const project = await newProject();
    rmSync(join(project.folder, 'project.json'));
    await project.change((state) => ({ ...state, name: 'again' }));
    expect(json(project.folder)['name']).toBe('again');
  });
});

describe.skipIf(process.platform === 'win32')('a disk that is full', () => {
  const limited = (folder: string, notes: number): { stdout: string } => {
    const file = join(home, 'limited.mjs');
    return spawnSync('bash', ['-c', `ulimit -f 2; exec node ${file} ${folder} ${notes}`], {
      encoding: 'utf8',
    });
  };

  test('is said in a sentence, and the last good state stays (a limit on the size of files stands in)', async () => {
    await bundled(
      `import { OpenProject } from './src-main/project/open-project.ts';
       process.on('SIGXFSZ', () => undefined);
       const project = await OpenProject.open(process.argv[2]);
       const before = project.state;
       const message = await project.change((state) => ({ ...state, notes: 'x'.repeat(Number(process.argv[3])) }))
         .then(() => 'saved', (error) => error.name + ': ' + error.message);
       const same = project.state === before;
       const after = await project.change((state) => ({ ...state, name: 'small' })).then(() => 'saved', String);
       console.log(JSON.stringify({ message, same, after }));
       await project.close();`,
      home,
      'limited',
    );
    const closing = await newProject();
    const { folder } = closing;
    await closing.close();
    const told = JSON.parse(limited(folder, 15_000).stdout) as Record<string, unknown>;
    expect(told['message']).toMatch(/^UserError: .*became larger than this disk or account allows/);
    expect(told).toMatchObject({ same: true, after: 'saved' });
    expect(json(folder)).toMatchObject({ name: 'small', notes: '' });
    expect(readdirSync(folder).filter((name) => name.endsWith('.tmp'))).toEqual([]);
  });
});

describe('looking only', () => {
  test('the second process sees who holds it and cannot change it', async () => {
    const project = await newProject();
    const second = await reopen(project.folder);
    expect(second.state.readOnly).toContain(`process ${process.pid} on ${hostname()}`);
    const error = await refusal(second.change((state) => ({ ...state, name: 'stolen' })));
    expect(error.message).toBe(second.state.readOnly);
    await second.close();
    await project.change((state) => ({ ...state, name: 'still mine' }));
    expect(json(project.folder)['name']).toBe('still mine');
  });

  test.skipIf(process.getuid?.() === 0)(
    'a folder that may not be written to opens to be looked at',
    async () => {
      const closing = await newProject();
      const { folder } = closing;
      await closing.close();
      chmodSync(folder, 0o500);
      const project = await reopen(folder);
      expect(project.state.readOnly).toMatch(/can only be looked at\. You may not write to/);
      chmodSync(folder, 0o700);
    },
  );
});
